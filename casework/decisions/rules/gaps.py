"""What a draft still lacks: one list, shown on the page and refused with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from casework.decisions.rules.appeal_rights import CERTIFIES, Certificate, Decides
from casework.decisions.rules.findings import names_a_crime
from casework.decisions.rules.law import (
    BASES,
    DEPORTATION,
    ENQUIRIES,
    NOT_KNOWN,
    QUESTIONS,
    SAFEGUARDS,
    SECTIONS,
    SERIOUSNESS,
    THREAT,
    Section,
    is_asked,
)
from nexus.law import Person
from nexus.refusals import says_why
from referrals.rules.terms import Route, StatementNeed

Answers = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class FindingFacts:
    number: int
    allegation: str
    evidence: str
    proved: bool | None
    reasons: str
    pk: int = 0
    is_conviction: bool = False  # the event behind it is a conviction that stands
    unproven: str = ""  # the offence behind it, of which no court has convicted the subject


@dataclass(frozen=True)
class ClaimFacts:
    """A claim recorded on the case: in words, its kind, whether it is still to be answered, and whether this decision
    refuses it."""

    words: str
    kind: str
    is_open: bool
    refused: bool


@dataclass(frozen=True)
class Gap:
    """One thing a draft lacks: its section, and there the field or the finding that is to be filled in."""

    section: str
    sentence: str
    field: str = ""
    finding: int = 0


class Place(NamedTuple):
    """A sentence, and the field it is about."""

    sentence: str
    field: str = ""
    finding: int = 0


@dataclass(frozen=True)
class Facts:
    """A draft as plain values; `material` holds, of each material it names, whether it is approved still.

    `statement` is T4 of the referral, and `none_needed` whether somebody has recorded that none is needed. `unknown`
    is what nobody knows of the person: referrals/risks.py. `status` is the recorded one, and `departures` say where
    route and statement depart from what the rules indicate: referrals/rules/routes.py.
    """

    answers: Answers
    findings: Sequence[FindingFacts]
    case_route: str
    day: date
    material: Sequence[bool] = ()
    statement: StatementNeed = StatementNeed.NOT_NECESSARILY
    none_needed: bool = False
    person: Person = Person()
    unknown: Sequence[str] = ()
    status: str = ""
    departures: Sequence[str] = ()
    trafficking: Sequence[str] = ()
    claims: Sequence[ClaimFacts] = ()


def choice(answers: Answers, name: str) -> str:
    return answers.get(name, {}).get("choice", "")


def gaps(facts: Facts) -> list[Gap]:
    """Every gap, in the order of the sections."""
    found = []
    for section in SECTIONS:
        found += [Gap(section.slug, *place) for place in _unanswered(section, facts.answers)]
        if section.slug in BESIDES:
            found += [Gap(section.slug, *place) for place in BESIDES[section.slug](facts)]
    return found


def _unanswered(section: Section, answers: Answers) -> Iterator[Place]:
    for question in section.questions:
        if question.optional or not is_asked(
            question, {name: dict(given) for name, given in answers.items()}
        ):
            continue
        if not choice(answers, question.name):
            yield Place(f"{section.title}: answer “{question.words}”", question.name)
        elif not says_why(answers[question.name].get("reasons", ""), question.words):
            sentence = f"{section.title}: give the reasons for “{question.words}”"
            yield Place(sentence, f"{question.name}_reasons")


def _basis(facts: Facts) -> Iterator[Place]:
    route, code = choice(facts.answers, "route"), choice(facts.answers, "legal_basis")
    if route and route != facts.case_route:
        yield Place(
            f"The decision’s route is {Route(route).label}, the case’s is {Route(facts.case_route).label}. "
            "Change one of them, with a reason.",
            "route",
        )
    if code and route and Route(route) not in BASES[code].routes:
        words = (
            f"“{BASES[code].words}” is not a power for {Route(route).label}. Choose another power or route."
        )
        yield Place(words, "legal_basis")
    if code and not BASES[code].statement.holds_on(facts.day):
        words = f"“{BASES[code].words}” could not be used on this date. Choose another power."
        yield Place(words, "legal_basis")
    for condition in BASES[code].statement.unmet(facts.person) if code else ():
        words = f"“{BASES[code].words}” has a condition that the record contradicts: “{condition}”."
        yield Place(f"{words} Choose another power, or have the record corrected.", "legal_basis")


def _findings(facts: Facts) -> Iterator[Place]:
    for finding in facts.findings:
        yield from _of_finding(finding)
    if choice(facts.answers, "route") not in {route.value for route in DEPORTATION}:
        return
    if not facts.findings:
        yield Place("Findings: add at least one allegation. A deportation must rest on conduct.")
    elif all(finding.proved is False for finding in facts.findings):
        yield Place(
            "Findings: no allegation has been found proved, so there is no conduct for a deportation to rest on."
        )


def _of_finding(finding: FindingFacts) -> Iterator[Place]:
    where = f"Allegation {finding.number}"
    if names_a_crime(finding.allegation, finding.unproven):
        yield Place(
            f"{where}: no court has convicted the subject of “{finding.unproven}”. Describe what was done, not the crime.",
            "allegation",
            finding.pk,
        )
    if not finding.evidence.strip():
        yield Place(f"{where}: enter the evidence.", "evidence", finding.pk)
    if finding.proved is None:
        sentence = f"{where}: say whether it is proved on the balance of probabilities."
        yield Place(sentence, "proved", finding.pk)
    if not says_why(finding.reasons):
        yield Place(f"{where}: give the reasons.", "reasons", finding.pk)


# What an intelligence-led deportation must be able to say, and what every deportation must; the guidance's own words.
TEST = {
    "threat": "the guidance’s test is “a current and ongoing threat to the public” (page 9), and the draft says there is "
    "none",
    "public_harm": "the guidance’s test is “sufficient harm to the public in order to justify deportation (in the "
    "absence of significant convictions)” (page 7), and the draft says it is not",
    "residence": "it proceeds where the evidence supports deportation “when balanced against immigration status and "
    "length of residence within the UK” (page 9), and the draft says it does not",
}


def _threat(facts: Facts) -> Iterator[Place]:
    """A deportation that fails the guidance's own test is not made."""
    for question in THREAT.questions:
        asked = is_asked(question, _as_dict(facts.answers))
        if asked and choice(facts.answers, question.name) == "no":
            sentence = f"{THREAT.title}: {TEST[question.name]}. Correct the answer, or change the route with a reason."
            yield Place(sentence, question.name)


# What a deportation that is conducive to the public good cannot be made without: Bah, in its order.
AGAINST_DEPORTING = {
    "seriousness": "the draft says the conduct as a whole is not serious enough to justify deportation",
    "policy": "the draft says that deportation does not accord with policy",
    "discretion": "the draft says the discretion should not be used to deport",
}


def _seriousness(facts: Facts) -> Iterator[Place]:
    for name, said in AGAINST_DEPORTING.items():
        if is_asked(QUESTIONS[name], _as_dict(facts.answers)) and choice(facts.answers, name) == "no":
            yield Place(
                f"{SERIOUSNESS.title}: {said}. Correct the answer, or change the route with a reason.", name
            )


def _as_dict(answers: Answers) -> dict[str, dict[str, str]]:
    return {name: dict(given) for name, given in answers.items()}


def _certification(facts: Facts) -> Iterator[Place]:
    """Every open claim is answered, a refusal names what it refuses, and a certificate goes with what is decided."""
    decides = choice(facts.answers, "appealable")
    refused = [claim for claim in facts.claims if claim.refused]
    if decides == Decides.REFUSES_CLAIM and not refused:
        yield Place(
            "Claims: select which recorded claim is refused. Record the claim on the case first, if it is not there.",
            "appealable",
        )
    if decides and decides != Decides.REFUSES_CLAIM and refused:
        yield Place(
            "Claims: a claim is selected as refused, but the answer is that none is. Correct one of them.",
            "appealable",
        )
    for claim in facts.claims:
        if claim.is_open and not claim.refused:
            yield Place(
                f"Claims: the {claim.words} is not answered. Refuse it in this decision, or record how it ended.",
                "appealable",
            )
    certificate = choice(facts.answers, "certified")
    if is_asked(QUESTIONS["certified"], _as_dict(facts.answers)) and certificate not in (
        "",
        Certificate.NONE,
        *CERTIFIES.get(Decides(decides), ()),
    ):
        words = dict(QUESTIONS["certified"].choices)[certificate]
        yield Place(
            f"Claims: “{words}” does not go with what this decision does. Choose another.", "certified"
        )


def _eea(facts: Facts) -> Iterator[Place]:
    if (
        choice(facts.answers, "eea_protected") == "no"
        and choice(facts.answers, "legal_basis") == "eea_2016_r23"
    ):
        yield Place(
            "The EEA Regulations are the power, but the subject is said not to be protected. Correct one of them.",
            "eea_protected",
        )


def _safeguards(facts: Facts) -> Iterator[Place]:
    """Nobody is removed while it is open whether they were trafficked or are at risk."""
    for question in SAFEGUARDS.questions:
        if choice(facts.answers, question.name) == NOT_KNOWN[0]:
            sentence = f"{SAFEGUARDS.title}: “{question.words}” is answered “Not known”. Find out the answer and enter it."
            yield Place(sentence, question.name)
    yield from _trafficking(facts)


def _trafficking(facts: Facts) -> Iterator[Place]:
    """ "None found" is contradicted by what is known, whoever knows it."""
    if choice(facts.answers, "trafficking") in ("none", "negative"):
        answer = dict(QUESTIONS["trafficking"].choices)[choice(facts.answers, "trafficking")]
        for known in facts.trafficking:
            yield Place(
                f"{SAFEGUARDS.title}: the draft says “{answer}”. {known} Correct the answer.", "trafficking"
            )


# Questions whose answer “Not known” leaves open what must be asked before a deportation, and what it is about.
LEFT_OPEN = {"children": "children", "partner": "a partner or other family life"}


def _enquiries(facts: Facts) -> Iterator[Place]:
    """Nobody is deported while it is not known whether they have children, are ill, have a claim or were trafficked,
    unless it is said what was done to find out."""
    own = [words for name, words in LEFT_OPEN.items() if choice(facts.answers, name) == NOT_KNOWN[0]]
    unknown = list(dict.fromkeys([*facts.unknown, *own]))
    if choice(facts.answers, "route") not in DEPORTATION or not unknown:
        return
    where = f"{ENQUIRIES.title}: it is not known about {', '.join(unknown)}."
    if choice(facts.answers, "enquiries") == "open":
        yield Place(f"{where} Finish the enquiries before a deportation is decided.", "enquiries")
    elif not choice(facts.answers, "enquiries"):
        yield Place(f"{where} Say what was done to find out before a deportation is decided.", "enquiries")
    elif not says_why(facts.answers["enquiries"].get("reasons", "")):
        yield Place(f"{where} Enter whom was asked, when, and what they said.", "enquiries_reasons")


STATEMENT = (
    "“deportation may be pursued where police partners can demonstrate an existing threat to the public by "
    "providing a police statement for the case-owner to consider” (guidance, page 9)"
)
INTELLIGENCE_LED = (
    "Nexus material: an intelligence-led deportation rests on disclosable police material, and none that is "
    f"approved is relied on. {STATEMENT}. Rely on approved material, or change the route with a reason."
)
REQUIRED = (
    "Nexus material: the subject is here lawfully without a significant conviction, so a police statement is "
    f"required. {STATEMENT}. Rely on approved material, or record on the Material page why no statement is needed."
)


def _material(facts: Facts) -> Iterator[Place]:
    relies, led = choice(facts.answers, "material"), choice(facts.answers, "route") == Route.INTELLIGENCE_LED
    if relies == "yes" and not facts.material:
        yield Place(
            "Nexus material: choose which approved material is relied on, or answer that none is.", "material"
        )
    if relies == "no" and facts.material:
        yield Place(
            "Nexus material: material is chosen, but the answer is that none is relied on. Correct one of them.",
            "material",
        )
    if not all(facts.material):
        yield Place(
            "Nexus material: some of the chosen material is no longer approved. Choose again.", "material"
        )
    if led and relies == "no":
        yield Place(INTELLIGENCE_LED, "material")
    elif facts.statement == StatementNeed.REQUIRED and relies == "no" and not facts.none_needed:
        yield Place(REQUIRED, "material")


BESIDES = {
    "basis": _basis,
    "findings": _findings,
    "threat": _threat,
    "seriousness": _seriousness,
    "certification": _certification,
    "eea": _eea,
    "safeguards": _safeguards,
    "enquiries": _enquiries,
    "material": _material,
}


def cautions(answers: Answers) -> list[str]:
    """What whoever reviews or decides must not overlook. A rule informs; a named person decides."""
    sentences = {
        (
            "significant_impact",
            "no",
        ): "The draft says the impact is not significant: it does not meet the definition of High Harm.",
        ("article_3", "yes"): "The draft says there is a real risk under Article 2 or 3 on return.",
        ("lawful", "no"): "The draft says the interference is not in accordance with the law.",
        ("proportionate", "no"): "The draft says removal is not proportionate.",
        ("exceptions_s33", "yes"): "The draft says that an exception of section 33 applies.",
        ("risk", "no"): "The draft says that there is no present risk of further harm.",
        ("exception_117c", "private_life"): "The draft says that Exception 1 of section 117C applies.",
        ("exception_117c", "family_life"): "The draft says that Exception 2 of section 117C applies.",
        ("compelling", "yes"): "The draft says that there are very compelling circumstances.",
        ("public_interest", "against"): "The draft says that section 117B weighs against removal.",
        ("best_interests", "no"): "The draft says that the best interests of a child are not outweighed.",
        (
            "protection",
            "status",
        ): "The subject has protection status, which is not revoked by this decision alone.",
        ("section_72", "rebutted"): "The draft says that the presumption of section 72 is rebutted.",
        (
            "trafficking",
            "reasonable_grounds",
        ): "Reasonable grounds of trafficking are positive: nobody is removed in the recovery period.",
        ("trafficking", "pending"): "A trafficking referral is pending: record it as a barrier to removal.",
        ("trafficking", "positive"): "Conclusive grounds of trafficking are positive.",
        ("adult_at_risk", "level_3"): "The subject is an adult at risk, level 3.",
    }
    asked = _as_dict(answers)
    return [
        sentence
        for (name, given), sentence in sentences.items()
        if choice(answers, name) == given and is_asked(QUESTIONS[name], asked)
    ]
