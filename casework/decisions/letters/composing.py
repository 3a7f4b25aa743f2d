"""A letter to the subject, composed from the decision: numbered paragraphs under headings, in the order they are read.

`sections_of` is the same whenever it is asked, until somebody changes the decision, the record or a standard paragraph:
its words are part of what is reviewed and decided (text.py). Addressee, date and signature stand around it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date as Day
from typing import Any

from casework.decisions.letters.languages import languages_of
from casework.decisions.letters.paragraphs import STANDARD, Standard
from casework.decisions.letters.statements import HEADINGS, NOT_PRINTED, NOTHING_TO_SAY, SENTENCES
from casework.decisions.models import CLAIM_KINDS, Decision, Finding, LetterTemplate
from casework.decisions.queries import (
    decided_of,
    findings_of,
    given_answers,
    is_conviction,
)
from casework.decisions.rules.appeal_rights import AppealRights, Certificate, Decides, appeal_rights
from casework.decisions.rules.law import (
    BASES,
    DEPORTATION,
    EEA,
    FINDINGS,
    SECTIONS,
    Section,
)
from casework.decisions.rules.second_person import EEA_STATUSES
from casework.decisions.rules.time_limits import AppealRight, Place
from nexus.law import law
from nexus.ui.formatting import date as day
from nexus.ui.wording import lower_first
from nexus.working_days import is_working_day
from referrals.models import ConductEvent
from referrals.rules.nationalities import NATIONALITIES, country_name, nationality_name
from referrals.rules.terms import SentenceType

TO_BE_WRITTEN = "[Here stand your reasons, once you have made the decision.]"


@dataclass
class Paragraph:
    """One numbered paragraph; `standard` names the standard paragraph it came from, and `items` is a list below it."""

    text: str
    items: list[str] = field(default_factory=list)
    standard: str = ""
    number: int = 0


@dataclass
class LetterSection:
    heading: str
    paragraphs: list[Paragraph]


def sections_of(decision: Decision, template: str, *, dated: Day | None = None) -> list[LetterSection]:
    """The whole body, numbered through; of a letter that is `dated` it also says on which day the time to appeal ends
    if it is sent on that day."""
    made = NOTICE if template == LetterTemplate.NOTICE else DETERMINATION
    last_day = _last_day(decision, dated) if dated else None
    found = [LetterSection(heading, list(write(decision))) for heading, write in made]
    found = [each for part in found for each in _split(part, decision)]
    number = 0
    for section in found:
        for paragraph in section.paragraphs:
            number += 1
            paragraph.number = number
            if last_day and paragraph.standard == "" and paragraph.text == last_day[0]:
                paragraph.text = f"{paragraph.text} {last_day[1]}"
    return found


def rights_in_letter(decision: Decision, *, sent_on: Day | None = None) -> AppealRights | None:
    """The right of appeal as the letters say it, wherever they are served: before that no day is known."""
    decided = replace(decided_of(decision), place=place_of(decision), sent_on=sent_on, posted=False)
    return appeal_rights(decided, is_working_day=is_working_day)


def place_of(decision: Decision) -> str:
    """Where the subject is, as the letters take it."""
    place: str = decision.letter.get("place") or Place.IN_UK
    return place


def _last_day(decision: Decision, dated: Day) -> tuple[str, str] | None:
    """The sentence on the time to appeal, and what is added to it; only where the time runs from the sending."""
    rights, sent = rights_in_letter(decision), rights_in_letter(decision, sent_on=dated)
    if not rights or not sent or not sent.until or place_of(decision) != Place.IN_UK:
        return None
    return rights.time, f"If this letter is sent on {day(dated)}, the last day is {day(sent.until)}."


def _split(part: LetterSection, decision: Decision) -> Iterator[LetterSection]:
    """The reasons are several sections, one for each part of the decision of which something is printed."""
    if part.heading != REASONS:
        if part.paragraphs:
            yield part
        return
    for section in SECTIONS:
        paragraphs = list(_of_section(decision, section))
        if paragraphs:
            yield LetterSection(HEADINGS[section.slug], paragraphs)


REASONS = "Reasons"


def standard(decision: Decision, code: str, **filled: str) -> Paragraph:
    """The standard paragraph as this letter has it: its own words, or those the drafter put instead."""
    words = edits_of(decision).get(code, STANDARD[code].words)
    for name, text in filled.items():
        words = words.replace(f"{{{name}}}", text)
    return Paragraph(words, standard=code)


def edits_of(decision: Decision) -> dict[str, str]:
    """The standard paragraphs whose words were changed in this decision's letters."""
    edits: dict[str, str] = decision.letter.get("edits", {})
    return edits


def standards_in(decision: Decision) -> list[Standard]:
    """Those that its letters use, in their order."""
    codes = dict.fromkeys(
        paragraph.standard
        for template in LetterTemplate.values
        for section in sections_of(decision, template)
        for paragraph in section.paragraphs
        if paragraph.standard
    )
    return [STANDARD[code] for code in codes]


def body_words(decision: Decision) -> list[tuple[str, str]]:
    """Every paragraph of its letters: what it is called, and its words as the subject reads them."""
    return [
        (f"{LetterTemplate(template).label}: {section.heading}", _words(section))
        for template in LetterTemplate.values
        for section in sections_of(decision, template)
        if section.heading != OWN_REASONS
    ]


def _words(section: LetterSection) -> str:
    return "\n".join("\n".join([each.text, *each.items]) for each in section.paragraphs)


# ---- the decision ----


def _decided(decision: Decision) -> Iterator[Paragraph]:
    code = decision.answer_to("legal_basis")
    if f"decides_{code}" in STANDARD:
        yield standard(decision, f"decides_{code}")
    elif code:
        yield Paragraph(f"This decision is made under {BASES[code].words}.")
    decides = decision.answer_to("appealable")
    if decides == Decides.REFUSES_CLAIM:
        yield standard(decision, "refuses_claim", claims=_claims_in_words(decision))
    elif decides in (Decides.REVOKES, Decides.CITIZENS_RIGHTS):
        yield standard(decision, decides)
    country = country_of(decision)
    if country:
        yield standard(decision, "country", country=country)
    deported = decision.answer_to("route") in DEPORTATION
    yield standard(decision, "effect_deportation" if deported else "effect_removal")


def _claims_in_words(decision: Decision) -> str:
    kinds = dict(CLAIM_KINDS)
    found = [f"{kinds[claim.kind].lower()} of {day(claim.made_on)}" for claim in decision.claims.all()]
    return " and your ".join(found) or "claim"


def country_of(decision: Decision) -> str:
    """Where the subject would be returned to: what was entered, or the country of their nationality."""
    entered: str = decision.letter.get("country", "")
    codes = [each.code for each in decision.case.referral.nationalities.all()]
    return entered or next((country_name(code) for code in codes if country_name(code) != code), "")


OWN_REASONS = "Why I made this decision"


def _own_reasons(decision: Decision) -> Iterator[Paragraph]:
    yield Paragraph(decision.reasons or TO_BE_WRITTEN)


# ---- history ----


def _history(decision: Decision) -> Iterator[Paragraph]:
    referral = decision.case.referral
    if referral.arrived_on:
        yield Paragraph(f"You arrived in the United Kingdom on {day(referral.arrived_on)}.")
    status = referral.get_immigration_status_display()
    if status:
        as_at = f", as recorded on {day(referral.status_as_at)}" if referral.status_as_at else ""
        yield Paragraph(f"Your immigration status: {status}{as_at}.")
    if referral.years_of_residence:
        yield Paragraph(f"You have lived in the United Kingdom for {referral.years_of_residence} years.")
    for claim in decision.claims.all():
        how = claim.get_how_display()
        kind = claim.get_kind_display().lower()
        yield Paragraph(
            f"On {day(claim.made_on)} you made a {kind} ({how[0].lower()}{how[1:]}). You said: {claim.grounds}"
        )


def _considered(decision: Decision) -> Iterator[Paragraph]:
    items = [
        f"the evidence on allegation {number}" for number, _ in enumerate(findings_of(decision), start=1)
    ]
    items += [f"your {_claim(claim)}" for claim in decision.claims.all()]
    items += [str(title) for title in decision.material.values_list("title", flat=True)]
    if items:
        yield Paragraph("I have considered:", items)
    yield Paragraph(
        "A conviction has the weight of a court’s finding. What is found without a conviction has the weight of the "
        "evidence named beside it. What is not proved has none, and is not held against you."
    )


def _claim(claim: Any) -> str:
    return f"{claim.get_kind_display().lower()} of {day(claim.made_on)}"


# ---- the reasons ----


def _of_section(decision: Decision, section: Section) -> Iterator[Paragraph]:
    if section is FINDINGS:
        yield from _findings(decision)
        return
    if section is EEA and not _may_be_protected(decision):
        return
    if section.slug == "basis" and decision.answers.get("legal_basis", {}).get("reasons"):
        yield Paragraph(decision.answers["legal_basis"]["reasons"])
    given = given_answers(decision)
    for question in section.questions:
        answer = given.get(question.name, {})
        key = (question.name, answer.get("choice", ""))
        if question.name not in NOT_PRINTED and key in SENTENCES and key not in NOTHING_TO_SAY:
            yield Paragraph(f"{SENTENCES[key]}\n{answer.get('reasons', '')}".strip())


def _may_be_protected(decision: Decision) -> bool:
    """The section cannot apply to somebody whom nothing on the record connects with the withdrawal agreement."""
    status = decision.case.referral.immigration_status
    return decision.answer_to("eea_protected") == "yes" or status in {each.value for each in EEA_STATUSES}


def _findings(decision: Decision) -> Iterator[Paragraph]:
    found = findings_of(decision)
    if found:
        yield standard(decision, "standard_of_proof")
    for number, finding in enumerate(found, start=1):
        yield _finding(number, finding)


def _finding(number: int, finding: Finding) -> Paragraph:
    """A conviction is named as one; anything else is conduct that is found, or not, and never a crime."""
    event = finding.event
    lead = f"Allegation {number}. {finding.allegation}"
    if event is not None and is_conviction(event):
        return Paragraph(lead, [conviction_in_words(event), *_proof(finding)])
    result = {
        True: "No court has convicted you of this. I find that it is more likely than not that you did it.",
        False: "I do not find that you did this. I give it no weight.",
        None: "[Not found yet.]",
    }[finding.proved]
    return Paragraph(lead, [result, *_proof(finding)])


def _proof(finding: Finding) -> list[str]:
    evidence = f"Evidence: {finding.evidence}" if finding.evidence else ""
    reasons = f"Reasons: {finding.reasons}" if finding.reasons else ""
    return [each for each in (evidence, reasons) if each]


def conviction_in_words(event: ConductEvent) -> str:
    """You were convicted on 4 March 2021 at Liverpool Crown Court of assault, and sentenced to 18 months' imprisonment."""
    when = f" on {day(event.convicted_on)}" if event.convicted_on else ""
    where = f" at {event.court}" if event.court else ""
    return f"You were convicted{when}{where} of {lower_first(event.offence)}{_sentence(event)}."


def _sentence(event: ConductEvent) -> str:
    if not event.sentence_type:
        return ""
    months = event.sentence_months
    if event.sentence_type == SentenceType.CUSTODIAL:
        return (
            f", and sentenced to {months} months’ imprisonment"
            if months
            else ", and sentenced to imprisonment"
        )
    length = f" of {months} months" if months else ""
    return f", and the sentence was: {event.get_sentence_type_display().lower()}{length}"


# ---- appeal, and what follows ----


def _appeal(decision: Decision) -> Iterator[Paragraph]:
    rights = rights_in_letter(decision)
    if rights is None:
        yield Paragraph("[Which right of appeal there is follows from what the decision does to a claim.]")
        return
    yield Paragraph(" ".join(filter(None, [rights.headline, rights.place if not rights.grounds else ""])))
    if rights.certificate:
        yield Paragraph(rights.certificate)
    if rights.right is AppealRight.NONE:
        yield standard(decision, "no_appeal")
    else:
        yield from _how_to_appeal(decision, rights)
    yield standard(decision, "advice")


def _how_to_appeal(decision: Decision, rights: AppealRights) -> Iterator[Paragraph]:
    yield Paragraph(f"The right of appeal is under {rights.provision}. {rights.place}")
    yield Paragraph("The grounds on which you may appeal are:", list(rights.grounds))
    yield Paragraph(rights.time)
    yield standard(decision, "time_goes_on")
    yield standard(decision, "how_to_appeal")


def _one_stop(decision: Decision) -> Iterator[Paragraph]:
    yield standard(decision, "one_stop")


def certified_against_waiting(decision: Decision) -> bool:
    """Removal may come before a citizens' rights appeal ends (regulation 33)."""
    return decided_of(decision).certificate == Certificate.EEA


def _next(decision: Decision) -> Iterator[Paragraph]:
    rights = rights_in_letter(decision)
    from_inside = rights is not None and rights.right in (AppealRight.TRIBUNAL, AppealRight.CITIZENS_RIGHTS)
    from_inside = (
        from_inside and place_of(decision) == Place.IN_UK and not certified_against_waiting(decision)
    )
    code = "removal_window" if from_inside else "removal_without_appeal"
    yield standard(decision, code, days=str(law("removal_notice_period").number))
    reporting = decision.letter.get("reporting", "")
    yield (
        standard(decision, "reporting", reporting=reporting)
        if reporting
        else standard(decision, "reporting_unchanged")
    )
    yield standard(decision, "tell_us")


def _reading(decision: Decision) -> Iterator[Paragraph]:
    codes = [each.code for each in decision.case.referral.nationalities.all()]
    languages = languages_of(codes)
    words = f", in {' or '.join(languages)} or another language that you read" if languages else ""
    yield standard(decision, "language", languages=words)
    yield standard(decision, "privacy")


def nationality_of(decision: Decision) -> str:
    codes = [each.code for each in decision.case.referral.nationalities.all()]
    return ", ".join(nationality_name(code) for code in codes if code in NATIONALITIES) or "Not known"


DECISION = ("The decision", _decided)
NOTICE = (
    DECISION,
    (OWN_REASONS, _own_reasons),
    ("Your time here, and what you said", _history),
    (REASONS, lambda decision: iter(())),
    ("What I considered", _considered),
    ("Your right of appeal", _appeal),
    ("You must tell us everything now", _one_stop),
    ("What happens next", _next),
    ("Reading this letter, and your information", _reading),
)
DETERMINATION = (
    DECISION,
    ("Your time here, and what you said", _history),
    (REASONS, lambda decision: iter(())),
    ("What I considered", _considered),
    (OWN_REASONS, _own_reasons),
)
