"""What stands beside the questions of a section: the law, and the referral's own answers. An aid, never an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from casework.decisions.person import known_person
from casework.decisions.rules.law import LEGAL_BASES, Section, law_beside
from casework.models import Case
from nexus.law import Statement
from nexus.ui.fields import first_upper
from nexus.ui.formatting import date
from referrals.models import Referral

NOT_PROVIDED = "Not provided"
ANSWERED = {True: "Yes, the force says", False: "No, the force says", None: NOT_PROVIDED}
HARMS = {
    "harm_physical": "physical",
    "harm_emotional": "emotional",
    "harm_financial": "financial",
    "harm_to_individuals": "to individuals",
    "harm_to_community": "to the wider community",
}


@dataclass(frozen=True)
class Cited:
    """A statement of law, how far its words may be relied on, and each of its conditions with how it stands."""

    statement: Statement
    caution: str
    conditions: Sequence[tuple[str, str]] = ()


def cited(sections: Iterable[Section]) -> list[Cited]:
    """The law beside these sections."""
    today = timezone.localdate()
    return [Cited(each, each.caution(today)) for each in law_beside(sections, today)]


def powers_beside(case: Case) -> list[Cited]:
    """Each power with its conditions, and how each of them stands by the record."""
    person, today = known_person(case), timezone.localdate()
    return [
        Cited(each, each.caution(today), [(one.words, one.state(person)) for one in each.conditions])
        for each in (basis.statement for basis in LEGAL_BASES)
        if each.holds_on(today)
    ]


def threat_words(referral: Referral) -> list[tuple[str, str]]:
    """What the force answered on threat, harm, status and residence."""
    harms = [words for name, words in HARMS.items() if getattr(referral, name)]
    return [
        ("Disclosable material", referral.get_material_level_display() or NOT_PROVIDED),
        ("What it shows", referral.material_description or NOT_PROVIDED),
        ("The threat is current", ANSWERED[referral.threat_current]),
        ("The threat is ongoing", ANSWERED[referral.threat_ongoing]),
        ("Harm", first_upper(", ".join(harms)) or NOT_PROVIDED),
        ("What happened and its impact", referral.harm_narrative or NOT_PROVIDED),
        ("Status correct on", date(referral.status_as_at) if referral.status_as_at else NOT_PROVIDED),
        ("Arrived in the UK", date(referral.arrived_on) if referral.arrived_on else NOT_PROVIDED),
        ("Age at arrival", in_years(referral.age_at_arrival)),
        ("Residence in the UK", in_years(referral.years_of_residence)),
    ]


def in_years(number: int | None) -> str:
    return NOT_PROVIDED if number is None else f"{number} years"
