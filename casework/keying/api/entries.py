"""What has to be keyed: list, read, confirm, correct."""

from django.db.models import QuerySet
from rest_framework import serializers

from casework.keying import actions, queries
from casework.keying.forms import ConfirmForm, CorrectForm
from casework.keying.models import Entry, Keyed
from casework.keying.permissions import WHO_MAY
from casework.keying.rules import What
from nexus.accounts.models import User
from nexus.api.before import Verb
from nexus.api.resources import Filter, Resource


class KeyedSerializer(serializers.ModelSerializer):
    """Where it was keyed, by whom and when."""

    by = serializers.CharField(source="who")

    class Meta:
        model = Keyed
        fields = ("system", "words", "by", "keyed_at")


class EntrySerializer(serializers.ModelSerializer):
    """One thing to mirror by hand: which screen, and what to do there."""

    reference = serializers.CharField(source="referral.reference")
    force = serializers.CharField(source="referral.force.code")
    screen = serializers.CharField(source="instruction.screen")
    act = serializers.CharField(source="instruction.act")
    done_by = serializers.CharField(source="done_by.full_name")
    keyed = KeyedSerializer(allow_null=True)

    class Meta:
        model = Entry
        fields = ("key", "what", "reference", "force", "screen", "act", "happened_at", "done_by", "keyed")


class KeyingForm(ConfirmForm):
    """Where it was keyed, and that exactly this was."""

    def answers(self) -> dict[str, str]:
        return {"system": self.cleaned_data["system"]}


def visible(user: User) -> QuerySet[Entry]:
    """The entries that exist for this person: all, or none."""
    return queries.entries(Entry.objects.visible_to(user))


def who_keys(entry: Entry) -> str:
    """The Referrals Office keys flags, Liverpool allocations."""
    return entry.verb


keying = Resource(
    noun="keying_entry",
    plural="keying_entries",
    address="to-be-keyed/<slug:key>/",
    key="key",
    who_may=WHO_MAY,
    rows=visible,
    line=EntrySerializer,
    shape=EntrySerializer,
    order=("happened_at",),
    filters={
        "keyed": Filter("keyed__isnull", {"no": True, "yes": False}),
        "what": Filter("what", What.values()),
    },
    audit="keying",
    subject=lambda entry: entry.referral,
    verbs={
        "confirm": Verb(actions.confirm, KeyingForm, permit=who_keys),
        "correct": Verb(actions.correct, CorrectForm, permit=who_keys),
    },
)
