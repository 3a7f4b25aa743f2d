"""The pages of Nexus material: lists, comparing, the bundle, the force's side, what waits and what is told."""

import io
from datetime import timedelta
from typing import Any

import pgtrigger
import pytest
import time_machine
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from casework.material import actions
from casework.material.actions.checking import Judgement
from casework.material.models import Ask, Material, Version
from casework.models import Case
from casework.timeline import timeline
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.documents.models import Scan, StoredFile
from nexus.notifications.models import Notification
from nexus.waiting import waiting_for
from tests.builders import NOON, a_force, a_user, an_assigned_case
from tests.casework.desk import signed_in
from tests.material.builders import (
    IN_STATE,
    NOW,
    advised,
    answers_of,
    approved,
    checked,
    commissioned,
    fresh,
    officer_of,
    owner_of,
    read,
    received,
    rejected,
    requested,
    sent,
    summarised,
    with_appeals,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_same_day() -> Any:
    with time_machine.travel(NOW + timedelta(minutes=5), tick=True):
        yield


def page(user: User, name: str, *args: object, **query: str) -> str:
    answer = signed_in(user).get(reverse(f"material:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["list", "asked", "of_case"])
def test_a_list_asks_the_same_of_the_database_however_long_it_is(name: str) -> None:
    case = an_assigned_case()
    for _ in range(2):
        requested(case=case)
    user = case.referral.created_by if name == "asked" else case.case_owner
    path = reverse(f"material:{name}", args=[case.referral.reference] if name == "of_case" else [])
    client = signed_in(user)
    queries(client, path)
    two = queries(client, path)
    for _ in range(10):
        requested(case=case)
    assert queries(client, path) == two


def test_the_list_is_filtered_by_state_by_owner_and_for_appeals() -> None:
    mine, other = requested(title="Mine"), with_appeals(title="Other")
    owner = owner_of(mine)
    assert {"Mine", "Other"} == {title for title in ("Mine", "Other") if title in page(owner, "list")}
    assert "Other" not in page(owner, "list", mine="on")
    assert "Mine" not in page(owner, "list", state="with_appeals")
    assert "Mine" not in page(owner_of(other), "list", for_appeals="on")


@pytest.mark.parametrize("state", ["not_needed", "rejected", "relied_on", "superseded"])
def test_the_case_page_says_what_comes_next(state: str) -> None:
    """The other states are in the demonstration, and tests/test_every_page.py meets them there."""
    material = IN_STATE[state]()
    text = page(owner_of(material), "detail", material.pk)
    assert "must act." in text and "What happened" in text
    assert material.title in page(owner_of(material), "of_case", material.case.referral.reference)


def test_the_summary_comes_first_on_the_page_too() -> None:
    material = summarised()
    answer = signed_in(owner_of(material)).get(reverse("material:commission", args=[material.pk]))
    assert answer.status_code == 409 and "Review a summary first" in answer.content.decode()
    senior = signed_in(a_user(Role.SENIOR_CASEWORKER))
    assert (
        "override_reason" in senior.get(reverse("material:commission", args=[material.pk])).content.decode()
    )


def test_two_versions_are_compared_escaped() -> None:
    material = rejected()
    old = material.versions.get(kind="statement")
    new = sent(material, "I am a police constable.\n\nOn 4 March <b>2026</b> I saw the assault.")
    text = page(owner_of(material), "compare", material.pk, old.pk, new.pk)
    assert "&lt;b&gt;2026&lt;/b&gt;" in text and "<b>2026" not in text
    assert "<del>" in text and "<ins>" in text and "2 paragraphs differ" in text
    summary = material.versions.get(kind="summary")
    path = reverse("material:compare", args=[material.pk, summary.pk, new.pk])
    assert signed_in(owner_of(material)).get(path).status_code == 404


def test_the_version_page_verifies_the_hash() -> None:
    material = approved()
    version = material.approval.version
    text = page(owner_of(material), "version", material.pk, version.pk)
    assert version.sha256 in text and "The text and its records are as they were sent" in text
    with pgtrigger.ignore("material.Version:written_once"):
        Version.objects.filter(pk=version.pk).update(author="Somebody else")
    assert "do not rely on it" in page(owner_of(material), "version", material.pk, version.pk)
    answer = signed_in(owner_of(material)).get(
        reverse("material:bundle", args=[material.case.referral.reference])
    )
    assert answer.status_code == 409


def a_check_form(version: Version) -> dict[str, str]:
    given = answers_of(version)
    return {
        **{f"point_{code}": "yes" for code in given["points"]},
        **{f"disclosable_{number}": "yes" for number in given["paragraphs"]},
        **{f"record_{pk}": "yes" for pk in given["records"]},
    }


def test_a_check_that_is_not_complete_comes_back_with_what_was_typed() -> None:
    material = received()
    version = material.versions.get(kind="statement")
    path, client = reverse("material:check_statement", args=[material.pk]), signed_in(owner_of(material))
    text = client.get(path).content.decode()
    assert "checked>" not in text and "My colleague saw it too." in text
    form = {**a_check_form(version), "disclosable_2": "redacted", "to_redact_2": "the sun"}
    refused = client.post(path, form)
    assert refused.status_code == 409 and "“the sun” does not stand" in refused.content.decode()
    assert "the sun</textarea>" in refused.content.decode()
    del form["disclosable_3"]
    assert "Select whether paragraph 3 may be disclosed" in client.post(path, form).content.decode()
    assert client.post(path, {**form, "disclosable_3": "no", "to_redact_2": "the assault"}).status_code == 302
    assert fresh(material).state == "checked"


# The bundle.


def a_pdf(words: str) -> bytes:
    return typst.compile(
        f"#set document(title: [P])\n= {words}\n#pagebreak()\nSecond page".encode(), format="pdf"
    )


def attach(material: Material, name: str, content: bytes) -> None:
    upload = SimpleUploadedFile(name, content)
    one = {"material_id": material.pk, "by": officer_of(material), "now": NOW}
    actions.attach_record(**one, upload=upload, description=f"Record {name}")


def test_the_bundle_holds_what_is_approved_and_may_be_disclosed() -> None:
    material = commissioned()
    attach(material, "report.pdf", a_pdf("Crime report"))
    attach(material, "log.txt", b"The custody log.")
    attach(material, "secret.txt", b"Not for anybody.")
    attach(material, "sheet.csv", b"a,b\n1,2\n")
    version = sent(material, "I am a constable.\n\nNot for the public.\n\nI saw Anna Bell there.")
    given = answers_of(version, said={2: Judgement("no"), 3: Judgement("redacted", "Anna Bell")})
    hidden = version.ask.records.get(description="Record secret.txt")
    given["records"][hidden.pk] = False
    actions.check_statement(material_id=material.pk, by=owner_of(material), now=NOW, **given)
    senior = a_user(Role.SENIOR_CASEWORKER)
    read(material, senior)
    actions.approve(material_id=material.pk, by=senior, now=NOW, reasons="Fit.")
    answer = signed_in(senior).get(reverse("material:bundle", args=[material.case.referral.reference]))
    pages = [each.extract_text() for each in PdfReader(io.BytesIO(answer.content)).pages]
    whole = "\n".join(pages)
    assert all("OFFICIAL-SENSITIVE" in each and f"of {len(pages)}" in each for each in pages)
    assert "Index" in pages[0] and "Record log.txt" in pages[0]
    assert "1. I am a constable." in whole.replace("1.\n", "1. ") and "3." in whole
    assert "Not for the public" not in whole and "Anna Bell" not in whole and "[redacted]" in whole
    assert "Crime report" in whole and "Second page" in whole and "The custody log." in whole
    assert "Not for anybody." not in whole and version.sha256 in whole.replace("\n", "")
    assert AuditEvent.objects.get(kind="material.bundled").detail == {"material": [material.pk]}


def test_without_approved_material_there_is_no_bundle() -> None:
    material = checked()
    path = reverse("material:bundle", args=[material.case.referral.reference])
    answer = signed_in(owner_of(material)).get(path)
    assert answer.status_code == 409 and "nothing to bundle" in answer.content.decode()


# The force's side.


def test_the_force_reads_what_is_asked_and_nothing_of_what_is_said_inside() -> None:
    material = advised()
    text = page(officer_of(material), "asked_detail", material.pk)
    assert "Enough" not in text and "I saw the assault." in text
    for inside in (
        "Two incidents bear",
        "agreed format and pertinent",
        "second witness may",
        "Call the first",
    ):
        assert inside not in text
    foreign = a_user(Role.FORCE_LEAD, force=a_force("06"))
    for name in ("asked_detail", "supply", "detail"):
        assert signed_in(foreign).get(reverse(f"material:{name}", args=[material.pk])).status_code == 404
    assert (
        signed_in(officer_of(material)).get(reverse("material:detail", args=[material.pk])).status_code == 403
    )


def test_casework_does_not_read_what_is_not_sent() -> None:
    material = requested()
    attach(material, "log.txt", b"The custody log.")
    StoredFile.objects.update(scan=Scan.CLEAN, scanned_at=NOW)
    record = material.asks.get().records.get()
    path = reverse("material:record", args=[material.pk, record.pk])
    assert signed_in(owner_of(material)).get(path).status_code == 404
    assert signed_in(officer_of(material)).get(path).status_code == 200
    told = AuditEvent.objects.filter(kind="material.record_downloaded").get()
    assert told.recipient == material.case.referral.force.name
    lead = a_user(Role.FORCE_LEAD)
    removed = signed_in(lead).post(reverse("material:remove_record", args=[material.pk, record.pk]))
    assert removed.status_code == 302 and not material.asks.get().records.exists()


def test_the_format_is_told_in_the_guidances_words() -> None:
    material = requested()
    text = page(officer_of(material), "asked_detail", material.pk)
    assert (
        "must be specific to the case and only information pertinent to the case should be included" in text
    )
    assert "Grade the source of each piece of intelligence" in text
    assert "30 November 2026" in text and "Write the text before you send it." in text


# What waits, and who is told.


def lines(user: User) -> dict[str, int]:
    return {line.words: line.count for line in waiting_for(user, timezone.now()) if "aterial" in line.path}


def test_it_waits_for_who_must_act() -> None:
    asked = requested()
    assert lines(officer_of(asked)) == {"Nexus material asked of your force": 1}
    assert lines(a_user(Role.FORCE_LEAD, force=a_force("06"))) == {}
    material = received()
    assert lines(owner_of(material)) == {"Statements to check": 1}
    assert lines(owner_of(asked)) == {}
    senior, checker = a_user(Role.SENIOR_CASEWORKER), a_user(Role.SENIOR_CASEWORKER)
    checked(by=checker)
    assert lines(senior) == {"Nexus material to approve": 1} and lines(checker) == {}
    with_appeals()
    assert lines(a_user(Role.SPECIALIST_APPEALS)) == {"Nexus material to review and advise on": 1}
    overdue = [
        line.overdue for line in waiting_for(officer_of(asked), NOW + timedelta(days=30)) if line.overdue
    ]
    assert overdue == [1]


def told(kind: str) -> set[User]:
    return {row.person for row in Notification.objects.filter(kind=kind)}


def test_both_sides_are_told_and_nobody_else() -> None:
    lead, senior = a_user(Role.FORCE_LEAD), a_user(Role.SENIOR_CASEWORKER)
    a_user(Role.FORCE_LEAD, force=a_force("06"))
    appeals = a_user(Role.SPECIALIST_APPEALS)
    material = with_appeals(by=senior)
    force, owner = {officer_of(material), lead}, owner_of(material)
    assert told("material_asked") == force and told("material_supplied") == {owner}
    assert senior in told("material_to_approve") and owner not in told("material_to_approve")
    assert told("material_approved") == {owner} and told("material_for_appeals") == {appeals}
    actions.write_message(material_id=material.pk, by=lead, now=NOW, text="Which?")
    assert told("material_message") == {owner}
    words = Notification.objects.filter(kind="material_asked").first()
    assert words and words.words == f"Material for {material.case.referral.reference} is asked of your force"


def test_the_force_is_reminded_once_before_the_day() -> None:
    material = requested()
    assert actions.remind(now=NOW) == 0
    soon = NOW + timedelta(days=11)  # Friday; it is due on Monday
    assert [actions.remind(now=soon), actions.remind(now=soon + timedelta(days=1))] == [1, 0]
    assert told("material_due_soon") == {officer_of(material)}
    assert AuditEvent.objects.get(kind="material.reminded").by_id is None


def test_what_has_been_sent_is_not_asked_after() -> None:
    summarised()
    assert actions.remind(now=NOW + timedelta(days=30)) == 0
    assert not Ask.objects.filter(closed_at=None).exists()


def test_the_cases_timeline_tells_it() -> None:
    material = approved()
    titles = [entry.title for entry in timeline(Case.objects.get(pk=material.case_id)).entries]
    assert "Statement approved" in titles and "Summary of material requested" in titles
    assert NOON < NOW
