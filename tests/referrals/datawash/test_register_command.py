"""`manage.py register`: files in, a register out, and sentences for what cannot be."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.core.management import call_command
from django.utils import timezone

from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from referrals.datawash.actions.load import Loaded, load
from referrals.datawash.linkage import snapshot
from referrals.datawash.linkage.engine import connected
from referrals.datawash.models import Person
from referrals.datawash.register import current_snapshot
from tests.builders import NOON

pytestmark = pytest.mark.django_db

HEAD = "person_id,surname,forenames,dob,nationality,immigration_status\n"
TWO = HEAD + "P1,Quillfeather,Ottilie,09/03/1971,NGA,Overstayer\nP2,Brackenridge,Ada,1980,IRL,irish\n"
LATER = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.NEXUS_DATA_DIR = tmp_path


def loaded(folder: Path, text: str, **values: Any) -> Loaded:
    (folder / "R.csv").write_text(text)
    return load(file=folder / "R.csv", **{"now": NOON, **values})


def test_a_file_comes_in_with_dates_and_statuses_in_one_form(tmp_path: Path) -> None:
    result = loaded(tmp_path, TWO)
    assert (result.new, result.changed, result.unchanged, result.gone) == (2, 0, 0, 0)
    assert set(result.absent) == {"sex", "postcode", "place_of_birth", "aliases", "pnc_id", "cro", "ho_ref"}
    people = Person.objects.order_by("person_id").values_list("dob", "immigration_status", "changed_at")
    assert list(people) == [("1971-03-09", "overstayer", NOON), ("1980", "irish", NOON)]
    assert AuditEvent.objects.get(kind="register.loaded").detail == {
        "new": 2, "changed": 0, "unchanged": 0, "gone": 0,
    }  # fmt: skip


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    loaded(tmp_path, TWO)
    result = loaded(tmp_path, TWO.replace("Ada", "Adah"), now=LATER)
    assert (result.new, result.changed, result.unchanged) == (0, 1, 1)
    assert dict(Person.objects.values_list("person_id", "changed_at")) == {"P1": NOON, "P2": LATER}


def test_a_column_the_file_lacks_stays_as_it_is(tmp_path: Path) -> None:
    loaded(tmp_path, TWO)
    result = loaded(tmp_path, "person_id,surname\nP1,Quillfeather\n", now=LATER)
    assert result.unchanged == 1
    assert Person.objects.get(person_id="P1").forenames == "Ottilie"


def test_in_a_full_register_whoever_is_not_named_is_gone_and_may_come_back(tmp_path: Path) -> None:
    loaded(tmp_path, TWO)
    assert loaded(tmp_path, TWO.rsplit("P2", 1)[0], now=LATER, full=True).gone == 1
    assert Person.objects.get(person_id="P2").gone_at == LATER
    assert loaded(tmp_path, TWO, now=LATER).changed == 1
    assert not Person.objects.filter(gone_at__isnull=False).exists()


def test_what_is_odd_is_said_and_left_out(tmp_path: Path) -> None:
    result = loaded(tmp_path, HEAD + "P1,,Ada,yesterday,NGA,settled\n")
    assert [remark.split(":")[-1] for remark in result.remarks] == [" 1 (P1)."] * 3
    assert "cannot be read" in result.remarks[1] and "no pot knows" in result.remarks[2]
    assert Person.objects.get().dob == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("surname\nQuillfeather\n", "no column person_id"),
        (HEAD, "names no person"),
        (TWO + "P1,Again,Ada,1971,NGA,refused\n", "In the file twice: 1 .P1."),
        (
            HEAD + "P1," + "Q" * 201 + ",Ada,1971,NGA,refused\n",
            "A surname of more than 200 characters: 1 .P1.",
        ),
    ],
)
def test_a_file_that_is_no_register_is_refused_whole(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        loaded(tmp_path, text)
    assert not Person.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00a", b"PAR1 nonsense"])
def test_the_command_leaves_with_2_and_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "R.parquet").write_bytes(content)
    said = StringIO()
    with pytest.raises(SystemExit) as leaving:
        call_command("register", tmp_path / "R.parquet", stderr=said)
    assert leaving.value.code == 2
    assert said.getvalue().strip().endswith(".") or "cannot be read" in said.getvalue()


def test_an_invented_register_is_the_same_for_the_same_seed_and_ready_to_be_washed_against(
    tmp_path: Path,
) -> None:
    listed = tmp_path / "L.csv"
    call_command("register", "--generate", "60", "--seed", "3", "--list", str(listed), "--hardness", "1.5")
    first = list(Person.objects.order_by("person_id").values_list("person_id", "surname", "dob"))
    Person.objects.all().delete()
    call_command("register", "--generate", "60", "--seed", "3")
    assert first == list(Person.objects.order_by("person_id").values_list("person_id", "surname", "dob"))
    assert len(listed.read_text().splitlines()) == 61
    with connected() as engine:
        snapshot.attach(engine, current_snapshot(now=timezone.now()))
        assert engine.execute("SELECT count(*) FROM register.people").fetchall() == [(60,)]


def test_parquet_is_read_too(tmp_path: Path) -> None:
    with duckdb.connect() as engine:
        engine.execute(
            f"COPY (SELECT 'P1' AS person_id, 'Quillfeather' AS surname, DATE '1971-03-09' AS dob)"
            f" TO '{tmp_path}/R.parquet'"
        )
    assert load(file=tmp_path / "R.parquet", now=NOON).new == 1
    assert Person.objects.get().dob == "1971-03-09"
