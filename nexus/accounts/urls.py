"""Signing in and out, and one's own account."""

from django.urls import path

from nexus.accounts import views
from nexus.accounts.openid import views as openid
from nexus.accounts.second_factor import views as second_factor
from nexus.accounts.second_factor.verbs import pages as second_factor_pages

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/second-step/", second_factor.second_step, name="second_step"),
    path("sign-in/provider/", openid.leave, name="provider"),
    path("sign-in/provider/back/", openid.come_back, name="provider_back"),
    path("invitation/", views.choose_password, name="choose_password"),
    path("invitation/<str:secret>/", views.invitation, name="invitation"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("stay-signed-in/", views.stay_signed_in, name="stay_signed_in"),
    path("account/", views.account, name="account"),
    path("account/tokens/revoke/", views.revoke_token, name="revoke_token"),
    path("account/sessions/", views.sessions, name="sessions"),
    path("account/password/", views.change_password, name="change_password"),
    path("account/second-step/", second_factor.yours, name="second_factor"),
    *second_factor_pages.urls("account/second-step/"),
]
