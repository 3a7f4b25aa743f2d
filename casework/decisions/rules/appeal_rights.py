"""Which right of appeal a decision carries, worked out from what it decides, the claim, the certificate and the place.

"Deportation" and "removal" carry none: an appeal lies against the refusal of a claim, the revocation of protection
status, or a citizens' rights decision (nexus/law/appealing.py). Nobody types any of it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.decisions.rules.time_limits import (
    AppealRight,
    Place,
    RunsFrom,
    TimeLimit,
    last_day,
    review_until,
    time_limit,
)
from nexus.law import Statement, law
from nexus.law.appealing import ACT_2002, CITIZENS_RIGHTS_REGULATIONS
from nexus.law.statement import day_in_words


class Decides(StrEnum):
    """What a decision does to a claim or a status: the answers to the question `appealable`."""

    REFUSES_CLAIM = "refuses_claim"
    REVOKES = "revokes_status"
    CITIZENS_RIGHTS = "citizens_rights"
    NO_CLAIM = "no_claim"


class ClaimKind(StrEnum):
    PROTECTION = "protection"
    HUMAN_RIGHTS = "human_rights"


class Certificate(StrEnum):
    NONE = "none"
    UNFOUNDED = "s94"
    SAFE_COUNTRY = "s94_7"
    BEFORE_APPEAL = "s94b"
    EARLIER_RIGHT = "s96"
    EEA = "r33"


# Which certificate goes with what is decided.
CERTIFIES = {
    Decides.REFUSES_CLAIM: (
        Certificate.UNFOUNDED,
        Certificate.SAFE_COUNTRY,
        Certificate.BEFORE_APPEAL,
        Certificate.EARLIER_RIGHT,
    ),
    Decides.CITIZENS_RIGHTS: (Certificate.EEA,),
}
TAKES_THE_RIGHT_AWAY = (Certificate.UNFOUNDED, Certificate.EARLIER_RIGHT)
FROM_OUTSIDE = (Certificate.SAFE_COUNTRY, Certificate.BEFORE_APPEAL)
LAW_OF = {
    Certificate.UNFOUNDED: "niaa_2002_s94",
    Certificate.SAFE_COUNTRY: "niaa_2002_s92",
    Certificate.BEFORE_APPEAL: "niaa_2002_s94b",
    Certificate.EARLIER_RIGHT: "niaa_2002_s96",
    Certificate.EEA: "eea_2016_r33",
}
CONSEQUENCE = {
    Certificate.UNFOUNDED: f"Your claim is certified under section 94(1) of {ACT_2002} as "
    "clearly unfounded. You may not appeal against its refusal.",
    Certificate.SAFE_COUNTRY: f"Your claim is certified under section 94(7) of {ACT_2002}. "
    "You may appeal only after you have left the United Kingdom.",
    Certificate.BEFORE_APPEAL: f"Your claim is certified under section 94B of {ACT_2002}. "
    "You may be removed before an appeal ends, and you may appeal only after you have left the United Kingdom.",
    Certificate.EARLIER_RIGHT: f"Your claim is certified under section 96 of {ACT_2002}, "
    "because the matter could have been raised before. You may not appeal against its refusal.",
    Certificate.EEA: "Your removal is certified under regulation 33. You may be removed before an appeal ends, and you may "
    "ask to come back to the United Kingdom for the hearing.",
}  # fmt: skip

REFUGEE = "Removing you would breach the United Kingdom’s obligations under the Refugee Convention."
PROTECTION = (
    "Removing you would breach its obligations to people who are eligible for humanitarian protection."
)
CONVENTION = (
    "Removing you would be unlawful under section 6 of the Human Rights Act, because of your human rights."
)
REFUSAL_CONVENTION = (
    "The decision is unlawful under section 6 of the Human Rights Act, because of your human rights."
)
AGREEMENT = "The decision breaches a right that you have under the withdrawal agreement, the EEA EFTA separation agreement or the Swiss citizens’ rights agreement."
NOT_BY_THE_RULES = "The decision does not accord with the rules or regulations under which it was made."
REVOCATION_REFUGEE = (
    "Revoking your status breaches the United Kingdom’s obligations under the Refugee Convention."
)
REVOCATION_PROTECTION = (
    "Revoking your status breaches its obligations to people who are eligible for humanitarian protection."
)


@dataclass(frozen=True)
class Decided:
    """What the rule asks: `sent_on` is None until the notice is served, `claims` are the kinds refused."""

    decides: str
    claims: Collection[str] = ()
    certificate: str = Certificate.NONE
    place: str = Place.IN_UK
    sent_on: date | None = None
    posted: bool = False


@dataclass(frozen=True)
class AppealRights:
    """The right of appeal in words, as the notice, the page and the challenge say it."""

    right: AppealRight
    headline: str
    provision: str = ""
    grounds: tuple[str, ...] = ()
    place: str = ""
    certificate: str = ""
    time: str = ""
    until: date | None = None
    review_until: date | None = None
    laws: tuple[Statement, ...] = ()


PROVISIONS = {
    (Decides.REFUSES_CLAIM, ClaimKind.PROTECTION): "section 82(1)(a)",
    (Decides.REFUSES_CLAIM, ClaimKind.HUMAN_RIGHTS): "section 82(1)(b)",
    (Decides.REVOKES, ""): "section 82(1)(c)",
}


# An appeal lies against this, and not against the removal or deportation that goes with it.
AGAINST = {
    Decides.REFUSES_CLAIM: "the refusal of your claim",
    Decides.REVOKES: "the revocation of your protection status",
    Decides.CITIZENS_RIGHTS: "this decision about your rights",
}


def right_of(decided: Decided) -> AppealRight | None:
    """The right the decision carries; None where what it decides is not answered or no refused claim is named."""
    if decided.decides not in {each.value for each in Decides}:
        return None
    if decided.decides == Decides.NO_CLAIM:
        return AppealRight.NONE
    if decided.decides == Decides.CITIZENS_RIGHTS:
        return AppealRight.CITIZENS_RIGHTS
    if decided.decides == Decides.REFUSES_CLAIM and not decided.claims:
        return None
    if decided.decides == Decides.REFUSES_CLAIM and decided.certificate in TAKES_THE_RIGHT_AWAY:
        return AppealRight.NONE
    if decided.decides == Decides.REFUSES_CLAIM and decided.certificate in FROM_OUTSIDE:
        return AppealRight.AFTER_LEAVING
    return AppealRight.TRIBUNAL


def appeal_rights(decided: Decided, *, is_working_day: Callable[[date], bool]) -> AppealRights | None:
    """Everything the notice says of an appeal; None where it is not known which right there is."""
    right = right_of(decided)
    if right is None:
        return None
    review = review_until(decided.sent_on) if decided.sent_on else None
    certificate = _certificate(decided)
    if right is AppealRight.NONE:
        return AppealRights(
            right,
            "You have no right of appeal against this decision.",
            certificate=certificate,
            place=_why_none(decided),
            review_until=review,
            laws=(law("niaa_2002_s82"), *_certificate_law(decided), law("judicial_review")),
        )
    limit = time_limit(right, decided.place)
    until = (
        last_day(limit, decided.sent_on, posted=decided.posted, is_working_day=is_working_day)
        if limit and decided.sent_on
        else None
    )
    return AppealRights(
        right,
        f"You may appeal to the First-tier Tribunal (Immigration and Asylum Chamber) against {AGAINST[Decides(decided.decides)]}.",
        provision=_provision(decided),
        grounds=_grounds(decided),
        place=_place(right, decided.place),
        certificate=certificate,
        time=_time(limit, until),
        until=until,
        review_until=review,
        laws=_laws(decided, limit),
    )


def _certificate(decided: Decided) -> str:
    """Its consequence in words, where it goes with what is decided."""
    kinds = CERTIFIES.get(Decides(decided.decides), ())
    return next((CONSEQUENCE[each] for each in kinds if each.value == decided.certificate), "")


def _certificate_law(decided: Decided) -> tuple[Statement, ...]:
    kinds = CERTIFIES.get(Decides(decided.decides), ())
    return tuple(law(LAW_OF[each]) for each in kinds if each.value == decided.certificate)


def _why_none(decided: Decided) -> str:
    if decided.decides == Decides.NO_CLAIM:
        return (
            "It does not refuse a protection or human rights claim, and it does not revoke protection status."
        )
    return ""


def _provision(decided: Decided) -> str:
    if decided.decides == Decides.CITIZENS_RIGHTS:
        return CITIZENS_RIGHTS_REGULATIONS
    if decided.decides == Decides.REVOKES:
        return f"{PROVISIONS[Decides.REVOKES, '']} of {ACT_2002}"
    kinds = [kind for kind in ClaimKind if kind.value in decided.claims]
    return " and ".join(PROVISIONS[Decides.REFUSES_CLAIM, kind] for kind in kinds) + f" of {ACT_2002}"


def _grounds(decided: Decided) -> tuple[str, ...]:
    if decided.decides == Decides.CITIZENS_RIGHTS:
        return (AGREEMENT, NOT_BY_THE_RULES)
    if decided.decides == Decides.REVOKES:
        return (REVOCATION_REFUGEE, REVOCATION_PROTECTION)
    if ClaimKind.PROTECTION not in decided.claims:
        return (REFUSAL_CONVENTION,)
    both = (REFUSAL_CONVENTION,) if ClaimKind.HUMAN_RIGHTS in decided.claims else ()
    return (REFUGEE, PROTECTION, CONVENTION, *both)


def _place(right: AppealRight, place: str) -> str:
    if right is AppealRight.AFTER_LEAVING and place == Place.IN_UK:
        return "You may appeal only from outside the United Kingdom, after you have left it."
    if place == Place.OUTSIDE_UK:
        return "You appeal from outside the United Kingdom."
    return "You may appeal from inside the United Kingdom. You must not leave it while you want to appeal from inside."


RUNS = {
    RunsFrom.SENT: "after this notice was sent to you",
    RunsFrom.RECEIVED: "after you received this notice",
    RunsFrom.DEPARTURE: "after you left the United Kingdom",
}


def _time(limit: TimeLimit | None, until: date | None) -> str:
    if limit is None:
        return ""
    words = f"The Tribunal must receive your appeal not later than {limit.law.number} {limit.law.unit} {RUNS[limit.runs_from]}."
    if until:
        words += f" The last day is {day_in_words(until)}."
    return words


def _laws(decided: Decided, limit: TimeLimit | None) -> tuple[Statement, ...]:
    if decided.decides == Decides.CITIZENS_RIGHTS:
        of_right: tuple[Statement, ...] = (law("citizens_rights_appeals"),)
    else:
        of_right = (law("niaa_2002_s82"), law("niaa_2002_s84"), law("niaa_2002_s92"))
    times = (limit.law, law("tribunal_working_day")) if limit else ()
    return (*of_right, *_certificate_law(decided), *times)
