"""Who a subject is, wherever an endpoint names one: what tells them from others of the name."""

from rest_framework import serializers


class IdentitySerializer(serializers.Serializer):
    """Beside the name: two people of one name are told apart by it."""

    born = serializers.CharField(help_text="In words, as precisely as it is known")
    nationality = serializers.CharField(help_text="In words; “claimed” where nobody has seen proof of it")
