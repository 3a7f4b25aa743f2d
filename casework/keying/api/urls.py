"""Addresses of the endpoints of keying; names are within "api"."""

from casework.keying.api.entries import keying

urlpatterns = keying.urls()
