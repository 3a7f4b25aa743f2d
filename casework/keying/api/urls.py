"""Addresses of the endpoints of keying; names are within "api"."""

from django.urls import path

from casework.keying.api.entries import keying
from casework.keying.api.receipts import receipts

urlpatterns = [path("to-be-keyed/receipts/", receipts, name="keying_confirm_many"), *keying.urls()]
