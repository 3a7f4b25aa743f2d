"""The auditor's pages."""

from django.urls import path

from nexus.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.log, name="log"),
    path("entries/<int:entry_id>/", views.entry, name="entry"),
    path("person/", views.person, name="person"),
    path("verify/", views.verify, name="verify"),
    path("export/", views.export, name="export"),
]
