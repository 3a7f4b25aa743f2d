"""The auditor's pages."""

from django.urls import path

from nexus.audit import views
from nexus.audit.verbs import pages

app_name = "audit"
urlpatterns = [
    path("", views.log, name="log"),
    path("entries/<int:entry_id>/", views.entry, name="entry"),
    path("person/", views.person, name="person"),
    *pages.urls(""),
    path("export/", views.export, name="export"),
]
