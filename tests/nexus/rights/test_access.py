"""A person asks what is held on them: a register with a day, every text decided by somebody, one export, one entry."""

import csv
import io
import json
import re
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casework import actions as casework
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.documents.models import StoredFile
from nexus.refusals import Refused
from nexus.rights import actions, items
from nexus.rights.models import AccessRequest
from nexus.rights.rules import answer_by
from tests.builders import NOON, a_user, an_assigned_case

pytestmark = pytest.mark.django_db
NOW = NOON + timedelta(days=3)
OTHER = "Zqvictimqz Ravensby"


def a_request(by: User | None = None, **given: Any) -> AccessRequest:
    told: dict[str, Any] = {
        "name": "Teodor Zelmanov",
        "born_on": date(1988, 5, 17),
        "contact": "1 The Street",
        "identity": "A copy of the passport was seen.",
        "received_on": NOON.date(),
        **given,
    }
    return actions.receive(by=by or a_user(Role.MANAGER), now=NOW, **told)


def a_case_with_others() -> Case:
    """A note and a document name somebody else, who is recorded as a victim."""
    case = an_assigned_case(surname="Zelmanov")
    one: dict[str, Any] = {"case_id": case.pk, "by": case.case_owner, "now": NOW}
    casework.add_person(
        **one, name=OTHER, relation="victim", known="A neighbour.", source="The force", disclosable=False
    )
    casework.add_note(**one, text=f"{OTHER.upper()} said that he came back in May.")
    paper = SimpleUploadedFile("letter.txt", b"A letter.\n")
    casework.add_document(**one, upload=paper, description="A letter", marking="official", disclosable=True)
    return case


def with_record(request: AccessRequest, case: Case) -> None:
    actions.add_record(request_id=request.pk, by=request.received_by, now=NOW, reference=str(case.referral))


def decide_all(request: AccessRequest, *, withheld: str = "") -> None:
    """Everything is disclosed but the items of the table named."""
    outcomes = {
        item.key: "work" if withheld and item.key.startswith(withheld) else "disclosed"
        for item in items.undecided(request)
    }
    actions.decide(request_id=request.pk, by=request.received_by, now=NOW, outcomes=outcomes)


def export_of(request: AccessRequest) -> zipfile.ZipFile:
    made = actions.export(request_id=request.pk, by=request.received_by, now=NOW)
    return zipfile.ZipFile(io.BytesIO(made.content))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 11, 30), date(2026, 12, 30)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 29), date(2028, 2, 29)),
        (date(2026, 12, 3), date(2027, 1, 3)),
    ],
)
def test_a_month_ends_on_the_same_day_of_the_next_or_on_its_last(received: date, due: date) -> None:
    assert answer_by(received) == due


def test_one_export_holds_all_of_the_person_and_nobody_elses_name() -> None:
    case = a_case_with_others()
    request = a_request()
    with_record(request, case)
    decide_all(request)
    actions.answer(request_id=request.pk, by=request.received_by, now=NOW)
    archive = export_of(request)
    text = archive.read("what-is-held.csv").decode()
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert "Zelmanov" in [row[3] for row in rows]
    assert "[name removed] said that he came back in May." in text
    everything = text + archive.read("what-is-held.json").decode()
    assert "zqvictimqz" not in everything.casefold() and case.referral.signatory not in everything
    assert len(json.loads(archive.read("what-is-held.json"))) == len(rows) - 1
    (letter,) = [name for name in archive.namelist() if name.startswith("files/")]
    assert archive.read(letter) == b"A letter.\n"
    assert "OFFICIAL-SENSITIVE" not in everything


def test_the_export_is_recorded_as_a_disclosure_to_the_person() -> None:
    request, case = a_request(), an_assigned_case()
    with_record(request, case)
    decide_all(request)
    actions.answer(request_id=request.pk, by=request.received_by, now=NOW)
    export_of(request)
    entry = AuditEvent.objects.get(kind="access.disclosed")
    assert entry.recipient == "The person whose data they are"
    assert entry.detail["records"] == [case.referral_id] and entry.by_id == request.received_by_id


def test_every_text_and_file_waits_for_a_person_to_decide() -> None:
    request, case = a_request(), a_case_with_others()
    with_record(request, case)
    waiting = items.undecided(request)
    assert {str(item.file) for item in waiting if item.file} == {str(StoredFile.objects.get().pk)}
    assert not [item for item in waiting if item.key.endswith(":surname")]
    with pytest.raises(Refused, match="still to be decided"):
        actions.answer(request_id=request.pk, by=request.received_by, now=NOW)
    with pytest.raises(Refused, match="nothing leaves"):
        actions.export(request_id=request.pk, by=request.received_by, now=NOW)


def test_what_is_withheld_does_not_leave_and_is_counted() -> None:
    request, case = a_request(), a_case_with_others()
    with_record(request, case)
    decide_all(request, withheld="casework.casenote")
    actions.answer(request_id=request.pk, by=request.received_by, now=NOW)
    archive = export_of(request)
    assert "came back in May" not in archive.read("what-is-held.csv").decode()
    assert "1 further texts or files were withheld" in archive.read("read-me-first.txt").decode()


def test_without_the_removal_of_names_the_other_person_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage: the names of others are not looked for."""
    monkeypatch.setattr(items, "others_named", lambda found: [])
    request, case = a_request(), a_case_with_others()
    with_record(request, case)
    assert any("zqvictimqz" in item.words.casefold() for item in items.items_of(request))


def test_a_request_nobody_can_answer_says_why() -> None:
    request = a_request()
    why = "Nothing is held on this person. We wrote to them on the same day."
    ended = actions.refuse(request_id=request.pk, by=request.received_by, now=NOW, reason=why)
    assert ended.state == "refused" and ended.changes.get().reason == why
    with pytest.raises(Refused, match="has ended"):
        with_record(request, an_assigned_case())


def test_the_pages_lead_from_the_register_to_the_download(client: Client) -> None:
    manager = a_user(Role.MANAGER)
    client.force_login(manager)
    request = a_request(by=manager)
    case = a_case_with_others()
    assert "Answer by" in client.get(reverse("rights:register")).text
    added = client.post(reverse("rights:add_record", args=[request.pk]), {"reference": str(case.referral)})
    assert added.status_code == 302
    while items.undecided(request):
        page = client.get(reverse("rights:decide", args=[request.pk])).text
        names = set(re.findall(r'name="(item_\w+)"', page))
        posted = client.post(reverse("rights:decide", args=[request.pk]), dict.fromkeys(names, "disclosed"))
        assert posted.status_code == 302, posted.text
    assert client.post(reverse("rights:answer", args=[request.pk])).status_code == 302
    answered = client.post(reverse("rights:export", args=[request.pk]))
    assert answered["Content-Type"] == "application/zip" and answered["Cache-Control"]


def test_the_data_protection_officer_reads_the_register_and_answers_nobody(client: Client) -> None:
    request = a_request()
    client.force_login(a_user(Role.AUDITOR))
    assert client.get(reverse("rights:detail", args=[request.pk])).status_code == 200
    assert client.get(reverse("rights:answer", args=[request.pk])).status_code == 403


def test_the_page_says_how_much_is_to_decide(client: Client) -> None:
    request, case = a_request(), a_case_with_others()
    with_record(request, case)
    client.force_login(a_user(Role.MANAGER))
    number = len(items.undecided(request))
    for name in ("detail", "decide"):
        assert f"{number} texts or files" in client.get(reverse(f"rights:{name}", args=[request.pk])).text
