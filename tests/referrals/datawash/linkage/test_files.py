"""Lists good, careless and hostile: bad rows rejected alone, hostile files refused in a sentence."""

import tracemalloc
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from nexus.refusals import Refused
from referrals.datawash.linkage.files import LARGEST, read_list

TODAY = date(2026, 11, 14)
HEAD = "force_row_ref,surname,forenames,dob,pnc_id\n"
GOOD = "R1,Brzozowska,Żaneta,1985-07-31,99/123456X\n"


def listed(folder: Path, text: str | bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def workbook(folder: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


def test_a_good_row_comes_out_in_canonical_form(tmp_path: Path) -> None:
    found = read_list(listed(tmp_path, "\ufeff" + HEAD + GOOD), today=TODAY)
    assert found.accepted == [
        {"force_row_ref": "R1", "surname": "Brzozowska", "forenames": "Żaneta", "dob": "1985-07-31",
         "dob_doubt": "", "pnc_id": "1999/0123456X"}
    ]  # fmt: skip


def test_a_workbook_says_the_same(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, HEAD.strip().split(","), ["R1", "Gurishti", "Ardit", date(1985, 7, 31), None], []
    )
    found = read_list(path, today=TODAY)
    assert [(row["surname"], row["dob"]) for row in found.accepted] == [("Gurishti", "1985-07-31")]
    assert found.rows == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("R2,,,1985-07-31,", "surname and forenames are empty. One of them is needed."),
        ("R2,Gurishti,Ardit,,", "dob is empty."),
        ("R2,Gurishti,Ardit,0001-01-01,", "dob must lie between 1900 and today."),
        ("R2,Gurishti,Ardit,2027-01-01,", "dob must lie between 1900 and today."),
        ("R2,Gurishti,Ardit,31/02/1985,", "dob is no day of the calendar. Check the day and the month."),
        ("R2,=cmd()|x,Ardit,1985-07-31,", "surname starts like a formula."),
        ("-2,Gurishti,Ardit,1985-07-31,", "force_row_ref starts like a formula."),
        ("R2,123,456,1985-07-31,", "the name has no letter."),
        ("R1,Gurishti,Ardit,1985-07-31,", "its force_row_ref is already used in line 2."),
        ("R2,Gurishti,Ardit,1985-07-31,,more", "it has more cells than there are headings."),
        (f"R2,{'G' * 300},Ardit,1985-07-31,", "surname is longer than 200 characters."),
    ],
)
def test_a_bad_row_is_rejected_alone(tmp_path: Path, row: str, reason: str) -> None:
    found = read_list(listed(tmp_path, f"{HEAD}{GOOD}{row}\nR9,Lisaj,Fatos,1990,\n"), today=TODAY)
    assert [(each.line, each.reason) for each in found.rejected] == [(3, reason)]
    assert len(found.accepted) + len(found.rejected) == found.rows == 3


def test_repeated_rows_and_false_identifiers_are_said(tmp_path: Path) -> None:
    rows = HEAD + GOOD + GOOD.replace("R1", "R2") + "R3,Lisaj,Fatos,1990,20/9Z\n"
    found = read_list(listed(tmp_path, rows), today=TODAY)
    assert [str(each) for each in found.repeated] == ["Line 3: it repeats line 2."]
    assert [str(each) for each in found.remarks] == ["Line 4: pnc_id is not valid and was left out."]
    assert len(found.accepted) == 3


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"surname\nLisaj\n", "no column"),
        ((HEAD + GOOD).encode("utf-16-le"), "NUL"),
        ((HEAD + "R1,M").encode() + b"\x81ller,A,1990,\n", "neither UTF-8, UTF-16 nor Windows-1252"),
        (HEAD.encode() + b"R1,A\0B,C,1990,\n", "NUL"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"PK\x03\x04 not a workbook", "damaged"),
        (",".join(f"c{at}" for at in range(1_000_000)).encode(), "longer than"),
        (",".join("abcdefghij"[at % 10] for at in range(300)).encode(), "columns"),
        ((HEAD + 'R1,"never closed,A,1990,\n').encode() + b"x" * 30_000, "longer than"),
        ((HEAD + 'R1,"never closed,A,1990,\n').encode(), "proper CSV"),
    ],
)
def test_a_hostile_file_is_refused_in_a_sentence(tmp_path: Path, content: bytes, word: str) -> None:
    with pytest.raises(Refused, match=word):
        read_list(listed(tmp_path, content), today=TODAY)


def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("wb") as opened:
        opened.truncate(LARGEST * 5)
    with pytest.raises(Refused, match="100 MB"):
        read_list(path, today=TODAY)


def package(folder: Path, **parts: bytes) -> Path:
    source = workbook(folder, HEAD.strip().split(","))
    target = folder / "hostile.xlsx"
    with zipfile.ZipFile(source) as good, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name))
        for name, content in parts.items():
            bad.writestr(name, content)
    return target


def test_a_zip_bomb_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    path = package(tmp_path, bomb=b"0" * 150_000_000)
    tracemalloc.start()
    with pytest.raises(Refused, match="unpacks to more than"):
        read_list(path, today=TODAY)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"xl/vbaProject.bin": b"macro"}, "macros"),
        ({"xl/entities.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "not as Excel writes it"),
    ],
)
def test_macros_and_entities_are_refused(tmp_path: Path, parts: dict[str, bytes], word: str) -> None:
    with pytest.raises(Refused, match=word):
        read_list(package(tmp_path, **parts), today=TODAY)


def test_a_formula_in_a_workbook_rejects_its_row(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEAD.strip().split(","), ["R1", "=1+1", "Ardit", "1985", None])
    assert read_list(path, today=TODAY).rejected[0].reason == "surname starts like a formula."


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    buffer = BytesIO(workbook(tmp_path, HEAD.strip().split(",")).read_bytes()[:-100])
    with pytest.raises(Refused, match="damaged"):
        read_list(listed(tmp_path, buffer.getvalue(), "cut.xlsx"), today=TODAY)
