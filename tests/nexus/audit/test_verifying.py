"""The record is sealed by the database, and whatever is done to it afterwards is found."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from nexus.accounts.roles import Role
from nexus.audit import actions, verifying
from nexus.audit.heads import Head, keep, kept_heads
from nexus.audit.models import AuditEvent, Seal, Verification
from nexus.audit.recording import record
from nexus.audit.verifying import head_of, verify
from tests import databases
from tests.builders import NOON, a_user
from tests.figures import Figure

SUBJECTS, ENTRIES = 12, 120
REFUSED = "permission denied|append-only|numbers|Only audit entries"


@pytest.fixture
def heads_file(settings: Any, tmp_path: Path) -> Path:
    settings.NEXUS_AUDIT_HEADS = tmp_path / "heads.jsonl"
    return tmp_path / "heads.jsonl"


@pytest.fixture
def own_clock(django_db_blocker: Any) -> Iterator[None]:
    """As in the product: no entry keeps the time its caller gives."""
    name = connection.settings_dict["NAME"]
    databases.tell_stories(name, told=False)
    yield
    databases.tell_stories(name)


def seal_now() -> None:
    """What a commit does."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def insert(cursor: Any, **values: Any) -> None:
    """An entry as somebody writes it who does not go through the service."""
    row = {
        **dict.fromkeys(("by_role", "subject_type", "subject_id", "reason", "recipient", "request_id"), ""),
        **dict.fromkeys(("reason_salt", "reason_digest"), ""),  # the trigger's, where it is on
        "at": timezone.now(),
        "kind": "case.viewed",
        "subjects": "[]",
        "detail": "{}",
        **values,
    }
    names, places = ", ".join(row), ", ".join(["%s"] * len(row))
    cursor.execute(f"INSERT INTO audit_auditevent ({names}) VALUES ({places}) RETURNING id", [*row.values()])  # noqa: S608


@pytest.mark.django_db
def test_the_database_itself_sets_time_number_and_seal(own_clock: None) -> None:
    before = timezone.now()
    one = record(kind="case.viewed", by=None, now=NOON, subject=a_user(Role.MANAGER))
    one.refresh_from_db()
    assert one.recorded_at and one.at == one.recorded_at >= before
    seal_now()
    seal = Seal.objects.get(entry_id=one.pk)
    assert (seal.chain, len(seal.hash)) == (f"{one.subject_type}:{one.subject_id}", 64)


FORGERIES = {
    "a number of its own": "INSERT INTO audit_auditevent (id, at, by_role, kind, subject_type, subject_id, subjects,"
    " reason, recipient, detail, request_id) VALUES (1, now(), '', 'x.y', '', '', '[]', '', '', '{}', '')",
    "a seal": "INSERT INTO audit_seal (chain, number, entry_id, sealed_at, hash) VALUES ('a', 1, 1, now(), 'x')",
    "a head": "UPDATE audit_chainhead SET hash = 'x'",
    "told time": "INSERT INTO audit_storytime DEFAULT VALUES",
    "an edit": "UPDATE audit_auditevent SET reason = 'x'",
    "a removal": "DELETE FROM audit_auditevent",
    "all removed": "TRUNCATE audit_auditevent",
    "a seal removed": "DELETE FROM audit_seal",
    "a verification changed": "UPDATE audit_verification SET faults = 0",
    "guards off": "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
    "guards out": "DROP TRIGGER audit_keep ON audit_auditevent",
    "replica": "SET session_replication_role = replica",
    "the numbers back": "SELECT setval('audit_auditevent_id_seq', 1)",
    "a seal by a trigger of one's own": "CREATE TEMP TABLE mine (LIKE audit_auditevent); CREATE TRIGGER t AFTER INSERT"
    " ON mine FOR EACH ROW EXECUTE FUNCTION audit_seal_entries(); INSERT INTO mine SELECT * FROM audit_auditevent",
    "a seal by its function": "SELECT audit_seal_one(e) FROM audit_auditevent e",
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", FORGERIES)
def test_the_runtime_role_forges_nothing_whatever_it_sets(way: str) -> None:
    record(kind="case.viewed", by=None, now=NOON)
    for setting in (
        "",
        "SET LOCAL pgtrigger.ignore = '{audit_auditevent:append_only,audit_auditevent:no_truncate}'",
    ):
        with transaction.atomic(), connection.cursor() as cursor:
            if setting:
                cursor.execute(setting)
            with pytest.raises(Exception, match=f"{REFUSED}|must be owner"), transaction.atomic():
                cursor.execute(FORGERIES[way])


@pytest.mark.django_db
def test_an_insert_dated_back_takes_the_databases_time(own_clock: None) -> None:
    with connection.cursor() as cursor:
        insert(cursor, at=NOON.replace(year=2020), recorded_at=NOON.replace(year=2020), transaction=1)
        (pk,) = cursor.fetchone()
    entry = AuditEvent.objects.get(pk=pk)
    assert entry.at == entry.recorded_at and entry.at.year > 2020 and entry.transaction != 1


@pytest.mark.django_db
def test_two_transactions_with_the_same_subjects_in_either_order_never_wait_in_a_circle() -> None:
    """Seals are written in the order of the chains, not of the entries."""
    people = [a_user(Role.MANAGER), a_user(Role.MANAGER)]
    for subject in reversed(people):
        record(kind="user.changed", by=None, now=NOON, subject=subject)
    seal_now()
    mine = [f"accounts.user:{person.pk}" for person in people]
    written = list(Seal.objects.filter(chain__in=mine).order_by("pk").values_list("chain", flat=True))
    assert list(dict.fromkeys(written)) == sorted(mine)


class Record:
    """A record of some entries, its exported head, and the ways somebody with every right may bend it."""

    def __init__(self, cursor: Any, dice: random.Random) -> None:
        self.cursor, self.dice = cursor, dice
        cursor.execute("DELETE FROM audit_storytime")
        self.write(ENTRIES)
        self.head = head_of(cursor, self.horizon(), now=timezone.now())

    def write(self, number: int) -> None:
        """So many entries more, as the service writes them; then every guard is off."""
        for _ in range(number):
            subject = str(self.dice.randrange(SUBJECTS))
            insert(self.cursor, subject_type="casework.case", subject_id=subject, by_id=1, reason="Because.")
        self.do("SET CONSTRAINTS ALL IMMEDIATE")
        self.do("SELECT id FROM audit_auditevent ORDER BY id")
        self.ids = [pk for (pk,) in self.cursor.fetchall()]
        self.do("SET session_replication_role = replica")

    def horizon(self) -> int:
        self.do("SELECT audit_horizon()")
        return int(self.cursor.fetchone()[0])

    def faults(self) -> int:
        return verify(self.cursor, heads=[self.head]).faults

    def do(self, statement: str, *values: Any) -> None:
        self.cursor.execute(statement, values)

    def edit(self) -> None:
        column, value = self.dice.choice(
            [
                ("reason", "nothing to see"), ("reason", ""), ("reason_salt", "x"), ("reason_digest", ""), ("by_id", 2), ("kind", "case.listed"), ("recipient", "nobody"),
                ("subject_id", "77"), ("at", NOON), ("recorded_at", NOON), ("detail", '{"fields": []}'),
                ("subjects", "[7]"), ("request_id", "x"), ("by_role", "auditor"), ("transaction", 1),
            ]
        )  # fmt: skip
        self.do(f"UPDATE audit_auditevent SET {column} = %s WHERE id = %s", value, self.dice.choice(self.ids))  # noqa: S608

    def edit_and_seal_again(self) -> None:
        """By somebody who knows how hashes are made: the whole chain is made anew after the edit."""
        pk = self.dice.choice(self.ids)
        self.do("UPDATE audit_auditevent SET reason = 'other', reason_salt = 's',"
                " reason_digest = audit_sha256('sother') WHERE id = %s", pk)  # fmt: skip
        self.do("SELECT chain FROM audit_seal WHERE entry_id = %s", pk)
        self.link_again(self.cursor.fetchone()[0])

    def link_again(self, chain: str) -> None:
        self.do("SELECT s.id, s.sealed_at, audit_digest(e) FROM audit_seal s JOIN audit_auditevent e ON e.id = s.entry_id"
                " WHERE s.chain = %s ORDER BY s.number", chain)  # fmt: skip
        value, number = "", 0
        for number, (seal, moment, digest) in enumerate(self.cursor.fetchall(), start=1):
            self.do("SELECT audit_link(%s, %s, %s, %s)", value, number, moment, digest)
            value = self.cursor.fetchone()[0]
            self.do("UPDATE audit_seal SET number = -%s WHERE id = %s", number, seal)
            self.do("UPDATE audit_seal SET number = %s, hash = %s WHERE id = %s", number, value, seal)
        self.do("UPDATE audit_chainhead SET number = %s, hash = %s WHERE chain = %s", number, value, chain)

    def erase_the_reason(self) -> None:
        """As the path of erasure does, and it writes the entry down; only that nobody has erased anything."""
        pk = self.dice.choice(self.ids)
        self.do("UPDATE audit_auditevent SET reason = '', reason_salt = '' WHERE id = %s", pk)
        self.do("INSERT INTO audit_erasedreason (entry_id, review_id) VALUES (%s, 1)", pk)

    def delete(self) -> None:
        self.do("DELETE FROM audit_auditevent WHERE id = %s", self.dice.choice(self.ids))

    def delete_with_its_seal(self) -> None:
        pk = self.dice.choice(self.ids)
        self.do("DELETE FROM audit_auditevent WHERE id = %s", pk)
        self.do("DELETE FROM audit_seal WHERE entry_id = %s", pk)

    def reorder(self) -> None:
        one, other = self.dice.sample(self.ids, 2)
        self.do("UPDATE audit_seal SET entry_id = -1 WHERE entry_id = %s", one)
        self.do("UPDATE audit_seal SET entry_id = %s WHERE entry_id = %s", one, other)
        self.do("UPDATE audit_seal SET entry_id = %s WHERE entry_id = -1", other)

    def swap_times(self) -> None:
        one, other = self.dice.sample(self.ids, 2)
        self.do("UPDATE audit_auditevent e SET at = o.at, recorded_at = o.recorded_at FROM audit_auditevent o"
                " WHERE e.id = %s AND o.id = %s", one, other)  # fmt: skip

    def cut_the_tail(self) -> None:
        """The last entries go with their seals, and the chains end properly before them."""
        self.cut_off(self.ids[-self.dice.randint(1, ENTRIES // 2)])

    def cut_off(self, first: int) -> None:
        """Everything from this entry on."""
        self.do("SELECT DISTINCT chain FROM audit_seal WHERE entry_id >= %s", first)
        chains = [chain for (chain,) in self.cursor.fetchall()]
        self.do("DELETE FROM audit_seal WHERE entry_id >= %s", first)
        self.do("DELETE FROM audit_auditevent WHERE id >= %s", first)
        for chain in chains:
            self.link_again(chain)
        self.do(
            "DELETE FROM audit_chainhead h WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.chain = h.chain)"
        )

    def forge(self) -> None:
        insert(
            self.cursor,
            recorded_at=timezone.now(),
            transaction=1,
            subject_type="casework.case",
            subject_id="1",
        )

    def date_back(self) -> None:
        """An entry of last year, sealed properly at the end of its chain."""
        past = NOON.replace(year=2020)
        insert(
            self.cursor,
            at=past,
            recorded_at=past,
            transaction=1,
            subject_type="casework.case",
            subject_id="1",
        )
        pk = self.cursor.fetchone()[0]
        self.do("SELECT audit_seal_one(e) FROM audit_auditevent e WHERE id = %s", pk)

    WAYS: tuple[Callable[["Record"], None], ...] = (
        edit, edit_and_seal_again, erase_the_reason, delete, delete_with_its_seal, reorder, swap_times, cut_the_tail, forge, date_back,
    )  # fmt: skip


@pytest.fixture
def bent(django_db_blocker: Any) -> Iterator[Record]:
    """A record in a transaction of a superuser's, with every guard off; nothing of it stays."""
    name = connection.settings_dict["NAME"]
    with closing(
        psycopg2.connect(host=str(databases.sockets()), user="nexus_superuser", dbname=name)
    ) as owner:
        with owner.cursor() as cursor:
            yield Record(cursor, random.Random(20261130))  # noqa: S311
        owner.rollback()


def found_of(record: Record, tries: int) -> int:
    """How many of so many attempts are found, each undone before the next."""
    found = 0
    for number in range(tries):
        record.do("SAVEPOINT before")
        Record.WAYS[number % len(Record.WAYS)](record)
        found += record.faults() > 0
        record.do("ROLLBACK TO SAVEPOINT before")
    return found


@pytest.mark.django_db
def test_every_edit_deletion_reorder_truncation_and_forgery_is_found(
    bent: Record, figure: Figure, full_size: bool
) -> None:
    assert bent.faults() == 0
    tries = 1_000 if full_size else 100
    found = found_of(bent, tries)
    figure(5, f"{found:,} of {tries:,} changes to the record found", holds=found == tries)


@pytest.mark.django_db
def test_without_the_seals_none_of_it_is_found(bent: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    for check in ("faults_of_link", "check_ends", "check_unsealed", "check_heads", "check_erased_reasons"):
        monkeypatch.setattr(verifying, check, lambda *args, **kwargs: [])
    assert found_of(bent, 2 * len(Record.WAYS)) == 0


@pytest.mark.django_db
def test_without_the_exported_head_a_tail_cut_off_properly_is_not_found(bent: Record) -> None:
    bent.cut_the_tail()
    assert bent.faults() > 0
    assert verify(bent.cursor).faults == 0


@pytest.mark.django_db
def test_a_tail_cut_off_after_the_head_of_its_minute_is_found_and_without_that_head_is_not(
    bent: Record,
) -> None:
    since = len(bent.ids)
    bent.do("SET session_replication_role = origin")
    bent.write(5)
    minutes_later = head_of(bent.cursor, bent.horizon(), now=NOON, since=bent.head)
    assert minutes_later.seals == len(bent.ids)
    assert minutes_later == head_of(bent.cursor, bent.horizon(), now=NOON)  # read on or read anew
    bent.cut_off(bent.ids[since + 2])
    assert verify(bent.cursor, heads=[bent.head]).faults == 0
    findings = verify(bent.cursor, heads=[bent.head, minutes_later])
    assert "125 entries then, 122 now" in findings.first[0] and findings.faults == 1


@pytest.mark.django_db
def test_each_minute_the_head_of_what_is_new_is_kept(
    heads_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    for _ in range(2):
        record(kind="case.viewed", by=None, now=NOON)
        seal_now()
        head = actions.keep_head(now=now)
        assert head and head.is_ours and kept_heads(heads_file)[-1] == head
        assert actions.keep_head(now=now) is None  # nothing new
    assert actions.read_record(now=now, heads=kept_heads(heads_file)).findings.faults == 0
    assert settings.CELERY_BEAT_SCHEDULE["keep-audit-head"]["schedule"] == 60
    monkeypatch.setattr(actions, "horizon_now", lambda: 0)
    assert (
        actions.keep_head(now=now) is None and Verification.objects.count() == 1
    )  # shorter: verified at once


@pytest.mark.django_db
def test_reading_takes_a_few_rows_at_a_time(bent: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "ROWS_AT_ONCE", 7)
    findings = verify(bent.cursor, heads=[bent.head])
    assert (findings.faults, findings.entries) == (0, len(bent.ids))


@pytest.mark.django_db
def test_the_command_says_verified_or_what_is_wrong_and_compares_with_an_exported_head(
    heads_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(kind="case.viewed", by=None, now=NOON)
    seal_now()
    call_command("export_audit_head")
    line = capsys.readouterr().out.strip()
    exported = tmp_path / "exported"
    exported.write_text(line + "\n")
    call_command("verify_audit", heads=exported)
    assert "Verified: " in capsys.readouterr().out
    exported.write_text(json.dumps({**json.loads(line), "seals": 999}) + "\n")
    with pytest.raises(CommandError, match="Not as it was written"):
        call_command("verify_audit", heads=exported)
    assert "does not bear our signature" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_nightly_verification_runs_once_a_night_and_keeps_a_head(heads_file: Path) -> None:
    record(kind="case.viewed", by=None, now=NOON)
    seal_now()
    now = timezone.now()
    done = actions.verify_when_due(now=now)
    assert done and (done.faults, done.entries > 0, done.by_id) == (0, True, None)
    assert actions.verify_when_due(now=now) is None
    (head,) = kept_heads(heads_file)
    assert isinstance(head, Head) and head.is_ours


@pytest.mark.django_db
def test_the_auditor_reads_verified_when_and_by_whom_or_what_failed(client: Client, heads_file: Path) -> None:
    auditor = a_user(Role.AUDITOR, full_name="Petra Vane")
    client.force_login(auditor)
    assert "Not verified yet" in client.get("/audit/").text
    answer = client.post("/audit/verify/", follow=True)
    assert "is being verified" in answer.text
    seal_now()
    actions.verify_record(by=auditor, now=timezone.now())
    assert "by <bdi>Petra Vane</bdi>: all" in client.get("/audit/").text
    keep(Head(horizon=1, seals=7, digest="x", at="2026-11-01").signed(), heads_file)
    seal_now()
    actions.verify_record(by=None, now=timezone.now())
    page = client.get("/audit/").text
    assert "The record is not as it was written" in page and "by <bdi>the nightly check</bdi>" in page
    assert "The record up to 2026-11-01 is not what its exported head says" in page
    assert Verification.objects.first().faults == 1
