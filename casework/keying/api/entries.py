"""What has to be keyed: list, read, confirm, correct."""

from rest_framework import serializers

from casework.keying.lists import ENTRIES
from casework.keying.models import Entry, Keyed
from casework.keying.permissions import WHO_MAY
from casework.keying.rules import What
from casework.keying.verbs import VERBS
from nexus.api.resources import Filter, Resource


class KeyedSerializer(serializers.ModelSerializer):
    """Where it was keyed, by whom and when."""

    by = serializers.CharField(source="who")

    class Meta:
        model = Keyed
        fields = ("system", "words", "by", "keyed_at", "receipt")


class EntrySerializer(serializers.ModelSerializer):
    """One thing to mirror by hand: which screen, and what to do there."""

    reference = serializers.CharField(source="referral.reference")
    force = serializers.CharField(source="referral.force.code")
    screen = serializers.CharField(source="instruction.screen")
    act = serializers.CharField(source="instruction.act")
    code = serializers.CharField(
        source="instruction.code", help_text="What to do, for a system: allocated_to.set, …"
    )
    value = serializers.CharField(source="instruction.value", help_text="With which text.")
    done_by = serializers.CharField(source="done_by.full_name")
    keyed = KeyedSerializer(allow_null=True)

    class Meta:
        model = Entry
        fields = (
            "key",
            "what",
            "reference",
            "force",
            "screen",
            "act",
            "code",
            "value",
            "happened_at",
            "done_by",
            "keyed",
        )


keying = Resource(
    noun="keying_entry",
    plural="keying_entries",
    address="to-be-keyed/<slug:key>/",
    key="key",
    who_may=WHO_MAY,
    rows=ENTRIES.seen,
    line=EntrySerializer,
    shape=EntrySerializer,
    order=("happened_at",),
    filters={
        "keyed": Filter("keyed__isnull", {"no": True, "yes": False}),
        "what": Filter("what", What.values()),
    },
    audit="keying",
    subject=ENTRIES.subject,
    verbs=VERBS,
)
