"""The force follows its referral and answers a question."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.models import Case
from nexus.accounts.roles import Role
from referrals import actions
from referrals.models import Attachment, Question, Referral
from referrals.states import State
from tests.builders import (
    NOON,
    a_force,
    a_submitted,
    a_user,
    an_acceptance,
    in_triage,
    with_a_question,
)
from tests.nexus.documents.test_kinds import EXE, PDF
from tests.referrals.station import again, audited, path, signed_in, words

pytestmark = pytest.mark.django_db
ANSWER = {"answer": "Two of the four, by shop staff."}
BALANCE = "Internal balance text, not for the force"


def question_of(referral: Referral) -> Question:
    """The question that was asked first."""
    return Question.objects.filter(request__referral=referral).earliest("number")


def answer_path(referral: Referral) -> str:
    return path("answer", referral, question_of(referral).pk)


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.NEXUS_DATA_DIR = tmp_path


def test_the_question_is_shown_with_its_date_and_answered() -> None:
    client, officer = signed_in()
    referral = with_a_question(by=officer)
    page = words(client.get(path("detail", referral)))
    assert page.count(">Answer</a>") == 1
    assert "Which of the incidents were witnessed?" in page and "Monday 23 November 2026" in page
    page = words(client.post(answer_path(referral), ANSWER, follow=True))
    assert "Your answer has been sent" in page and ANSWER["answer"] in page
    assert again(referral).state == State.IN_TRIAGE
    asked = question_of(referral)
    assert (asked.answer, asked.answered_by) == (ANSWER["answer"], officer)
    assert audited("referral.answered", subject_id=str(referral.pk), by_id=officer.pk) == 1


def test_a_document_goes_with_the_answer() -> None:
    client, officer = signed_in()
    referral = with_a_question(by=officer)
    sent = {**ANSWER, "file": SimpleUploadedFile("list.pdf", PDF), "description": "Witness list",
            "marking": "official_sensitive", "disclosable": "no"}  # fmt: skip
    assert "Witness list" in words(client.post(answer_path(referral), sent, follow=True))
    attachment = Attachment.objects.get(referral=referral)
    assert (attachment.description, attachment.disclosable, attachment.file.name) == (
        "Witness list",
        False,
        "list.pdf",
    )
    assert audited("referral.attachment_added", subject_id=str(referral.pk)) == 1


@pytest.mark.parametrize(
    ("sent", "sentences"),
    [
        ({"answer": ""}, ["Enter your answer"]),
        ({"answer": "x" * 4001}, ["4000 characters or fewer"]),
        (
            {**ANSWER, "file": ("list.pdf", PDF)},
            [
                "Enter what the document is",
                "Select how the document is marked",
                "Select yes if the document may be",
                "Choose the document again: a browser does not keep it",
            ],
        ),
        ({**ANSWER, "marking": "official_sensitive"}, ["Choose the document again"]),
        ({**ANSWER, "disclosable": "no"}, ["Choose the document again", "send my answer without one"]),
        ({**ANSWER, "file": ("list.pdf", EXE)}, ["not a PDF file"]),
    ],
)
def test_an_answer_that_cannot_be(sent: dict[str, Any], sentences: list[str]) -> None:
    client, officer = signed_in()
    referral = with_a_question(by=officer)
    if "file" in sent:
        sent = {**sent, "file": SimpleUploadedFile(*sent["file"])}
    page = words(client.post(answer_path(referral), sent))
    assert all(sentence in page for sentence in sentences)
    assert sent["answer"] in page
    assert "What is the document? (optional)" not in page or "Enter what the document is" not in page
    assert again(referral).state == State.INFORMATION_REQUESTED
    assert not Attachment.objects.exists()


def test_what_was_said_of_a_document_is_dropped_when_the_officer_says_there_is_none() -> None:
    client, officer = signed_in()
    referral = with_a_question(by=officer)
    page = words(client.get(answer_path(referral)))
    assert "send my answer without one" not in page
    sent = {**ANSWER, "marking": "official", "without": "on"}
    assert "Your answer has been sent" in words(client.post(answer_path(referral), sent, follow=True))
    assert not Attachment.objects.exists()


def test_without_a_question_there_is_nothing_to_answer() -> None:
    client, officer = signed_in()
    referral = a_submitted(by=officer)
    address = path("answer", referral, 1)
    for response in (client.get(address), client.post(address, ANSWER)):
        assert response.status_code == 404


def test_answering_twice_is_once() -> None:
    client, officer = signed_in()
    referral = with_a_question(by=officer)
    client.post(answer_path(referral), ANSWER)
    assert client.post(answer_path(referral), {"answer": "Again"}).status_code == 409
    assert question_of(referral).answer == ANSWER["answer"]


def test_who_may_not_answer() -> None:
    referral = with_a_question()
    foreign, _ = signed_in(a_user(Role.POLICE_OFFICER, force=a_force("06")))
    assert foreign.post(answer_path(referral), ANSWER).status_code == 404
    croydon, _ = signed_in(referral.claimed_by)
    assert croydon.post(answer_path(referral), ANSWER).status_code == 403


# What the force reads


def test_each_stage_is_told_in_words_and_never_who_holds_it() -> None:
    client, officer = signed_in()
    referral = in_triage(by=officer)
    page = words(client.get(path("detail", referral)))
    assert "A referrals officer is assessing it." in page
    assert "16 November 2026 at 12:10pm" in page
    assert referral.claimed_by is not None and referral.claimed_by.full_name not in page
    assert audited("referral.viewed", subject_id=str(referral.pk), by_id=officer.pk) == 1


def test_a_refusal_is_told_with_its_reasons_but_not_its_balance() -> None:
    client, officer = signed_in()
    referral = in_triage(by=officer)
    actions.not_accept(
        referral_id=referral.pk, by=referral.claimed_by, now=NOON + timedelta(hours=1),
        reasons="No material shows a threat now.", balance=BALANCE,
    )  # fmt: skip
    page = words(client.get(path("detail", referral)))
    assert "Not accepted" in page and "No material shows a threat now." in page
    assert "discuss the case with the Referrals Office" in page
    assert BALANCE not in page
    pdf = client.get(path("pdf", referral))
    assert pdf.status_code == 200


def test_a_redirection_says_where_to() -> None:
    client, officer = signed_in()
    referral = in_triage(by=officer)
    actions.redirect(
        referral_id=referral.pk, by=referral.claimed_by, now=NOON + timedelta(hours=1),
        destination="national_removal_command", reasons="An illegal entrant suitable for detention.", balance=BALANCE,
    )  # fmt: skip
    page = words(client.get(path("detail", referral)))
    assert "Redirected: National Removal Command" in page and BALANCE not in page


def test_an_acceptance_is_told_with_the_progress_that_is_shared() -> None:
    client, officer = signed_in()
    decision = an_acceptance(by=officer)
    case = Case.objects.get(referral=decision.referral)
    for text, asked, shared in (
        ("Removal directions are being sought.", "Please serve the papers by 30 November.", True),
        ("Internal: counsel is doubtful.", "", False),
    ):
        case.progress.create(
            kind="other", happened_on=NOON.date(), text=text, asked_of_force=asked, shared_with_force=shared,
            recorded_by=a_user(Role.CASE_OWNER), recorded_at=NOON + timedelta(hours=2),
        )  # fmt: skip
    page = words(client.get(path("detail", decision.referral)))
    assert "Accepted and flagged as Nexus High Harm." in page and decision.reasons in page
    assert "Removal directions are being sought." in page and "Please serve the papers" in page
    assert "Current requests to your force" in page
    assert "counsel is doubtful" not in page and decision.balance not in page
    assert decision.decided_by.full_name not in page


def test_the_home_office_does_not_get_the_forces_page() -> None:
    referral = in_triage()
    client, _ = signed_in(referral.claimed_by)
    assert "Withdraw this referral" not in words(client.get(path("detail", referral)))
    foreign, _ = signed_in(a_user(Role.FORCE_LEAD, force=a_force("06")))
    assert foreign.get(path("detail", referral)).status_code == 404
