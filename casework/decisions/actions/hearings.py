"""A day in court: listed, its witnesses asked of the force, and what came of it.

"each referral is recognised as a commitment … giving evidence in person at Immigration Tribunal appeal
hearings" (p. 11): so a witness is asked for by a support request, which the force accepts or declines.
"""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from casework.actions.record_progress import write_progress
from casework.actions.steps import save
from casework.decisions.actions.steps import lock_challenge, reasons_it_is_closed, reasons_no_shared_text
from casework.decisions.models import Challenge, Hearing, HearingResult
from casework.decisions.wording import asked_of_witnesses
from casework.models import Case, ProgressKind
from casework.queries import asked_of_force as standing_ask
from casework.support import actions as support
from casework.support.models import SupportRequest
from casework.support.queries import is_flagged
from casework.support.rules import Kind
from casework.support.states import WITH_THE_FORCE
from nexus.accounts.models import User
from nexus.refusals import blank, refuse_if
from nexus.ui import formatting
from referrals.duty_desk.actions import check_matter
from referrals.duty_desk.models import PendingMatter


def reasons_it_is_over(challenge: Challenge, by: User) -> list[str]:
    return reasons_it_is_closed(challenge.decision.case, by) or challenge.reasons_not_to_move("dismiss")


def watched(challenge: Challenge) -> PendingMatter | None:
    """The matter while the Duty Desk still watches it; it may have closed it before."""
    return challenge.matter if challenge.matter and challenge.matter.ended_at is None else None


def reasons_no_witnesses(case: Case, witnesses: str) -> list[str]:
    """Nothing is asked of the force once the case has its outcome."""
    if witnesses and case.outcome:
        return ["This case has an outcome, so officers cannot be asked to come. Leave the witnesses out."]
    return []


@transaction.atomic
def add_hearing(
    *,
    challenge_id: int,
    by: User,
    now: datetime,
    on: date,
    place: str,
    witnesses: str,
    shared_text: str,
    to_bring: str = "",
    at_time: time | None = None,
) -> Hearing:
    """A day in court. Officers needed as witnesses are asked of the force. Raises Refused."""
    challenge = lock_challenge(challenge_id, by=by, verb="add_hearing")
    case, today = challenge.decision.case, timezone.localdate(now)
    refuse_if(
        reasons_it_is_over(challenge, by)
        or blank(place, "Enter the court or tribunal where it is heard.")
        + (
            []
            if witnesses or not to_bring
            else ["Enter which officers will bring it, or leave out what they are to bring."]
        )
        + reasons_no_witnesses(case, witnesses)
        + reasons_no_shared_text(shared_text)
    )
    hearing = Hearing.objects.create(
        challenge=challenge,
        on=on,
        at_time=at_time,
        place=place,
        witnesses=witnesses,
        to_bring=to_bring,
        added_by=by,
        added_at=now,
    )
    if witnesses and on >= today and is_flagged(case.referral):
        hearing.attendance = _ask_for_witnesses(hearing, by=by, now=now)
        hearing.save(update_fields=["attendance"])
    request_to_force = standing_ask(case)
    asked_now = (
        asked_of_witnesses(hearing)
        if witnesses
        else request_to_force.asked_of_force
        if request_to_force
        else ""
    )
    _tell(case, by=by, now=now, shared_text=shared_text, asked_of_force=asked_now)
    matter = watched(challenge)
    if matter and on >= today:
        check_matter(
            matter_id=matter.pk,
            by=by,
            now=now,
            result=f"Hearing listed: {place}",
            changes="",
            next_on=None,
            hearing_on=on,
        )
    _saved(hearing, "hearing_added", by=by, now=now)
    return hearing


def _ask_for_witnesses(hearing: Hearing, *, by: User, now: datetime) -> SupportRequest:
    """At once with the force, whose lead is told; it is needed by the day of the hearing."""
    challenge = hearing.challenge
    request = support.ask(
        reference=challenge.decision.case.referral.reference,
        by=by,
        now=now,
        kind=Kind.TRIBUNAL,
        asked=asked_of_witnesses(hearing),
        why=f"{challenge.get_kind_display()} against the decision: evidence in person.",
        due_on=hearing.on,
    )
    return support.submit(request_id=request.pk, by=by, now=now)


def _tell(case: Case, *, by: User, now: datetime, shared_text: str, asked_of_force: str) -> None:
    today = timezone.localdate(now)
    write_progress(
        case,
        by=by,
        now=now,
        kind=ProgressKind.OTHER,
        happened_on=today,
        text=shared_text,
        asked_of_force=asked_of_force,
    )


def _saved(hearing: Hearing, done: str, *, by: User, now: datetime) -> None:
    case = hearing.challenge.decision.case
    detail = {"challenge": hearing.challenge_id, "hearing": hearing.pk}
    save(case, done=done, by=by, now=now, is_progress=True, recipient=case.referral.force.name, detail=detail)


def reasons_not_to_record(hearing: Hearing, by: User) -> list[str]:
    """What came of a hearing is said once, of a challenge that is open."""
    reasons = reasons_it_is_over(hearing.challenge, by)
    if reasons or not hearing.result:
        return reasons
    return [f"The result of this hearing is already recorded: {hearing.get_result_display().lower()}."]


def reasons_not_this_result(hearing: Hearing, result: str, today: date) -> list[str]:
    if result not in HearingResult.values:
        return ["Select the result of the hearing."]
    if result == HearingResult.HEARD and hearing.on > today:
        return ["The hearing has not taken place yet."]
    return []


@transaction.atomic
def record_hearing(
    *,
    challenge_id: int,
    hearing_id: int,
    by: User,
    now: datetime,
    result: str,
    words: str,
    shared_text: str,
    asked_of_force: str = "",
) -> Hearing:
    """What came of it. Where it does not take place, its witnesses are not asked for any more. Raises Refused."""
    challenge = lock_challenge(challenge_id, by=by, verb="record_hearing")
    hearing = challenge.hearings.select_related("attendance").get(pk=hearing_id)
    hearing.challenge = challenge
    refuse_if(
        reasons_not_to_record(hearing, by)
        or reasons_not_this_result(hearing, result, timezone.localdate(now))
        + blank(words, "Enter the details of the result.")
        + reasons_no_shared_text(shared_text)
    )
    _end(hearing, result, words, by=by, now=now)
    _tell(challenge.decision.case, by=by, now=now, shared_text=shared_text, asked_of_force=asked_of_force)
    _saved(hearing, "hearing_recorded", by=by, now=now)
    return hearing


def _end(hearing: Hearing, result: str, words: str, *, by: User, now: datetime) -> None:
    hearing.result, hearing.result_words = result, words
    hearing.recorded_by, hearing.recorded_at = by, now
    hearing.save()
    request = hearing.attendance
    if request and result != HearingResult.HEARD and request.state in WITH_THE_FORCE:
        support.cancel(request_id=request.pk, by=by, now=now, reason=f"{hearing.get_result_display()}.")


def reasons_hearings_unrecorded(challenge: Challenge, today: date) -> list[str]:
    """Nobody guesses what came of a day in court: it is said of each before the challenge ends."""
    past = challenge.hearings.filter(result="", on__lte=today).order_by("on", "pk")
    return [
        f"First record the result of the hearing on {formatting.date(hearing.on)}, {hearing.place}."
        for hearing in past
    ]


def end_hearings(challenge: Challenge, *, by: User, now: datetime) -> None:
    """A challenge that ended has no hearing to come. Called with it locked and every past hearing recorded."""
    for hearing in challenge.hearings.filter(result="").select_related("attendance"):
        hearing.challenge = challenge
        _end(hearing, HearingResult.VACATED, "Recorded with the end of the challenge.", by=by, now=now)
