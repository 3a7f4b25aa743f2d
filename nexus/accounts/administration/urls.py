"""The administrator's pages."""

from django.urls import path

from nexus.accounts.administration import bank_holidays, forces, teams, users

app_name = "administration"
urlpatterns = [
    path("users/", users.users, name="users"),
    path("users/add/", users.user_add, name="user_add"),
    path("users/<int:user_id>/", users.user_change, name="user_change"),
    path("users/<int:user_id>/disable/", users.user_disable, name="user_disable"),
    path("users/<int:user_id>/enable/", users.user_enable, name="user_enable"),
    path("users/<int:user_id>/password/", users.user_password, name="user_password"),
    path("forces/", forces.forces, name="forces"),
    path("forces/add/", forces.force_add, name="force_add"),
    path("forces/<slug:code>/", forces.force_change, name="force_change"),
    path("bank-holidays/", bank_holidays.bank_holidays, name="bank_holidays"),
    path("bank-holidays/add/", bank_holidays.bank_holiday_add, name="bank_holiday_add"),
    path(
        "bank-holidays/<int:holiday_id>/withdraw/",
        bank_holidays.bank_holiday_withdraw,
        name="bank_holiday_withdraw",
    ),
    path("teams/", teams.teams, name="teams"),
    path("teams/add/", teams.team_add, name="team_add"),
    path("teams/<int:team_id>/", teams.team_rename, name="team_rename"),
]
