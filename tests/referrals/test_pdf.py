"""The referral as a PDF the force may keep."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from nexus.accounts.roles import Role
from tests.builders import a_complete_draft, a_draft, a_force, a_submitted, a_user, with_a_question
from tests.referrals.station import audited, path, signed_in

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    """All of its words, one space between them: a line may end anywhere, in a name too."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_the_whole_referral_is_in_it_and_the_download_is_recorded() -> None:
    client, officer = signed_in()
    referral = with_a_question(by=officer, surname="Žižka", harm_narrative="First line.\n#second *line*")
    response = client.get(path("pdf", referral))
    text = text_of(response.content)
    for words in (
        referral.reference, "Žižka", "17 May 1988", "#second *line*", "Information requested",
        "Which of the incidents were witnessed?", "OFFICIAL-SENSITIVE", officer.full_name,
    ):  # fmt: skip
        assert words in text
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{referral.reference}.pdf"'
    assert officer.force is not None
    assert audited("referral.downloaded", subject_id=str(referral.pk), recipient=officer.force.name) == 1


def test_every_page_is_marked() -> None:
    client, officer = signed_in()
    referral = a_complete_draft(by=officer, harm_narrative="A long story. " * 250)
    pages = PdfReader(BytesIO(client.get(path("pdf", referral)).content)).pages
    assert len(pages) > 3
    assert all("OFFICIAL-SENSITIVE" in page.extract_text() for page in pages)


def test_an_empty_draft_has_a_pdf_too() -> None:
    client, officer = signed_in()
    assert "Not provided" in text_of(client.get(path("pdf", a_draft(by=officer))).content)


def test_who_sees_the_referral_may_take_it_and_nobody_else() -> None:
    referral = a_submitted()
    foreign, _ = signed_in(a_user(Role.POLICE_OFFICER, force=a_force("06")))
    assert foreign.get(path("pdf", referral)).status_code == 404
    auditor, _ = signed_in(a_user(Role.AUDITOR))
    assert auditor.get(path("pdf", referral)).status_code == 404
    croydon, _ = signed_in(a_user(Role.REFERRALS_OFFICER))
    assert croydon.get(path("pdf", referral)).status_code == 200
    assert audited("referral.downloaded", recipient="") == 1
