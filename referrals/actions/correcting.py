"""A recorded fact was wrong: it is corrected, and the original kept. What rests on it is stale until somebody has looked
at it again, and who had been given it is told (Data Protection Act 2018, sections 46 and 48; UK GDPR, articles 16 and 19).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if, wordless
from referrals import telling
from referrals.actions.lapse import lapse
from referrals.actions.steps import lock
from referrals.correctable import correctable
from referrals.corrections import recipients_of, what_rests_on
from referrals.models import Correction, CorrectionRecipient, Referral, StaleFinding
from referrals.queries import outcome_for
from referrals.states import UNDECIDED, State
from referrals.summary import answers_to

IN_SERVICE = "By a notification in this service"
NOTHING_DIFFERS = "Nothing is different from what is recorded. Change what was wrong."


def reasons_not_to_correct(referral: Referral) -> list[str]:
    if referral.state == State.DRAFT:
        return ["This referral has not been sent. The force corrects it in its sections."]
    if referral.state == State.WITHDRAWN:
        return ["This referral has been withdrawn, and nothing rests on it."]
    return []


@transaction.atomic
def correct(
    *, referral_id: int, by: User, now: datetime, page: str, values: dict[str, Any], because: str
) -> Correction:
    """Correct the answers of one page of the form. Raises Refused."""
    referral = lock(referral_id, by=by, verb="correct")
    pages = {each.key: each for each in correctable(referral)}
    refuse_if(
        reasons_not_to_correct(referral)
        or ([] if page in pages else ["No fact can be corrected there."])
        or wordless(because, "Enter why it is corrected, and what shows it.")
    )
    changed = [
        name for name in pages[page].columns if name in values and getattr(referral, name) != values[name]
    ]
    refuse_if([] if changed else [NOTHING_DIFFERS])
    was = in_words(referral, changed)
    for name in changed:
        setattr(referral, name, values[name])
    referral.changed_at = now
    if referral.state in UNDECIDED:
        referral.matrix_outcome = outcome_for(referral)  # a decision keeps the assessment that it was made by
    referral.save()
    made = Correction.objects.create(
        referral=referral,
        page=page,
        fields=changed,
        was=was,
        became=in_words(referral, changed),
        because=because,
        corrected_by=by,
        corrected_at=now,
    )
    lapse(referral=referral, by=by, now=now, verb="correct")
    stale = mark_stale(made)
    record(
        kind="referral.corrected",
        by=by,
        subject=referral,
        now=now,
        detail={
            "correction": made.pk,
            "fields": changed,
            "stale": stale,
            "told": tell_recipients(made, now=now),
        },
    )
    telling.corrected(made, now=now)
    return made


def in_words(referral: Referral, columns: Sequence[str]) -> list[list[str]]:
    """[question, answer] of each column; a precision says its date again."""
    dates = {"date_of_birth_precision": "date_of_birth", "arrived_on_precision": "arrived_on"}
    asked = list(dict.fromkeys(dates.get(name, name) for name in columns))
    return [[each.label, each.text] for each in answers_to(referral, asked)]


def mark_stale(made: Correction) -> int:
    """Everything that was assessed or decided of the facts before; how much that is."""
    rows = [
        StaleFinding(
            correction=made,
            row_model=each.row._meta.label_lower,
            row_id=each.row.pk,
            words=each.words[:200],
            path=each.path,
        )
        for each in what_rests_on(made.referral)
    ]
    return len(StaleFinding.objects.bulk_create(rows))


def tell_recipients(made: Correction, *, now: datetime) -> int:
    """The force of the referral is told in the service; every other recipient is somebody's to tell."""
    own = made.referral.force.name
    rows = [
        CorrectionRecipient(
            correction=made,
            recipient=who,
            given_at=last,
            told_at=now if who == own else None,
            how=IN_SERVICE if who == own else "",
        )
        for who, last in ({own: made.referral.submitted_at or now} | recipients_of(made.referral)).items()
    ]
    return len(CorrectionRecipient.objects.bulk_create(rows))


def reasons_looked_at(stale: StaleFinding) -> list[str]:
    return ["Somebody has said what follows already."] if stale.looked_at else []


def reasons_told(recipient: CorrectionRecipient) -> list[str]:
    return ["They have been told already."] if recipient.told_at else []


@transaction.atomic
def reconsider(*, referral_id: int, stale_id: int, by: User, now: datetime, finding: str) -> StaleFinding:
    """Say what follows for something that rested on the wrong fact. Raises Refused."""
    referral = lock(referral_id, by=by, verb="correct")
    stale = StaleFinding.objects.select_for_update(of=("self",)).get(
        pk=stale_id, correction__referral=referral
    )
    refuse_if(reasons_looked_at(stale) or wordless(finding, "Enter what you looked at, and what follows."))
    stale.finding, stale.looked_at_by, stale.looked_at = finding, by, now
    stale.save()
    record(kind="referral.reconsidered", by=by, subject=referral, now=now, detail={"stale": stale.pk})
    return stale


@transaction.atomic
def tell_recipient(
    *, referral_id: int, recipient_id: int, by: User, now: datetime, how: str
) -> CorrectionRecipient:
    """Record that a recipient was told of a correction. Raises Refused."""
    referral = lock(referral_id, by=by, verb="correct")
    told = CorrectionRecipient.objects.select_for_update(of=("self",)).get(
        pk=recipient_id, correction__referral=referral
    )
    refuse_if(reasons_told(told) or wordless(how, "Enter how and by whom they were told."))
    told.how, told.told_by, told.told_at = how, by, now
    told.save()
    detail = {"correction": told.correction_id}
    record(
        kind="referral.correction_told",
        by=by,
        subject=referral,
        now=now,
        recipient=told.recipient,
        detail=detail,
    )
    return told
