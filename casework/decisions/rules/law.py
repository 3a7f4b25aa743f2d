"""Legal bases and the ordered questions of a decision, as dated data.

None of it is in the guidance, which names the routes only (p. 4). What is not `checked` was written without
a lawyer's confirmation and says so on the page; change it here and raise CHECKLIST when the law changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nexus.law import Statement, law
from referrals.rules.terms import Route

CHECKLIST = "2026-11-4"  # kept on every decision made by these questions


@dataclass(frozen=True)
class LegalBasis:
    """A power to decide, which is a row of `nexus.law`, and the routes it serves."""

    code: str
    routes: frozenset[Route]

    @property
    def statement(self) -> Statement:
        return law(self.code)

    @property
    def words(self) -> str:
        return self.statement.words


REMOVAL = frozenset({Route.ADMINISTRATIVE_REMOVAL})
DEPORTATION = frozenset({Route.CONVICTION_LED, Route.INTELLIGENCE_LED})

LEGAL_BASES = (
    LegalBasis("iaa_1999_s10", REMOVAL),
    LegalBasis("ia_1971_s3_5a", DEPORTATION),
    LegalBasis("ukba_2007_s32", frozenset({Route.CONVICTION_LED})),
    LegalBasis("eea_2016_r23", REMOVAL | DEPORTATION),
)
BASES = {basis.code: basis for basis in LEGAL_BASES}


@dataclass(frozen=True)
class Question:
    """One question: an answer among `choices`, none preselected, and always its reasons.

    `asked_if` names another question and the answers to it after which this one is asked. One that is `optional` is
    asked only where something is open: the gaps say when.
    """

    name: str
    words: str
    choices: tuple[tuple[str, str], ...]
    hint: str = ""
    asked_if: tuple[str, tuple[str, ...]] | None = None
    reasons: str = "Reasons"
    optional: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the decision, saved by itself. `source` is where its questions come from; `law` names the statements of
    law that stand beside them (nexus/law)."""

    slug: str
    title: str
    questions: tuple[Question, ...] = ()
    source: str = ""
    checked: bool = False
    lead: str = ""
    law: tuple[str, ...] = ()


YES_NO = (("yes", "Yes"), ("no", "No"))
NOT_KNOWN = ("not_known", "Not known")
YES_NO_NOT_KNOWN = (*YES_NO, NOT_KNOWN)
ENGAGED = ("article_8", ("yes",))
BY_INTELLIGENCE = ("route", (Route.INTELLIGENCE_LED.value,))
DEPORTED = ("route", tuple(sorted(route.value for route in DEPORTATION)))

BASIS = Section(
    "basis",
    "Route and legal basis",
    (
        Question("route", "Which route is it?", tuple(Route.choices()), reasons="Why this route?"),
        Question(
            "legal_basis",
            "On which power does it rest?",
            tuple((basis.code, basis.words) for basis in LEGAL_BASES),
            hint="Not checked by a lawyer. Confirm the power before you rely on it",
            reasons="How are its conditions met?",
        ),
    ),
    source="Routes: guidance, page 4. Powers: legislation.gov.uk",
    law=("ukba_2007_s33",),
)
FINDINGS = Section("findings", "Findings", law=("bah_2012", "farquharson_2013"))
HIGH_HARM = Section(
    "high-harm",
    "High Harm",
    (
        Question(
            "significant_impact",
            "Does the conduct that is proved have a significant adverse impact?",
            YES_NO,
            hint="Physical, emotional or financial, upon individuals or the wider community",
            reasons="Upon whom, how, and what shows it?",
        ),
    ),
    source="Guidance, page 5: High Harm is conduct that “incurs significant adverse impact, whether physical, "
    "emotional or financial, upon individuals or the wider community”",
    checked=True,
)
THREAT = Section(
    "threat",
    "Threat, harm and residence",
    (
        Question(
            "threat",
            "Is there a current and ongoing threat to the public?",
            YES_NO,
            asked_if=BY_INTELLIGENCE,
            reasons="Which disclosable material shows it, and why is the threat current and ongoing?",
        ),
        Question(
            "public_harm",
            "Is the harm to the public sufficient to justify deportation, in the absence of significant convictions?",
            YES_NO,
            asked_if=BY_INTELLIGENCE,
            reasons="What harm, to whom, and why is the conduct as a whole serious enough?",
        ),
        Question(
            "residence",
            "Does the evidence support deportation when balanced against immigration status and length of residence?",
            YES_NO,
            asked_if=DEPORTED,
            reasons="Which status, since when, how long here and from what age: how does each weigh?",
        ),
    ),
    source="Guidance, page 9: “disclosable police material evidencing a current and ongoing threat to the public”; page "
    "7: “sufficient harm to the public in order to justify deportation (in the absence of significant convictions)”; "
    "page 9: “balanced against immigration status and length of residence within the UK”",
    checked=True,
    lead="The guidance’s own test. The first two questions are of an intelligence-led deportation, the third of every "
    "deportation.",
    law=("bah_2012", "farquharson_2013"),
)
HUMAN_RIGHTS = Section(
    "human-rights",
    "Human rights",
    (
        Question(
            "article_3", "Is there a real risk of treatment contrary to Article 2 or 3 on return?", YES_NO
        ),
        Question("article_8", "Would removal interfere with private or family life?", YES_NO),
        Question(
            "gravity", "Are its consequences so grave that Article 8 is engaged?", YES_NO, asked_if=ENGAGED
        ),
        Question("lawful", "Is the interference in accordance with the law?", YES_NO, asked_if=ENGAGED),
        Question(
            "necessary",
            "Is it necessary in a democratic society for an aim of Article 8(2)?",
            YES_NO,
            asked_if=ENGAGED,
        ),
        Question("proportionate", "Is it proportionate to that aim?", YES_NO, asked_if=ENGAGED),
    ),
    source="The five questions of Razgar [2004] UKHL 27, paragraph 17, in their order, after Articles 2 and 3",
    lead="Answer them in this order. The four on proportionality come when Article 8 is in question.",
    law=("niaa_2002_s117b", "niaa_2002_s117c", "niaa_2002_s117d"),
)
EEA = Section(
    "eea",
    "EEA protection",
    (
        Question("eea_protected", "Is the subject protected by EEA law?", YES_NO),
        Question(
            "eea_level",
            "Which level of protection applies?",
            (
                ("threat", "A genuine, present and sufficiently serious threat must be shown"),
                ("serious", "Serious grounds: permanent residence"),
                ("imperative", "Imperative grounds: ten years’ residence, or under 18"),
            ),
            asked_if=("eea_protected", ("yes",)),
            reasons="How is that level met?",
        ),
    ),
    source="Immigration (European Economic Area) Regulations 2016, regulation 27",
)
CERTIFICATION = Section(
    "certification",
    "Certification",
    (
        Question(
            "certified",
            "Is a claim or an appeal right certified?",
            (
                ("none", "No"),
                ("s94", "Clearly unfounded: 2002 Act, section 94"),
                ("s94b", "Removal pending an appeal: 2002 Act, section 94B"),
                ("s96", "Earlier right to appeal: 2002 Act, section 96"),
                ("r33", "Human rights considerations: 2016 Regulations, regulation 33"),
            ),
        ),
    ),
    source="Nationality, Immigration and Asylum Act 2002; 2016 Regulations",
)
FAMILY = Section(
    "family",
    "Children and family",
    (
        Question(
            "children",
            "Is a child under 18 affected?",
            YES_NO_NOT_KNOWN,
            hint="The best interests of each child are a primary consideration",
            reasons="What is in each child’s best interests, and how does it weigh?",
        ),
        Question("partner", "Is there a partner or other family life here?", YES_NO_NOT_KNOWN),
    ),
    source="Borders, Citizenship and Immigration Act 2009, section 55",
    law=("bcia_2009_s55", "niaa_2002_s117b"),
)
SAFEGUARDS = Section(
    "safeguards",
    "Trafficking and adults at risk",
    (
        Question(
            "trafficking",
            "Are there trafficking indicators?",
            (
                ("none", "None found"),
                ("pending", "A referral is pending"),
                ("positive", "Conclusive grounds: positive"),
                ("negative", "Conclusive grounds: negative"),
                NOT_KNOWN,
            ),
            reasons="What was looked at?",
        ),
        Question(
            "adult_at_risk",
            "Is the subject an adult at risk?",
            (("no", "No"), ("level_1", "Level 1"), ("level_2", "Level 2"), ("level_3", "Level 3"), NOT_KNOWN),
            reasons="What was looked at?",
        ),
    ),
    source="National Referral Mechanism; Adults at risk in immigration detention",
    law=("naba_2022_s61",),
)
ENQUIRIES = Section(
    "enquiries",
    "What is not known",
    (
        Question(
            "enquiries",
            "Has everything been asked that could be asked?",
            (("complete", "Yes, and it is still not known"), ("open", "No, enquiries are still open")),
            reasons="Whom was asked, when, and what did they say? Why can it be decided all the same?",
            optional=True,
        ),
    ),
    source="A rule of this service: “not known” is never read as “none”",
    checked=True,
    lead="Needed before a deportation where the case or this draft says “not known” of the person: of children, "
    "health, a claim or trafficking above all. What you enter is part of the decision.",
)
MATERIAL = Section(
    "material",
    "Nexus material",
    (
        Question(
            "material",
            "Does the decision rely on Nexus material?",
            YES_NO,
            hint="Then a Senior Caseworker reviews the decision before it is made",
            reasons="Which material, and for what?",
        ),
    ),
    source="Guidance, page 7: Senior Caseworkers lead “the application of Nexus material within casework decisions”",
    checked=True,
)

SECTIONS = (
    BASIS,
    FINDINGS,
    HIGH_HARM,
    THREAT,
    HUMAN_RIGHTS,
    EEA,
    CERTIFICATION,
    FAMILY,
    SAFEGUARDS,
    ENQUIRIES,
    MATERIAL,
)
SECTION = {section.slug: section for section in SECTIONS}
QUESTIONS = {question.name: question for section in SECTIONS for question in section.questions}


def is_relevant(section: Section, answers: dict[str, dict[str, str]]) -> bool:
    """Whether anything of it is asked; findings always are."""
    return section is FINDINGS or any(is_asked(each, answers) for each in section.questions)


def law_beside(sections: Iterable[Section], day: date) -> list[Statement]:
    """The statements of law that stand beside these sections and hold on that day, each once."""
    codes = dict.fromkeys(code for section in sections for code in section.law)
    return [law(code) for code in codes if law(code).holds_on(day)]


def is_asked(question: Question, answers: dict[str, dict[str, str]]) -> bool:
    """Whether the answers given so far lead to this question."""
    if question.asked_if is None:
        return True
    name, wanted = question.asked_if
    return answers.get(name, {}).get("choice") in wanted
