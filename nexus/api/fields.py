"""Fields that serializers of several parts share."""

from rest_framework import serializers


def name_of(person: str) -> serializers.CharField:
    """The full name of whom the row's `person` points to; null where it points to nobody."""
    return serializers.CharField(source=f"{person}.full_name", allow_null=True, default=None)
