"""What the referral says of a person that the conditions of a power ask about (`nexus.law`)."""

from datetime import date

from casework.models import Case
from nexus.law import Person
from referrals.models import ConductEvent, Referral, Standing
from referrals.queries import leave_continues
from referrals.rules.dates import age_on
from referrals.rules.terms import (
    CLASS_OF,
    LEAVE_MAY_CONTINUE,
    ConductKind,
    Part,
    SentenceType,
    Status,
    StatusClass,
)

BRITISH_OR_IRISH = {"GBR", "IRL"}
# The withdrawal agreement ended free movement at 11pm on 31 December 2020.
AFTER_FREE_MOVEMENT = date(2021, 1, 1)
LEAVE = {StatusClass.NO_LEAVE: False, StatusClass.LEAVE_OR_EEA: True}


def known_person(case: Case) -> Person:
    """The person of this case. What the referral does not answer stays not known."""
    referral = case.referral
    events = list(referral.conduct.all())
    convictions = [each for each in events if convicted_here(each)]
    longest = max(convictions, key=lambda each: served_months(each) or 0, default=None)
    return Person(
        has_leave=has_leave(referral),
        british_or_irish=british_or_irish(referral),
        convicted_here=bool(convictions),
        longest_sentence_months=longest_sentence(convictions),
        age_at_conviction=age_at(longest, referral.date_of_birth),
        protected_by_withdrawal_agreement=protected(referral),
        conduct_before_2021=conduct_before_2021(events),
        appealed_conviction=True
        if any(each.standing == Standing.UNDER_APPEAL for each in convictions)
        else None,
    )


def convicted_here(event: ConductEvent) -> bool:
    """A caution is no conviction, and a quashed one counts for nothing."""
    is_conviction = event.kind == ConductKind.CONVICTION and event.part == Part.CONVICTED
    return is_conviction and event.standing != Standing.QUASHED


def served_months(event: ConductEvent) -> int | None:
    """The months to be served at once: 0 where the sentence is suspended or not custodial."""
    if event.sentence_type == SentenceType.CUSTODIAL:
        return event.sentence_months
    return None if not event.sentence_type else 0


def longest_sentence(convictions: list[ConductEvent]) -> int | None:
    """In months; None where the length of one is not recorded, for it may be the longest."""
    lengths = [served_months(each) for each in convictions]
    known = [each for each in lengths if each is not None]
    return None if len(known) < len(lengths) else max(known, default=0)


def age_at(event: ConductEvent | None, born: date | None) -> int | None:
    return age_on(event.convicted_on, born) if event and event.convicted_on and born else None


def has_leave(referral: Referral) -> bool | None:
    """An EEA national without a status of the scheme may have leave or none. Of a pending application or appeal that
    was made in time leave runs on (section 3C); of one that was not, nobody knows."""
    status = Status(referral.immigration_status or Status.UNKNOWN)
    if status in LEAVE_MAY_CONTINUE and leave_continues(referral):
        return True
    return None if status is Status.EEA_NO_SCHEME_STATUS else LEAVE.get(CLASS_OF[status])


def british_or_irish(referral: Referral) -> bool | None:
    status = Status(referral.immigration_status or Status.UNKNOWN)
    codes = {each.code for each in referral.nationalities.all()}
    if status in (Status.BRITISH, Status.IRISH) or codes & BRITISH_OR_IRISH:
        return True
    return False if codes and status is not Status.UNKNOWN else None


def protected(referral: Referral) -> bool | None:
    """Status of the scheme shows it; others, such as family members, may be protected too."""
    scheme = (Status.EEA_SETTLED, Status.EEA_PRE_SETTLED)
    return True if referral.immigration_status in scheme else None


def conduct_before_2021(events: list[ConductEvent]) -> bool | None:
    days = [each.offence_on for each in events]
    if any(day and day < AFTER_FREE_MOVEMENT for day in days):
        return True
    return None if None in days or not days else False
