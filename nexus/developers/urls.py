"""Addresses of the pages for developers."""

from django.urls import path

from nexus.developers import views

app_name = "developers"
urlpatterns = [
    path("", views.index, name="index"),
    path("reference/<slug:name>/", views.group, name="group"),
    path("operations/<slug:name>/", views.operation, name="operation"),
    path("shapes/<slug:name>/", views.shape, name="shape"),
    path("<slug:name>/", views.text, name="text"),
]
