"""The words of letters and decision documents: one description, from which the preview, the PDF and the DOCX are made.

What leaves the office carries no marking and no word of the office's own: the file is the subject's.
"""

from dataclasses import asdict
from datetime import date as Day
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from casework.decisions.letters.composing import (
    country_of,
    edits_of,
    nationality_of,
    sections_of,
    standards_in,
)
from casework.decisions.models import Decision, LetterTemplate
from nexus.earlier import word_by_word
from nexus.ui.formatting import date

VERSION = "2"
ADDRESS_MISSING = "The letter has no address. Enter it, or hand the letter over in person."
OFFICE_MISSING = "The office’s address and telephone are not set for this service."
COUNTRY_MISSING = "The letters do not say to which country the subject would be returned."
INVENTED_OFFICE = [
    "Removals casework (invented)",
    "Liverpool",
    "casework@nexus.example",
    "Monday to Friday, 9am to 5pm",
]
NO_TRANSLATION = "No reviewed translation of the line about languages exists, so it is in English and names the languages only."


def content_of(decision: Decision, template: str, *, now: datetime) -> dict[str, Any]:
    """The letter as data (JSON values only)."""
    referral, details = decision.case.referral, decision.letter
    return {
        "title": LetterTemplate(template).label,
        "reference": referral.reference,
        "version": VERSION,
        "standards": {each.code: each.version for each in standards_in(decision)},
        "office": office(),
        "addressee": [name_of(decision), *details.get("address", "").splitlines()],
        "references": references(decision),
        "date": date(now),
        "demonstration": settings.NEXUS_DEMONSTRATION,
        "sections": [
            asdict(section) for section in sections_of(decision, template, dated=timezone.localdate(now))
        ],
        "signature": signature(decision),
    }


def name_of(decision: Decision) -> str:
    """Given names first, as a letter addresses somebody."""
    referral = decision.case.referral
    return " ".join(filter(None, [referral.forenames, referral.surname])) or "Name not known"


def office() -> list[str]:
    lines = [line.strip() for line in settings.NEXUS_OFFICE.split("|") if line.strip()]
    return ["Home Office", *(lines or (INVENTED_OFFICE if settings.NEXUS_DEMONSTRATION else []))]


def references(decision: Decision) -> list[list[str]]:
    referral, details = decision.case.referral, decision.letter
    rows = [
        ["Our reference", referral.reference],
        ["Home Office reference", referral.home_office_reference],
        ["Name", name_of(decision)],
        ["Date of birth", date(referral.date_of_birth) if referral.date_of_birth else "Not known"],
        ["Nationality", nationality_of(decision)],
        ["Representative", details.get("representative", "")],
        ["Date of the decision", date(decision.decided_at) if decision.decided_at else ""],
    ]
    return [row for row in rows if row[1]]


def signature(decision: Decision) -> list[str]:
    """Who decided, and for whom."""
    by = decision.decided_by
    name = str(by) if by else "[Whoever makes the decision]"
    return [name, "On behalf of the Secretary of State for the Home Department"]


def cautions_on_letters(decision: Decision, today: Day) -> list[str]:
    """What whoever previews or serves its letters is told first: unapproved words, and what the letter lacks."""
    found = [] if decision.letter.get("address") else [ADDRESS_MISSING]
    found += [] if country_of(decision) else [COUNTRY_MISSING]
    found += [] if settings.NEXUS_OFFICE else [OFFICE_MISSING]
    unapproved = [caution for each in standards_in(decision) if (caution := each.caution(today))]
    return [*found, *unapproved, NO_TRANSLATION]


def changed_against_standard(decision: Decision) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each standard paragraph that reads otherwise in these letters: its title, and its words beside the standard's."""
    edits = edits_of(decision)
    return [
        (each.title, word_by_word(each.words, edits[each.code]))
        for each in standards_in(decision)
        if each.code in edits
    ]


def beside_letters(decision: Decision, *, now: datetime) -> dict[str, Any]:
    """For every page on which the letters are read before they leave: each as the subject reads it, what was put
    otherwise than the standard, and what must be known first."""
    return {
        "letters_in_full": [content_of(decision, template, now=now) for template in LetterTemplate.values],
        "changed": changed_against_standard(decision),
        "letter_cautions": cautions_on_letters(decision, timezone.localdate(now)),
    }
