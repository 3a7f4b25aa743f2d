"""What has to be keyed on CID or Atlas: nothing is missed, each entry is confirmed once and may be corrected."""

import csv
import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from casework.keying import actions, queries
from casework.keying.models import Entry, Keyed
from casework.keying.permissions import WHO_MAY
from casework.keying.rules import What, instruction
from casework.models import Case
from casework.timeline import timeline
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from nexus.waiting import counted_lines
from referrals import actions as referral_actions
from referrals.models import Allocation, SpecialConditionsFlag
from tests.builders import NOON, a_case, a_flag_only_case, a_user, an_assigned_case
from tests.casework.desk import signed_in
from tests.nexus.api.calling import Caller

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def keyed(key: str, by: User | None = None, **values: Any) -> Keyed:
    by = by or a_user(Role.REFERRALS_OFFICER if key.startswith("flag") else Role.MANAGER)
    return actions.confirm(key=key, by=by, now=LATER, **{"system": "atlas", **values})


def flag_key(case: Case) -> str:
    return f"flag-set-{case.referral.flag.pk}"


def a_removed_flag() -> Case:
    case = a_case()
    officer = a_user(Role.REFERRALS_OFFICER)
    referral_actions.remove_flag(
        referral_id=case.referral_id, by=officer, now=LATER, reason="An error of the register."
    )
    return case


def test_nothing_that_happened_is_missed() -> None:
    a_flag_only_case(), a_case(), a_removed_flag()
    ended = Allocation.objects.first()
    assert ended
    Allocation.objects.filter(pk=ended.pk).update(ended_at=LATER, ended_by=ended.allocated_by)
    flags, allocations = SpecialConditionsFlag.objects.all(), Allocation.objects.all()
    expected = {f"flag-set-{flag.pk}" for flag in flags}
    expected |= {f"flag-removed-{flag.pk}" for flag in flags if flag.removed_at}
    expected |= {f"allocation-made-{each.pk}" for each in allocations}
    expected |= {f"allocation-ended-{ended.pk}"}
    assert set(Entry.objects.values_list("pk", flat=True)) == expected
    assert len(expected) == 3 + 1 + 2 + 1


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (What.FLAG_SET, "Special Conditions Screen: add “Here”"),
        (What.FLAG_REMOVED, "Special Conditions Screen: take out “Here”"),
        (What.ALLOCATION_MADE, "Case Details Screen, field “Allocated To”: enter “Here”"),
        (What.ALLOCATION_ENDED, "Case Details Screen, field “Allocated To”: take out “Here”"),
    ],
)
def test_what_to_key_where(what: What, words: str) -> None:
    assert instruction(what, "Here").words == words


def test_it_is_confirmed_once_and_says_what_was_keyed() -> None:
    case, officer = a_case(), a_user(Role.REFERRALS_OFFICER)
    row = keyed(flag_key(case), officer)
    assert (row.keyed_by, row.keyed_at, row.system) == (officer, LATER, "atlas")
    assert row.words == "Special Conditions Screen: add “Nexus High Harm (Regional)”"
    assert flag_key(case) not in Entry.objects.pending().values_list("pk", flat=True)
    with pytest.raises(Refused, match="has already confirmed"):
        keyed(flag_key(case))
    with pytest.raises(IntegrityError), transaction.atomic():
        Keyed.objects.create(
            key=row.key, referral=case.referral, system="cid", words="x", keyed_by=officer, keyed_at=LATER
        )
    assert AuditEvent.objects.get(kind="keying.confirmed").subject_id == str(row.pk)


def test_a_correction_makes_it_pending_again() -> None:
    case, officer = a_case(), a_user(Role.REFERRALS_OFFICER)
    key = flag_key(case)
    with pytest.raises(Refused, match="nothing to correct"):
        actions.correct(key=key, by=officer, now=LATER, reason="Another record of the same man.")
    keyed(key)
    with pytest.raises(Refused, match="Enter what was wrong"):
        actions.correct(key=key, by=officer, now=LATER, reason=" ")
    actions.correct(key=key, by=officer, now=LATER, reason="Another record of the same man.")
    assert Entry.objects.get(pk=key).keyed is None
    keyed(key)
    assert Keyed.objects.filter(key=key).count() == 2
    told = [entry.title for entry in timeline(case).entries]
    assert told.count("Keyed on Atlas") == 2
    assert "Confirmation withdrawn" in told
    assert AuditEvent.objects.get(kind="keying.corrected").reason == "Another record of the same man."


@pytest.mark.parametrize("role", sorted(Role))
def test_who_may(role: Role) -> None:
    case, by = a_case(), a_user(role)
    for key in (flag_key(case), f"allocation-made-{case.referral.allocations.get().pk}"):
        verb = "confirm_flag" if key.startswith("flag") else "confirm_allocation"
        if role in WHO_MAY[verb]:
            assert keyed(key, by).keyed_by == by
        else:
            with pytest.raises((PermissionDenied, Entry.DoesNotExist)):
                keyed(key, by)


def test_what_waits_is_ones_own_and_says_what_is_late() -> None:
    mine = an_assigned_case()
    a_case()
    now = NOON + timedelta(days=7)
    owner, officer = mine.case_owner, a_user(Role.REFERRALS_OFFICER)
    assert owner
    counts = {
        person: [
            (line.count, line.overdue) for line in counted_lines(queries.work_waiting(user=person, now=now))
        ]
        for person in (owner, officer)
    }
    assert counts == {owner: [(1, 1)], officer: [(2, 2)]}
    assert list(queries.work_waiting(user=a_user(Role.AUDITOR), now=now)) == []


def listed(client: Client, show: str = "") -> str:
    response = client.get(reverse("keying:list") + (f"?show={show}" if show else ""))
    assert response.status_code == 200
    return response.text


def test_the_pages(the_week_after: None) -> None:
    case, officer = an_assigned_case(cid_person_id="P-77/12"), signed_in(a_user(Role.REFERRALS_OFFICER))
    page = listed(officer)
    assert "To be keyed on CID or Atlas (1)" in page and "P-77/12" in page and "Late" in page
    assert "Allocated To”</span>" not in page and "Nexus High Harm, Liverpool" in listed(officer, "all")
    path = reverse("keying:confirm", args=[flag_key(case)])
    assert "Key it first" in officer.post(path, {"system": "cid"}).text
    assert officer.post(path, {"system": "cid", "keyed": "on"}).status_code == 302
    assert officer.get(path).status_code == 409
    assert "Correct" in listed(officer, "keyed")
    correct = reverse("keying:correct", args=[flag_key(case)])
    assert officer.post(correct, {"reason": "Another record of the same man."}).status_code == 302
    assert "(1)" in listed(officer)


def test_who_it_is_and_what_came_later_stand_in_the_list(the_week_after: None) -> None:
    a_removed_flag()
    page = listed(signed_in(a_user(Role.REFERRALS_OFFICER)), "").replace("\xa0", " ")
    assert "Born 17 May 1988" in page and "Home Office reference <bdi>not recorded</bdi>" in page
    assert "16 November 2026 at 1pm" in page and "Later: taken out, 17 November 2026 at midday" in page
    assert page.count("Later: ") == 1


def test_one_after_the_other_the_oldest_first(the_week_after: None) -> None:
    first, second, officer = a_removed_flag(), a_case(), signed_in(a_user(Role.REFERRALS_OFFICER))
    order = [f"flag-set-{first.referral.flag.pk}", flag_key(second), f"flag-removed-{first.referral.flag.pk}"]
    paths = [reverse("keying:confirm", args=[key]) for key in order]
    assert "The removal is a separate entry" in officer.get(paths[0]).text
    said = {"system": "cid", "keyed": "on", "then": "next"}
    went = [officer.post(path, said).url for path in paths]
    assert went == [*paths[1:], reverse("keying:list")]


@pytest.mark.parametrize("show", ["", "keyed"])
def test_a_list_costs_the_same_with_two_and_with_twelve(
    show: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(a_user(Role.REFERRALS_OFFICER))
    for number in (2, 10):
        for _ in range(number):
            case = a_case()
            if show:
                keyed(flag_key(case))
        listed(client, show)
        with django_assert_num_queries(14):
            listed(client, show)


def test_by_file_what_is_pending_goes_out_and_confirmations_come_in(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.NEXUS_KEYING = "file"
    case, folder = a_case(cid_person_id="=P-77"), Path(settings.NEXUS_DATA_DIR) / "keying"
    key = flag_key(case)
    assert actions.exchange(now=NOON) == {"taken": 0, "left_out": 0, "given": 2}
    out = folder / "out" / "to-key-2026-11-16.csv"
    with out.open(newline="") as file:
        told = {row["key"]: row for row in csv.DictReader(file)}
    assert told[key]["act"] == "add “Nexus High Harm (Regional)”"
    assert told[key]["cid_person_id"] == "'=P-77"  # no spreadsheet takes it for a formula
    assert "Zelmanov" not in out.read_text()
    (folder / "in" / "one.csv").write_text(
        f"key,system,keyed_by\n{key},atlas,A. Clerk\n{key},atlas,A. Clerk\nflag-set-0,cid,A. Clerk\n{key}\n"
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.exchange(now=LATER) == {"taken": 1, "left_out": 3, "given": 1}
    row = Keyed.objects.get()
    assert (row.who, row.keyed_by, row.keyed_at) == ("A. Clerk", None, LATER)
    assert [path.name for path in (folder / "done").iterdir()] == ["one.csv"]


def test_by_hand_nothing_leaves() -> None:
    a_case()
    assert actions.exchange(now=NOON) == {"taken": 0, "left_out": 0, "given": 0}
    assert not AuditEvent.objects.filter(kind="keying.exchanged").exists()


class Atlas(BaseHTTPRequestHandler):
    """A small system of our own that keys what it is given, as the adapter's words say."""

    given: ClassVar[dict[str, dict[str, str]]] = {}
    settled: ClassVar[list[str]] = []
    known: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.known.append(self.headers["Authorization"])
        self.given.update({entry["key"]: entry for entry in body.get("entries", [])})
        self.settled.extend(body.get("keys", []))
        self.answer({})

    def do_GET(self) -> None:
        keyed = [
            {"key": key, "system": "atlas", "keyed_by": "Atlas", "receipt": f"ATL-{key}"}
            for key in self.given
            if key not in self.settled
        ]
        self.answer({"confirmations": keyed})

    def answer(self, said: Any) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *said: Any) -> None:
        """Nothing: the tests' own lines are enough."""


@pytest.fixture
def atlas(settings: Any) -> Iterator[type[Atlas]]:
    Atlas.given, Atlas.settled, Atlas.known = {}, [], []
    with ThreadingHTTPServer(("127.0.0.1", 0), Atlas) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.NEXUS_KEYING, settings.NEXUS_KEYING_TOKEN = "http", "known to Atlas"
        settings.NEXUS_KEYING_ADDRESS = f"http://127.0.0.1:{server.server_port}/"
        yield Atlas
        server.shutdown()


def test_by_http_atlas_keys_data_and_its_receipts_come_back(
    atlas: type[Atlas], django_capture_on_commit_callbacks: Any
) -> None:
    case = a_case()
    key = flag_key(case)
    assert actions.exchange(now=NOON) == {"taken": 0, "left_out": 0, "given": 2}
    told = atlas.given[key]
    assert (told["code"], told["value"]) == ("special_conditions.add", "Nexus High Harm (Regional)")
    assert "Zelmanov" not in json.dumps(atlas.given)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.exchange(now=LATER) == {"taken": 2, "left_out": 0, "given": 0}
    assert Keyed.objects.get(key=key).receipt == f"ATL-{key}"
    assert sorted(atlas.settled) == sorted(atlas.given) and set(atlas.known) == {"Bearer known to Atlas"}
    assert actions.exchange(now=LATER) == {"taken": 0, "left_out": 0, "given": 0}


def test_an_atlas_that_fails_takes_nothing_away(settings: Any) -> None:
    settings.NEXUS_KEYING, settings.NEXUS_KEYING_ADDRESS = "http", "http://127.0.0.1:9"
    a_case()
    with pytest.raises(OSError):
        actions.exchange(now=NOON)
    assert not Keyed.objects.exists()


def test_a_batch_is_confirmed_with_receipts_and_one_refusal_holds_up_none() -> None:
    case, officer = a_case(), a_user(Role.REFERRALS_OFFICER)
    key = flag_key(case)
    receipts = [
        {"key": key, "receipt": "ATL-1"},
        {"key": "flag-set-0", "receipt": "ATL-2"},
        {"key": key, "receipt": "ATL-3"},
    ]
    answer = Caller(officer).post("to-be-keyed/receipts/", {"system": "atlas", "receipts": receipts})
    assert [each["confirmed"] for each in answer.json()["results"]] == [True, False, False]
    assert Keyed.objects.get().receipt == "ATL-1"
    entry = Caller(officer).get(f"to-be-keyed/{key}/").json()
    assert (entry["code"], entry["value"]) == ("special_conditions.add", "Nexus High Harm (Regional)")
    assert entry["keyed"]["receipt"] == "ATL-1"
    assert Caller(a_user(Role.POLICE_OFFICER)).post("to-be-keyed/receipts/", {}).status_code == 403
