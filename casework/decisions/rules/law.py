"""Legal bases and the ordered questions of a decision, as dated data.

None of it is in the guidance, which names the routes only (p. 4). What is not `checked` was written without
a lawyer's confirmation and says so on the page; change it here and raise CHECKLIST when the law changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.decisions.rules.appeal_rights import Certificate, Decides
from nexus.law import Statement, law
from referrals.rules.terms import Route

CHECKLIST = "2026-11-5"  # kept on every decision made by these questions


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
CONDUCIVE = ("legal_basis", ("ia_1971_s3_5a",))
AUTOMATIC = ("legal_basis", ("ukba_2007_s32",))
FOREIGN_CRIMINAL = ("under_four", "four_or_more")

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
        Question(
            "exceptions_s33",
            "Does an exception of section 33 apply?",
            YES_NO,
            hint="Convention rights or the Refugee Convention, age at conviction, the withdrawal agreement, extradition, "
            "mental health orders, the trafficking convention",
            asked_if=AUTOMATIC,
            reasons="Which exceptions were looked at, and why does each apply or not?",
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
SERIOUSNESS = Section(
    "seriousness",
    "Seriousness, risk and discretion",
    (
        Question(
            "seriousness",
            "Taken as a whole, are the conduct, character or associations serious enough to justify deportation?",
            YES_NO,
            hint="On the facts that are found, all together, not allegation by allegation",
            asked_if=CONDUCIVE,
            reasons="What makes it serious as a whole, and what speaks against?",
        ),
        Question(
            "risk",
            "Is there a present risk of further harm that is likely to continue?",
            YES_NO,
            asked_if=DEPORTED,
            reasons="What shows the risk now and in future? Weigh the time since the last event and any rehabilitation",
        ),
        Question(
            "policy",
            "Does deportation accord with published policy?",
            YES_NO,
            asked_if=CONDUCIVE,
            reasons="Which policy, and how?",
        ),
        Question(
            "discretion",
            "Should the discretion be used to deport?",
            YES_NO,
            hint="A liability to deportation is no duty to deport",
            asked_if=CONDUCIVE,
            reasons="What was weighed for and against?",
        ),
    ),
    source="Bah, in its order: the facts, then their seriousness as a whole, then policy and discretion",
    lead="Asked of a deportation. Where deportation is automatic, only the risk is asked.",
    law=("bah_2012", "ia_1971_s3_5a"),
)
PROTECTION = Section(
    "protection",
    "Refugee Convention and protection",
    (
        Question(
            "protection",
            "Has the subject protection status, or asked for protection?",
            (
                ("no", "No"),
                ("claimed", "They have claimed protection"),
                ("status", "They have refugee status or humanitarian protection"),
            ),
            reasons="What was looked at?",
        ),
        Question(
            "section_72",
            "Does section 72 of the 2002 Act apply?",
            (
                ("no", "No"),
                ("rebutted", "It is presumed, and the presumption is rebutted"),
                ("applies", "It is presumed, and not rebutted"),
            ),
            asked_if=("protection", ("claimed", "status")),
            reasons="Which conviction and sentence, what was said in answer, and is there a danger to the community?",
        ),
    ),
    source="Refugee Convention, articles 1C, 1F and 33; 2002 Act, section 72",
    law=("niaa_2002_s72",),
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
        Question(
            "public_interest",
            "How do the considerations of section 117B weigh?",
            (("for", "For removal"), ("against", "Against removal")),
            hint="Immigration control, English, financial independence, a private life formed while the stay was unlawful or "
            "precarious, a qualifying child",
            asked_if=ENGAGED,
            reasons="Take each consideration in turn",
        ),
        Question(
            "foreign_criminal",
            "Is the subject a foreign criminal under section 117D?",
            (
                ("no", "No"),
                (
                    "under_four",
                    "Yes: sentenced to less than four years, or serious harm, or a persistent offender",
                ),
                ("four_or_more", "Yes: sentenced to four years or more"),
            ),
            asked_if=ENGAGED,
            reasons="By which conviction and sentence?",
        ),
        Question(
            "exception_117c",
            "Does Exception 1 or Exception 2 of section 117C apply?",
            (
                ("neither", "Neither"),
                ("private_life", "Exception 1: private life"),
                ("family_life", "Exception 2: family life"),
            ),
            asked_if=("foreign_criminal", FOREIGN_CRIMINAL),
            reasons="Exception 1: lawful residence for most of life, integration, very significant obstacles. Exception 2: a "
            "qualifying partner or child, and whether the effect is unduly harsh",
        ),
        Question(
            "compelling",
            "Are there very compelling circumstances over and above those exceptions?",
            YES_NO,
            asked_if=("foreign_criminal", FOREIGN_CRIMINAL),
            reasons="Which circumstances were looked at?",
        ),
        Question("proportionate", "Is it proportionate to that aim?", YES_NO, asked_if=ENGAGED),
    ),
    source="The five questions of Razgar [2004] UKHL 27, paragraph 17, in their order, after Articles 2 and 3",
    lead="Answer them in this order. The four on proportionality come when Article 8 is in question.",
    law=("niaa_2002_s117b", "niaa_2002_s117c", "niaa_2002_s117d"),
)
EEA = Section(
    "eea",
    "Withdrawal agreement and EEA protection",
    (
        Question(
            "eea_protected",
            "Is the subject protected by the withdrawal agreement?",
            YES_NO,
            hint="Status or a pending application under the EU Settlement Scheme, a frontier worker, a family member",
        ),
        Question(
            "conduct_date",
            "When was the conduct?",
            (
                ("before", "Before 11pm on 31 December 2020"),
                ("after", "After it"),
                ("both", "Some of it before, some after"),
            ),
            asked_if=("eea_protected", ("yes",)),
            reasons="Which event was when? Conduct after that hour is looked at under the 1971 Act",
        ),
        Question(
            "eea_level",
            "Which level of protection applies?",
            (
                ("threat", "A genuine, present and sufficiently serious threat must be shown"),
                ("serious", "Serious grounds: permanent residence"),
                ("imperative", "Imperative grounds: ten years’ residence, or under 18"),
            ),
            asked_if=("conduct_date", ("before", "both")),
            reasons="How is that level met?",
        ),
    ),
    source="Immigration (European Economic Area) Regulations 2016, regulation 27",
)
CERTIFICATION = Section(
    "certification",
    "Claims and certification",
    (
        Question(
            "appealable",
            "What does this decision do to a claim or a status?",
            (
                (Decides.REFUSES_CLAIM.value, "It refuses a protection or human rights claim"),
                (Decides.REVOKES.value, "It revokes refugee status or humanitarian protection"),
                (Decides.CITIZENS_RIGHTS.value, "It is a citizens’ rights decision"),
                (Decides.NO_CLAIM.value, "None of these: it refuses no claim"),
            ),
            hint="The right of appeal follows from this. There is none against removal or deportation as such",
            reasons="What was claimed, and why is it refused? If nothing was claimed: what was the subject asked?",
        ),
        Question(
            "certified",
            "Is it certified?",
            (
                (Certificate.NONE.value, "No"),
                (Certificate.UNFOUNDED.value, "Clearly unfounded: 2002 Act, section 94(1)"),
                (Certificate.SAFE_COUNTRY.value, "Removal to a safe third country: 2002 Act, section 94(7)"),
                (Certificate.BEFORE_APPEAL.value, "Removal before the appeal ends: 2002 Act, section 94B"),
                (Certificate.EARLIER_RIGHT.value, "Earlier right to appeal: 2002 Act, section 96"),
                (Certificate.EEA.value, "Removal before the appeal ends: 2016 Regulations, regulation 33"),
            ),
            asked_if=("appealable", (Decides.REFUSES_CLAIM.value, Decides.CITIZENS_RIGHTS.value)),
            reasons="Why is it certified, or why not?",
        ),
    ),
    source="Nationality, Immigration and Asylum Act 2002; 2016 Regulations",
    law=("niaa_2002_s82", "niaa_2002_s94", "niaa_2002_s94b", "niaa_2002_s96"),
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
            reasons="Who are they, how old, with whom do they live, and how was that found out?",
        ),
        Question(
            "best_interests",
            "Are the best interests of each child outweighed?",
            (("yes", "Yes"), ("no", "No"), ("in_line", "They do not speak against removal")),
            asked_if=("children", ("yes",)),
            reasons="Take each child in turn: their age, status and views, what is best for them, and what outweighs it",
        ),
        Question(
            "qualifying_child",
            "Is one of them a qualifying child under section 117D?",
            YES_NO,
            hint="British, or here for a continuous period of seven years or more",
            asked_if=("children", ("yes",)),
            reasons="Which child, and how is it known?",
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
                ("reasonable_grounds", "Reasonable grounds: positive, and no conclusive decision yet"),
                ("positive", "Conclusive grounds: positive"),
                ("negative", "Conclusive grounds: negative"),
                ("disqualified", "Disqualified from protection: 2022 Act, section 63"),
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
    SERIOUSNESS,
    PROTECTION,
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
    return is_asked(QUESTIONS[name], answers) and answers.get(name, {}).get("choice") in wanted
