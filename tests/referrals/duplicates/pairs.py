"""Two forces' referrals of one invented person, and what the search finds."""

from datetime import date, datetime
from typing import Any

from nexus.accounts.models import Force
from nexus.accounts.roles import Role
from referrals import actions as referral_actions
from referrals.datawash.models import Person
from referrals.duplicates import actions
from referrals.duplicates.models import Judgement, Pair
from referrals.models import Referral
from tests.builders import NOON, a_complete_draft, a_force, a_user
from tests.referrals.datawash.builders import a_register

SUBJECT: dict[str, Any] = {
    "surname": "Thistlewood",
    "forenames": "Cornelius Ambrose",
    "date_of_birth": date(1990, 6, 28),
    "date_of_birth_precision": "exact",
    "sex": "male",
    "pnc_id": "",
    "cro_number": "",
    "home_office_reference": "",
    "no_identifiers_known": True,
}
IN_REGISTER = {"person_id": "CC1", "surname": "Thistlewood", "forenames": "Cornelius", "dob": "1990-06-28",
               "sex": "male", "immigration_status": "criminal_casework"}  # fmt: skip


def a_referral(force: str = "20", *, alias: str = "", now: datetime = NOON, **answers: Any) -> Referral:
    """A sent referral of the subject, with these answers instead."""
    by = a_user(Role.POLICE_OFFICER, force=Force.objects.get(code=force) if force != "20" else a_force())
    referral = a_complete_draft(by=by, now=now, **{**SUBJECT, **answers})
    if alias:
        values = {"name": alias}
        referral_actions.add_row(referral_id=referral.pk, by=by, now=now, kind="alias", values=values)
    return referral_actions.submit(referral_id=referral.pk, by=by, now=now)


def searched(referral: Referral, *, now: datetime = NOON) -> list[Pair]:
    """Its pairs after a search, the likeliest first."""
    actions.search(referral_id=referral.pk, now=now)
    return list(Pair.objects.order_by("-probability", "pk"))


def a_pair(**answers: Any) -> Pair:
    """West Midlands and Greater Manchester refer one person."""
    if not Person.objects.exists():
        a_register()
    one = a_referral("20")
    a_referral("06", surname="Thisslewood", **answers)
    return searched(one)[0]


def judged(pair: Pair, verdict: str = "same", **values: Any) -> Judgement:
    by = values.pop("by", None) or a_user(Role.REFERRALS_OFFICER)
    return actions.judge(
        **{
            "pair_id": pair.pk,
            "by": by,
            "now": NOON,
            "verdict": verdict,
            "reason": "The passport was seen.",
            **values,
        }
    )
