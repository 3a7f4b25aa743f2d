"""The administrator's pages."""

from django.urls import path

from nexus.accounts.administration import views
from nexus.accounts.administration.verbs import (
    add_pages,
    bank_holiday_pages,
    force_pages,
    team_pages,
    user_pages,
)

app_name = "administration"
urlpatterns = [
    path("users/", views.users, name="users"),
    path("forces/", views.forces, name="forces"),
    path("teams/", views.teams, name="teams"),
    path("bank-holidays/", views.bank_holidays, name="bank_holidays"),
    *add_pages.urls(""),  # before the forces' own: "add" is no code
    *user_pages.urls("users/<int:user_id>/"),
    *force_pages.urls("forces/<slug:code>/"),
    *team_pages.urls("teams/<int:team_id>/"),
    *bank_holiday_pages.urls("bank-holidays/<int:holiday_id>/"),
]
