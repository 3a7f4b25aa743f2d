"""Lists of kinds that importers have misread in silence, each read as a person reads it."""

from pathlib import Path
from typing import Any

import pytest

from referrals.datawash.linkage.checking import Listed
from referrals.datawash.linkage.files import read_list
from tests.referrals.datawash.linkage.lists import (
    DIMENSION,
    GOOD,
    HEAD,
    HEADINGS,
    LIST,
    ONE,
    a_workbook,
    of_sheet,
    row,
    sheet,
)
from tests.referrals.datawash.linkage.test_reading_lists import TODAY, reasons, remarks

FIVE = [row(at, f"W{at}", f"Kowalski{at}", "Jan", f"198{at}-07-31", "") for at in range(2, 7)]


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def reading(content: bytes | str) -> Listed:
        (tmp_path / "list").write_bytes(content if isinstance(content, bytes) else content.encode())
        found = read_list(tmp_path / "list", today=TODAY)
        assert len(found.accepted) + len(found.rejected) == found.rows
        return found

    return reading


def test_a_used_range_that_is_too_short_loses_no_row_and_no_column(read: Any) -> None:
    head = row(1, *HEADINGS, "pnc_id")
    right = read(of_sheet(sheet(head, *FIVE, before='<dimension ref="A1:E6"/>')))
    short = read(of_sheet(sheet(head, *FIVE, before=DIMENSION)))
    assert right.accepted == short.accepted and right.rows == short.rows == 5
    assert right.about == short.about and "pnc_id" in right.about[0]


def test_of_a_hidden_sheet_before_the_list_nothing_is_read(read: Any) -> None:
    old = sheet(row(1, *HEADINGS), row(2, "OLD1", "Old", "Person", "1970-01-02"))
    found = read(a_workbook({"Old": old, "List": LIST}, hidden=("Old",)))
    assert [each["force_row_ref"] for each in found.accepted] == ["R1"]
    assert found.about[0].startswith("Columns read from the sheet “List”")


def test_one_styled_cell_at_the_bottom_is_no_row(read: Any) -> None:
    bottom = '<row r="1048576"><c r="D1048576" s="1"/></row>'
    found = read(of_sheet(sheet(row(1, *HEADINGS), row(2, *ONE), bottom)))
    assert (found.rows, len(found.accepted)) == (1, 1)


def test_blank_lines_before_the_headings_are_skipped(read: Any) -> None:
    assert read(of_sheet(sheet(row(2, *HEADINGS), row(3, *ONE)))).rows == 1
    assert read(f"\n{HEAD}{GOOD}").rows == 1
    assert read(f"\r\n ,,\r\n{HEAD}{GOOD}").rows == 1


def test_a_list_with_semicolons_is_read_and_that_is_said(read: Any) -> None:
    found = read((HEAD + GOOD).replace(",", ";"))
    assert len(found.accepted) == 1 and "The cells were separated by semicolons." in found.about


def test_a_line_break_in_a_cell_parts_aliases_and_lines_are_counted_from_a_rows_start(read: Any) -> None:
    found = read(
        f'{HEAD.strip()},aliases\nW1,Kowalski,Jan,1985-07-31,"Jan Kowal\nJohn Kowalski"\nW2,Nowak,Ewa,nothing,\n'
    )
    assert found.accepted[0]["aliases"] == "Jan Kowal;John Kowalski"
    assert [each.line for each in found.rejected] == [4]


def test_one_name_in_either_column_is_enough(read: Any) -> None:
    names = ("Suharto,", ",Sukarno", "Suharto,-", "Suharto,FNU", "Suharto,N/A")
    found = read(HEAD + "".join(f"W{at},{each},1985-07-31\n" for at, each in enumerate(names)))
    assert [(each["surname"] or each["forenames"]) for each in found.accepted] == [
        "Suharto", "Sukarno", "Suharto", "Suharto", "Suharto",
    ]  # fmt: skip
    assert len(remarks(found)) == 3 and len(found.repeated) == 3


DATES = (
    ("31/07/1985", "1985-07-31"), ("31-Jul-1985", "1985-07-31"), ("31 July 1985", "1985-07-31"),
    ("19850731", "1985-07-31"), ("1985-07-31T00:00:00Z", "1985-07-31"), ("31/07/1985 00:00", "1985-07-31"),
    ("29/02/1984", "1984-02-29"), ("  31/07/1985 ", "1985-07-31"), ("1985-07-31 00:00:00.000", "1985-07-31"),
    ("1985/07/31", "1985-07-31"), ("\uff13\uff11/\uff10\uff17/\uff11\uff19\uff18\uff15", "1985-07-31"),
    ("00/00/1985", "1985"), ("00/07/1985", "1985"), ("07/1985", "1985"), ("1985-07", "1985"),
    ("31/7/85", ""), ("31250", ""), ("Not known", ""), ("unknown", ""), ("29/02/1985", ""), ("07/31/1985", ""),
    ("1/1/1900", ""), ("31/12/1899", ""), ("2026-12-01", ""), ("c.1985", ""),
)  # fmt: skip


@pytest.mark.parametrize(("written", "read_as"), DATES)
def test_a_date_is_read_remarked_on_or_refused(read: Any, written: str, read_as: str) -> None:
    found = read(f"{HEAD}D1,Kowalski,Jan,{written}\n")
    assert [each["dob"] for each in found.accepted] == ([read_as] if read_as else [])
    assert bool(remarks(found)) == (len(read_as) == 4)
    assert bool(reasons(found)) == (not read_as)


def test_a_number_in_a_cell_of_dates_that_is_hardly_a_date_is_none(read: Any) -> None:
    cells = [(31_259, True), (1985, False), (1985, True), (0, True), (60, True), (0.3132, True)]
    rows = [
        row(at, f"W{at}", "Nowak", "Ewa", number, dates=(3,) if dated else ())
        for at, (number, dated) in enumerate(cells, start=2)
    ]
    found = read(of_sheet(sheet(row(1, *HEADINGS), *rows)))
    assert [each["dob"] for each in found.accepted] == ["1985-07-31", "1985"]
    assert len(found.rejected) == 4 and "the year 1985" in reasons(found)[0]


def test_an_error_of_the_spreadsheet_is_no_name(read: Any) -> None:
    found = read(
        f"{HEAD.strip()},nationality\nW1,#N/A,Jan,1985-07-31,POL\nW2,Kowalski,#NAME?,1985-07-31,#REF!\n"
        "W3,NULL,NULL,1985-07-31,\n"
    )
    assert [(each["surname"], each["forenames"]) for each in found.accepted] == [
        ("", "Jan"),
        ("Kowalski", ""),
    ]
    assert found.accepted[1]["nationality"] == "" and len(remarks(found)) == 3
    assert reasons(found) == ["surname and forenames are empty. One of them is needed."]


def test_two_spellings_of_one_letter_are_one_row_repeated(read: Any) -> None:
    found = read(f"{HEAD}W1,Mu\u00f1oz,Jos\u00e9,1985-07-31\nW2,Mun\u0303oz,Jose\u0301,1985-07-31\n")
    assert [str(each) for each in found.repeated] == ["Line 3: it repeats line 2."]


def test_headings_that_are_not_read_are_named_with_what_they_may_have_meant(read: Any) -> None:
    found = read(
        f"{HEAD.strip()},pnc_number,CRO No,Gender\nW1,Kowalski,Jan,1985-07-31,99/123456X,123456/99L,M\n"
    )
    assert [(each.heading, each.meant) for each in found.headings] == [
        ("pnc_number", "pnc_id"), ("CRO No", "cro"), ("Gender", "sex"),
    ]  # fmt: skip


def test_a_country_a_nationality_and_a_code_are_one_thing(read: Any) -> None:
    words = ("IRQ", "Iraqi", "Iraq", "IQ", "irq", "", "Unknown", "ZZZ", "EGY")
    rows = "".join(f"N{at},Ahmed,Ali,19{at + 60}-01-01,{each}\n" for at, each in enumerate(words))
    found = read(f"{HEAD.strip()},nationality\n{rows}")
    read_as = [each.get("nationality", "") for each in found.accepted]
    assert read_as == ["IRQ", "IRQ", "IRQ", "IRQ", "IRQ", "", "", "", "EGY"]
    assert len(remarks(found)) == 2
