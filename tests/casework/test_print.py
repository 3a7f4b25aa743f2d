"""The whole case as one PDF."""

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from casework import actions
from casework.decisions import actions as decisions
from casework.models import Case
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from tests.builders import NOON, a_challenge, a_user, an_assigned_case
from tests.casework.desk import signed_in
from tests.casework.material.builders import requested, sent

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def note(case: Case, text: str = "Read this.", **values: Any) -> Any:
    return actions.add_note(case_id=case.pk, by=case.case_owner, now=LATER, text=text, **values)


def test_the_whole_case_is_one_marked_pdf_with_contents() -> None:
    case = an_assigned_case()
    note(case, "An internal note.")
    path = reverse("casework:printed", args=[case.referral.reference])
    answer = signed_in(case.case_owner).get(path)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert all("OFFICIAL-SENSITIVE" in page for page in pages)
    assert "Contents" in pages[0]
    for part in ("Summary", "Referral", "Timeline", "Progress", "Notes", "Tasks", "Documents"):
        number = re.findall(rf"^{part}[ .]*(\d+)$", pages[0], re.MULTILINE)[-1]
        assert re.search(rf"^{part}$", pages[int(number) - 1], re.MULTILINE), "the page the contents name"
        assert f"{number} of {len(pages)}" in " ".join(pages[int(number) - 1].split())
    assert "An internal note." in " ".join("".join(pages).split())
    assert AuditEvent.objects.filter(kind="case.printed", by_id=case.case_owner_id).exists()
    assert signed_in(a_user(Role.REFERRALS_OFFICER)).get(path).status_code == 403


def test_print_the_whole_case_is_whole() -> None:
    """Decisions, findings, material, operations, hearings and calls are in it."""
    case = an_assigned_case()
    supplied = requested(case=case, title="Assaults in the town centre")
    sent(supplied, "Four incidents are recorded.")
    challenge = a_challenge(case)
    decisions.add_hearing(
        challenge_id=challenge.pk,
        by=case.case_owner,
        now=LATER,
        on=date(2026, 12, 3),
        place="Priory Courts",
        witnesses="",
        shared_text="The appeal is listed.",
    )
    path = reverse("casework:printed", args=[case.referral.reference])
    answer = signed_in(case.case_owner).get(path)
    reader = PdfReader(io.BytesIO(answer.content))
    words = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for each in ("Decision 1", "Allegation 1", "Challenges and hearings", "Priory Courts", "Nexus material"):
        assert each in words, each
    for each in ("Four incidents are recorded.", "Operations", "Calls"):
        assert each in words, each
