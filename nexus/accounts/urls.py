"""Signing in and out, and one's own account."""

from django.urls import path

from nexus.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("stay-signed-in/", views.stay_signed_in, name="stay_signed_in"),
    path("account/", views.account, name="account"),
    path("account/tokens/revoke/", views.revoke_token, name="revoke_token"),
    path("account/password/", views.change_password, name="change_password"),
]
