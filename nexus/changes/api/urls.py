"""Its address; names are within "api"."""

from django.urls import path

from nexus.changes.api.changes import changes

urlpatterns = [path("changes/", changes, name="changes")]
