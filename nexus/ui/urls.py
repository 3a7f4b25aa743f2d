"""The pages that belong to no app."""

from django.urls import path

from nexus.ui import views

urlpatterns = [
    path("", views.home, name="home"),
    path("waiting/", views.waiting, name="waiting"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("cookies/", views.cookies, name="cookies"),
    path("law/", views.law, name="law"),
]
