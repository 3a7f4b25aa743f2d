"""What is typed is kept for its writer alone, comes back, and goes when its page is saved."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.drafts import actions
from nexus.drafts.models import Draft
from nexus.refusals import Refused
from nexus.ui import stale
from tests.access.routes.ground import CHOICES
from tests.builders import a_user

pytestmark = pytest.mark.django_db
PAGE = "/account/password/"
ANSWERS = {"note": ["What was seen on four evenings."]}


@pytest.fixture
def officer() -> User:
    return a_user(Role.POLICE_OFFICER)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_draft_is_kept_once_a_page_and_begun_once_in_the_audit(officer: User) -> None:
    now = timezone.now()
    for text in ("One", "Two"):
        actions.save_draft(by=officer, now=now, page=PAGE, answers={"note": [text]})
    assert [draft.answers for draft in Draft.objects.all()] == [{"note": ["Two"]}]
    entry = AuditEvent.objects.get(kind="draft.begun")
    assert entry.detail == {"page": PAGE} and "Two" not in str(entry.__dict__)


def test_a_script_hears_when_it_was_saved_and_pass_phrases_are_not_kept(officer: User) -> None:
    sent = {"draft_of": PAGE, "note": "Seen.", "password": "a secret", "new_password": "another"}
    answer = client_of(officer).post(reverse("drafts:save"), sent, headers={"Accept": "application/json"})
    assert answer.status_code == 200 and answer.json()["saved_at"]
    assert Draft.objects.get().answers == {"note": ["Seen."]}


def test_without_a_script_the_button_leads_back_to_the_page(officer: User) -> None:
    answer = client_of(officer).post(reverse("drafts:save"), {"draft_of": PAGE, "note": "Seen."})
    assert answer.status_code == 302 and answer.headers["Location"] == PAGE


@pytest.mark.parametrize(
    "page", ["https://elsewhere.example/", "//elsewhere.example/", "/nowhere/", "", "/account/" + "x" * 400]
)
def test_what_is_no_page_of_ours_is_refused(officer: User, page: str) -> None:
    answer = client_of(officer).post(reverse("drafts:save"), {"draft_of": page, "note": "Seen."})
    assert answer.status_code == 409 and not Draft.objects.exists()
    assert client_of(officer).post(reverse("drafts:discard"), {"draft_of": page}).headers["Location"] == "/"


def test_too_much_is_refused_in_a_sentence(officer: User) -> None:
    with pytest.raises(Refused, match="200,000 characters"):
        actions.save_draft(by=officer, now=timezone.now(), page=PAGE, answers={"note": ["x" * 200_001]})


def test_a_hidden_zero_is_no_fault(officer: User) -> None:
    client_of(officer).post(reverse("drafts:save"), {"draft_of": PAGE, "note": "Seen\x00."})
    assert Draft.objects.get().answers == {"note": ["Seen."]}


def test_the_oldest_goes_beyond_a_hundred(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_DRAFTS", 1)
    now = timezone.now()
    actions.save_draft(by=officer, now=now - timedelta(hours=1), page="/account/", answers=ANSWERS)
    actions.save_draft(by=officer, now=now, page=PAGE, answers=ANSWERS)
    assert Draft.objects.get().page == PAGE


def test_after_four_weeks_it_goes(officer: User) -> None:
    now = timezone.now()
    actions.save_draft(by=officer, now=now - timedelta(days=29), page="/account/", answers=ANSWERS)
    actions.save_draft(by=officer, now=now - timedelta(days=27), page=PAGE, answers=ANSWERS)
    assert actions.discard_old_drafts(now=now) == 1
    assert Draft.objects.get().page == PAGE


PREFERENCES = "notifications:preferences"


def test_a_page_begins_with_its_draft_for_its_writer_only(officer: User) -> None:
    page, other = reverse(PREFERENCES), a_user(Role.POLICE_OFFICER)
    client = client_of(officer)
    shown = client.get(page).content.decode()
    assert "Draft saved" not in shown
    boxes = shown.count(" checked")
    actions.save_draft(by=officer, now=timezone.now(), page=page, answers={stale.SHOWED: ["{}"]})
    again = client.get(page).content.decode()
    assert "Draft saved" in again and "Discard the draft" in again and again.count(" checked") < boxes
    assert "Draft saved" not in client_of(other).get(page).content.decode()


def test_discarding_gives_the_page_back_as_it_was_saved(officer: User) -> None:
    page = reverse(PREFERENCES)
    actions.save_draft(by=officer, now=timezone.now(), page=page, answers={})
    client = client_of(officer)
    assert client.post(reverse("drafts:discard"), {"draft_of": page}).headers["Location"] == page
    assert not Draft.objects.exists() and AuditEvent.objects.filter(kind="draft.discarded").exists()
    assert "Draft saved" not in client.get(page).content.decode()


def test_saving_the_page_lets_its_draft_go(officer: User) -> None:
    page = reverse(PREFERENCES)
    actions.save_draft(by=officer, now=timezone.now(), page=page, answers=ANSWERS)
    actions.save_draft(by=officer, now=timezone.now(), page="/account/", answers=ANSWERS)
    answer: Any = client_of(officer).post(page, CHOICES)
    assert answer.status_code == 302
    assert [draft.page for draft in Draft.objects.all()] == ["/account/"]
