"""Words are marked by one person, confirmed by another, and may be let out again with a reason."""

from datetime import datetime

from django.db import transaction

from casework.models import Case
from casework.tribunal.actions.steps import lock_case, reasons_not_to_prepare
from casework.tribunal.models import Redaction
from casework.tribunal.rules import Because, reasons_not_to_redact
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import blank, refuse_if, wordless

OWN = "You marked this redaction. A second reader confirms it."
CONFIRMED = "This redaction is confirmed already."
WITHDRAWN = "This redaction is withdrawn already."


@transaction.atomic
def mark_redaction(
    *, case_id: int, by: User, now: datetime, passage: str, because: str, found_in: str
) -> Redaction:
    """Have these words taken out of everything that goes to the tribunal. Raises Refused."""
    case = lock_case(case_id, by=by, verb="mark_redaction")
    passage = " ".join(passage.split())
    known = case.redactions.filter(passage__iexact=passage, withdrawn_at=None).exists()
    refuse_if(
        reasons_not_to_prepare(case, by)
        or reasons_not_to_redact(passage)
        + ([] if because in list(Because) else ["Select why it is redacted."])
        + blank(found_in, "Enter where the words stand.")
        + (["These words are redacted already."] if known else [])
    )
    redaction = Redaction.objects.create(
        case=case, passage=passage, because=because, found_in=found_in, marked_by=by, marked_at=now
    )
    _saved(case, redaction, "marked", by=by, now=now)
    return redaction


def reasons_not_to_confirm(redaction: Redaction, by: User) -> list[str]:
    """A second reader confirms what stands and nobody has confirmed."""
    reasons = reasons_not_to_prepare(redaction.case, by)
    if not reasons and redaction.withdrawn_at:
        reasons = [WITHDRAWN]
    if not reasons and redaction.confirmed_at:
        reasons = [CONFIRMED]
    return reasons or ([OWN] if redaction.marked_by_id == by.pk else [])


@transaction.atomic
def confirm_redaction(*, case_id: int, redaction_id: int, by: User, now: datetime) -> Redaction:
    """The second reader agrees that the words are redacted. Raises Refused."""
    case = lock_case(case_id, by=by, verb="confirm_redaction")
    redaction = case.redactions.get(pk=redaction_id)
    redaction.case = case
    refuse_if(reasons_not_to_confirm(redaction, by))
    redaction.confirmed_by, redaction.confirmed_at = by, now
    redaction.save(update_fields=["confirmed_by", "confirmed_at"])
    _saved(case, redaction, "confirmed", by=by, now=now)
    return redaction


def reasons_not_to_withdraw(redaction: Redaction, by: User) -> list[str]:
    """What a second reader has confirmed is let out by somebody else than who marked it."""
    reasons = reasons_not_to_prepare(redaction.case, by)
    if not reasons and redaction.withdrawn_at:
        reasons = [WITHDRAWN]
    if not reasons and redaction.confirmed_at and redaction.marked_by_id == by.pk:
        reasons = ["A second reader confirmed this redaction. Somebody else than you withdraws it."]
    return reasons


@transaction.atomic
def withdraw_redaction(*, case_id: int, redaction_id: int, by: User, now: datetime, reason: str) -> Redaction:
    """Let the words be read again from the next version on. Raises Refused."""
    case = lock_case(case_id, by=by, verb="withdraw_redaction")
    redaction = case.redactions.get(pk=redaction_id)
    redaction.case = case
    refuse_if(
        reasons_not_to_withdraw(redaction, by)
        + wordless(reason, "Enter why these words may be read after all.")
    )
    redaction.withdrawn_by, redaction.withdrawn_at, redaction.withdrawn_because = by, now, reason
    redaction.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    _saved(case, redaction, "withdrawn", by=by, now=now)
    return redaction


def _saved(case: Case, redaction: Redaction, done: str, *, by: User, now: datetime) -> None:
    """Which redaction, and never its words."""
    record(kind=f"redaction.{done}", by=by, subject=case, now=now, detail={"redaction": redaction.pk})
