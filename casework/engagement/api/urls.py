"""Addresses of the endpoints of operational engagement; names are within "api"."""

from casework.engagement.api.engagements import engagements

urlpatterns = engagements.urls()
