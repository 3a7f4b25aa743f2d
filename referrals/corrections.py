"""What a correction touches: what rests on the facts of a referral, who had been given them, and what is still stale."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from nexus.audit.models import AuditEvent
from nexus.retention.plan import belongings_of
from referrals.models import CorrectionRecipient, Referral, StaleFinding
from referrals.parts import Resting, referral_parts
from referrals.queries import standing_decision

# Entries that name no recipient, and to whom what they speak of goes.
GIVEN_TO = {
    "decision.served": "The person, or who acts for them",
    "decision.letter_downloaded": "Whoever was sent the letter",
    "material.served": "The person, or who acts for them",
    "material.bundled": "Whoever was given the bundle",
    "case.printed": "Whoever was given the print",
}


def what_rests_on(referral: Referral) -> list[Resting]:
    """Every assessment and decision that was made of the referral's facts and still counts."""
    return [
        each
        for part in referral_parts()
        if part.rests_on_referral
        for each in part.rests_on_referral(referral=referral)
    ]


def triage_rests_on(*, referral: Referral) -> Iterator[Resting]:
    """The Referrals Office's own decision, for PART.rests_on_referral."""
    decision = standing_decision(referral)
    if decision:
        words = f"Triage decision: {decision.get_outcome_display().lower()}"
        yield Resting(decision, words, reverse("referrals:decide", args=[referral.reference]))


def recipients_of(referral: Referral) -> dict[str, datetime]:
    """Who outside was given something of the record, by the audit: each with when last."""
    rows = belongings_of(Referral._meta.label, referral.pk).rows
    of_record = Q()
    for model, keys in rows.items():
        of_record |= Q(subject_type=model._meta.label_lower, subject_id__in=[str(key) for key in keys])
    entries = AuditEvent.objects.filter(of_record).order_by()
    found: dict[str, datetime] = {}
    named = entries.exclude(recipient="").values_list("recipient").annotate(last=Max("at"))
    unnamed = entries.filter(recipient="", kind__in=GIVEN_TO).values_list("kind").annotate(last=Max("at"))
    for who, last in [*named, *((GIVEN_TO[kind], last) for kind, last in unnamed)]:
        found[who] = max(last, found.get(who, last))
    return found


def stale_of(referral: Referral) -> QuerySet[StaleFinding]:
    """What nobody has looked at again since a fact beneath it was corrected."""
    open_ones = StaleFinding.objects.filter(correction__referral=referral, looked_at=None)
    return open_ones.select_related("correction")


def untold_of(referral: Referral) -> QuerySet[CorrectionRecipient]:
    """Who has still to be told of a correction."""
    return CorrectionRecipient.objects.filter(correction__referral=referral, told_at=None)
