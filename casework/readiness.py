"""Whether the subject of a case may be removed now: one function, and everybody asks it.

Pages, the print, the interface, an escort and the outcome “Removed” take `reasons_not_ready`; none of them looks at
a barrier, a date of birth or a notice by itself.
"""

from collections.abc import Mapping
from datetime import date

from casework.models import WITH_DEPARTURE, BarrierKind, Case, Clarification, OpenQuestion
from casework.parts import case_parts
from casework.queries import basis_of_age, latest_clarifications, open_barriers
from casework.rules.removal import (
    Notice,
    RemovalFacts,
    reasons_barred,
    reasons_not_ready_for_removal,
    reasons_of_safety,
)
from casework.rules.words import written
from casework.states import DECIDED
from casework.trafficking import reasons_trafficking_stops
from nexus.parts import the_one
from referrals.duty_desk.queries import prosecutions_pending
from referrals.models import Referral
from referrals.queries import policy_for
from referrals.risks import risks_of
from referrals.rules.assessment import age_on

# As this risk of a person is called (referrals/risks.py).
CLAIM = "asylum or human-rights claim"


def reasons_not_ready(case: Case, *, today: date) -> list[str]:
    """Why the subject may not be removed yet, as sentences; nothing when the case is ready for removal."""
    return reasons_not_ready_for_removal(facts_of_removal(case, today=today))


def reasons_not_to_enforce(case: Case, *, on: date) -> tuple[list[str], list[str]]:
    """Against an outcome in which the person was made to leave on that day: what cannot be answered (a barrier, a
    child, a victim), and what needs a named person's reason."""
    facts = facts_of_removal(case, today=on)
    never = reasons_of_safety(facts) + reasons_barred(facts.barriers)
    return never, [reason for reason in reasons_not_ready_for_removal(facts) if reason not in never]


def facts_of_removal(case: Case, *, today: date) -> RemovalFacts:
    referral = case.referral
    found = risks_of(referral)
    known = {risk.name for risk in found if risk.is_known}
    clarified = latest_clarifications(case)
    lifted = set(case.barriers.filter(lifted_at__isnull=False).values_list("kind", flat=True))
    served_on = the_one(part.served_on for part in case_parts())(case=case)
    challenges = the_one(part.against_removal for part in case_parts())(case=case, today=today)
    return RemovalFacts(
        today=today,
        decided=case.state in DECIDED,
        served_on=served_on,
        challenges=challenges,
        notice=notice_of(case, served_on),
        child=reason_for_a_child(referral, clarified, today),
        trafficking=reasons_trafficking_stops(case),
        claim=CLAIM in known
        and not (BarrierKind.CLAIM in lifted or is_ruled_out(clarified, OpenQuestion.CLAIM)),
        prosecutions=prosecutions_pending(referral),
        unknown=list(dict.fromkeys(risk.name for risk in found if not risk.is_known)),
        barriers=open_barriers(case),
    )


def is_ruled_out(clarified: Mapping[str, Clarification], about: OpenQuestion) -> bool:
    return about in clarified and not clarified[about].found


def reason_for_a_child(referral: Referral, clarified: Mapping[str, Clarification], today: date) -> str:
    """Why the subject seems to be under 18 today, by the answer or the date of birth; "" where nothing says so, or
    where a named person has resolved age and welfare of what is said now."""
    resolved = clarified.get(OpenQuestion.UNDER_18)
    if resolved and resolved.basis == basis_of_age(referral):
        return ""
    born = referral.date_of_birth
    if born and age_on(today, born) < policy_for(referral).adult_age.number:
        return f"born {written(born)}"
    return "by the referral’s answer" if referral.under_18 == "yes" else ""


def notice_of(case: Case, served_on: date | None) -> Notice | None:
    """The latest notice of intention to remove since the decision was served, and whether its departure was said."""
    if served_on is None:
        return None
    rows = list(case.removal_notices.filter(given_on__gte=served_on))
    intention = next((row for row in rows if row.period_ends_on), None)
    if intention is None or intention.period_ends_on is None:
        return None
    said = any(row.kind in WITH_DEPARTURE for row in rows)
    return Notice(intention.given_on, intention.period_ends_on, departure_given=said)
