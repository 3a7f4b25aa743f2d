"""What a draft still lacks: one list, shown on the page and refused with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.decisions.rules.law import BASES, DEPORTATION, SECTIONS, Section, asked
from referrals.rules.terms import Route

Answers = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class FindingFacts:
    number: int
    allegation: str
    evidence: str
    proved: bool | None
    reasons: str


@dataclass(frozen=True)
class Gap:
    section: str
    sentence: str


@dataclass(frozen=True)
class Facts:
    """A draft as plain values; `material` holds, of each material it names, whether it is approved still."""

    answers: Answers
    findings: Sequence[FindingFacts]
    case_route: str
    day: date
    material: Sequence[bool] = ()


def choice(answers: Answers, name: str) -> str:
    return answers.get(name, {}).get("choice", "")


def gaps(facts: Facts) -> list[Gap]:
    """Every gap, in the order of the sections."""
    found = []
    for section in SECTIONS:
        found += [Gap(section.slug, sentence) for sentence in _unanswered(section, facts.answers)]
        if section.slug in BESIDES:
            found += [Gap(section.slug, sentence) for sentence in BESIDES[section.slug](facts)]
    return found


def _unanswered(section: Section, answers: Answers) -> Iterator[str]:
    for question in section.questions:
        if not asked(question, {name: dict(given) for name, given in answers.items()}):
            continue
        if not choice(answers, question.name):
            yield f"{section.title}: answer “{question.words}”"
        elif not answers[question.name].get("reasons", "").strip():
            yield f"{section.title}: give the reasons for “{question.words}”"


def _basis(facts: Facts) -> Iterator[str]:
    route, code = choice(facts.answers, "route"), choice(facts.answers, "legal_basis")
    if route and route != facts.case_route:
        yield (
            f"The decision’s route is {Route(route).label}, the case’s is {Route(facts.case_route).label}. "
            "Change one of them, with a reason."
        )
    if code and route and Route(route) not in BASES[code].routes:
        yield f"“{BASES[code].words}” is no power for {Route(route).label}. Choose another power or route."
    if code and not BASES[code].holds(facts.day):
        yield f"“{BASES[code].words}” may not be chosen on this day. Choose another power."


def _findings(facts: Facts) -> Iterator[str]:
    for finding in facts.findings:
        yield from _of_finding(finding)
    if choice(facts.answers, "route") not in {route.value for route in DEPORTATION}:
        return
    if not facts.findings:
        yield "Findings: add at least one allegation. A deportation rests on what was done."
    elif all(finding.proved is False for finding in facts.findings):
        yield "Findings: no allegation is found proved, so there is nothing a deportation could rest on."


def _of_finding(finding: FindingFacts) -> Iterator[str]:
    where = f"Allegation {finding.number}"
    if not finding.evidence.strip():
        yield f"{where}: enter the evidence."
    if finding.proved is None:
        yield f"{where}: say whether it is proved on the balance of probabilities."
    if not finding.reasons.strip():
        yield f"{where}: give the reasons."


def _eea(facts: Facts) -> Iterator[str]:
    if (
        choice(facts.answers, "eea_protected") == "no"
        and choice(facts.answers, "legal_basis") == "eea_2016_r23"
    ):
        yield "The EEA Regulations are the power, but the subject is said not to be protected. Correct one of them."


def _material(facts: Facts) -> Iterator[str]:
    relies = choice(facts.answers, "material")
    if relies == "yes" and not facts.material:
        yield "Nexus material: choose which approved material is relied on, or answer that none is."
    if relies == "no" and facts.material:
        yield "Nexus material: material is chosen, but the answer is that none is relied on. Correct one of them."
    if not all(facts.material):
        yield "Nexus material: some of what is chosen is not approved any more. Choose again."


BESIDES = {"basis": _basis, "findings": _findings, "eea": _eea, "material": _material}


def cautions(answers: Answers) -> list[str]:
    """What whoever reviews or decides must not overlook. A rule informs; a named person decides."""
    told = {
        ("article_3", "yes"): "The draft says there is a real risk under Article 2 or 3 on return.",
        ("lawful", "no"): "The draft says the interference is not in accordance with the law.",
        ("proportionate", "no"): "The draft says removal is not proportionate.",
        ("trafficking", "pending"): "A trafficking referral is pending: record it as a barrier to removal.",
        ("trafficking", "positive"): "Conclusive grounds of trafficking are positive.",
        ("adult_at_risk", "level_3"): "The subject is an adult at risk, level 3.",
    }
    return [sentence for (name, given), sentence in told.items() if choice(answers, name) == given]
