"""What of a case can go into a bundle: each document once, in the order in which a tribunal reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from casework.decisions.models import Hearing
from casework.material.models import RecordChecked
from casework.material.queries import approved_for
from casework.models import Case, CaseDocument
from nexus.documents.models import Scan
from referrals.rules.terms import CONVICTIONS

# Documents that the service makes from the record itself.
SERVICE, GROUNDS, CONVICTION_RECORD, CHRONOLOGY, AUTHORITIES = (
    "service",
    "grounds",
    "convictions",
    "chronology",
    "authorities",
)
FINDINGS = "findings"


@dataclass(frozen=True)
class Candidate:
    """One document as it would stand in the bundle. What is not `included` waits for somebody to choose it."""

    source: str
    section: str
    title: str
    dated_on: date | None = None
    author: str = ""
    included: bool = True


def candidates(hearing: Hearing) -> list[Candidate]:
    """Everything of the hearing's case that may go to the tribunal: seven queries."""
    case = hearing.challenge.decision.case
    return [
        *of_decision(hearing),
        Candidate(GROUNDS, "grounds", "The challenge and its grounds", hearing.challenge.lodged_on),
        *of_conduct(case),
        *of_material(case),
        *of_documents(case),
        Candidate(CHRONOLOGY, "chronology", "Chronology"),
        Candidate(AUTHORITIES, "authorities", "Statutory provisions and authorities"),
    ]


def of_decision(hearing: Hearing) -> Iterator[Candidate]:
    """The letters of the decision that is challenged, those that were served first; and the proof of service."""
    decision = hearing.challenge.decision
    served = set(decision.served_letters.values_list("pk", flat=True))
    letters = sorted(decision.letters.defer("pdf", "docx"), key=lambda each: (each.pk not in served, each.pk))
    for letter in letters:
        yield Candidate(
            f"letter:{letter.pk}",
            "decision",
            letter.get_template_display(),
            timezone.localdate(letter.made_at),
            "Home Office",
            included=letter.pk in served or not served,
        )
    if decision.served_on:
        yield Candidate(SERVICE, "decision", "Record of service", decision.served_on, "Home Office")


def of_conduct(case: Case) -> Iterator[Candidate]:
    """The schedule of convictions, where there is one; and what was found of conduct without a conviction."""
    if case.referral.conduct.filter(kind__in=CONVICTIONS).exists():
        yield Candidate(CONVICTION_RECORD, "convictions", "Schedule of convictions", None, "Home Office")
    if case.decisions.filter(findings__proved=True).exists():
        yield Candidate(
            FINDINGS, "convictions", "Conduct found proved without a conviction", None, "Home Office"
        )


def of_material(case: Case) -> Iterator[Candidate]:
    """Each approved statement, followed by its exhibits."""
    for material in approved_for(case).order_by("pk"):
        version = material.approval.version  # type: ignore[union-attr]  # a constraint says so
        day = timezone.localdate(version.supplied_at)
        yield Candidate(
            f"statement:{material.pk}",
            "statements",
            f"Statement of {version.author}: {material.title}"[:200],
            day,
            version.author,
        )
        checked = RecordChecked.objects.filter(
            of_check=material.approval.of_check_id,  # type: ignore[union-attr]
            disclosable=True,
        )
        for place, answer in enumerate(checked.select_related("record"), start=1):
            yield Candidate(
                f"record:{answer.record_id}",
                "statements",
                f"Exhibit {initials(version.author)}/{place}: {answer.record.description}"[:200],
                None,
                case.referral.force.name,
            )


def of_documents(case: Case) -> Iterator[Candidate]:
    """The case's own documents that may be disclosed; somebody chooses which of them are relied on."""
    found = CaseDocument.objects.filter(case=case, disclosable=True, file__scan=Scan.CLEAN)
    for paper in found.select_related("file").order_by("pk"):
        day = timezone.localdate(paper.file.uploaded_at)
        yield Candidate(f"document:{paper.pk}", "human_rights", paper.description, day, "", included=False)


def initials(author: str) -> str:
    """RA of PC Rowan Ashdown: those of the name, not of the rank."""
    words = [word for word in author.split() if not (word.isupper() and len(word) > 1) and word[:1].isalpha()]
    return "".join(word[0].upper() for word in words[-2:]) or "EX"
