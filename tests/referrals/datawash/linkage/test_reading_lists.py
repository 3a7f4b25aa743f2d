"""Every list is read to its last row, as a person reads it; what is no list is refused in bounds."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nexus.confined.running import Failed, Limits, confined
from nexus.refusals import Refused
from referrals.datawash.linkage import files
from referrals.datawash.linkage.checking import Listed
from referrals.datawash.linkage.files import read_list
from referrals.datawash.linkage.headings import KNOWN
from tests.referrals.datawash.linkage.lists import (
    DIMENSION,
    GOOD,
    HEAD,
    HEADINGS,
    LIST,
    LISTS,
    ONE,
    a_workbook,
    of_sheet,
    row,
    sheet,
)

TODAY = date(2026, 11, 30)


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def reading(content: bytes | str) -> Listed:
        path = tmp_path / "list"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        found = read_list(path, today=TODAY)
        assert len(found.accepted) + len(found.rejected) == found.rows
        return found

    return reading


def reasons(found: Listed) -> list[str]:
    return [each.reason for each in found.rejected]


def remarks(found: Listed) -> list[str]:
    return [each.text for each in found.remarks]


def test_each_reason_against_a_list_is_a_sentence() -> None:
    """What the corpus of hostile lists ends with (tests/nexus/confined/test_corpus.py)."""
    for made in LISTS:
        if made.fault:
            said = files.refusal(Failed(made.fault, most=1, line=1, words="x", sheets=["One"]))
            assert said.endswith(".") and "{" not in said and made.fault in files.REFUSALS


def test_without_a_bound_on_time_a_list_would_take_its_own(tmp_path: Path) -> None:
    """Sabotage: the most rows a list may have are not read in a fraction of the time they need."""
    path = tmp_path / "list"
    path.write_bytes(LISTS[1].make())
    with pytest.raises(Failed, match="it has more|too long"):
        with confined("lists", {"known": KNOWN}, {"file": path}, limits=Limits(written=1_000_000)):
            pass


@pytest.mark.parametrize("before", ["", DIMENSION, '<dimension ref="A1:D9999999"/>', '<dimension ref="?"/>'])
def test_the_stated_used_range_is_not_believed(read: Any, before: str) -> None:
    rows = [row(at, f"R{at}", "Name", "Given", "1985") for at in range(2, 9)]
    found = read(of_sheet(sheet(row(1, *HEADINGS), *rows, before=before)))
    assert [each["force_row_ref"] for each in found.accepted] == [f"R{at}" for at in range(2, 9)]


def test_a_hidden_sheet_is_not_read_and_the_page_names_the_one_that_was(read: Any) -> None:
    old = sheet(row(1, *HEADINGS), row(2, "OLD", "Old", "Person", "1970"))
    found = read(a_workbook({"Old": old, "Notes": sheet(row(1, "Read me")), "List": LIST}, hidden=("Old",)))
    assert [each["force_row_ref"] for each in found.accepted] == ["R1"]
    assert "Columns read from the sheet “List”: force_row_ref, surname, forenames, dob." in found.about
    assert {"Hidden sheets were not read: Old.", "Other sheets were not read: Notes."} <= set(found.about)


def test_hidden_and_filtered_rows_are_read_and_said(read: Any) -> None:
    hidden = row(3, "R2", "Nowak", "Ewa", "1990", hidden=True)
    filtered = '<autoFilter ref="A1:D3"><filterColumn colId="1"/></autoFilter>'
    found = read(of_sheet(sheet(row(1, *HEADINGS), row(2, *ONE), hidden, after=filtered)))
    assert found.rows == 2 and "1 rows are hidden by a filter. They were read like the others." in found.about


def test_blank_rows_and_styled_empty_cells_count_for_nothing(read: Any) -> None:
    styled = '<row r="1048576"><c r="A1048576" s="1"/></row>'
    found = read(of_sheet(sheet(row(3, *HEADINGS), row(5, None, None), row(7, *ONE), styled)))
    assert (found.rows, len(found.accepted)) == (1, 1)
    assert read(f"\n\n{HEAD}\n,,,\n{GOOD}\n\n").rows == 1


def test_title_lines_before_the_headings_are_skipped_and_said(read: Any) -> None:
    found = read(f"Custody list\nMade on 1 November\n\n{HEAD}{GOOD}")
    assert found.rows == 1 and "The headings stand in line 4; what is above them was not read." in found.about


def test_a_row_beyond_the_columns_is_rejected_alone(read: Any) -> None:
    far = '<row r="3"><c r="A3" t="inlineStr"><is><t>R2</t></is></c><c r="XFD3"><v>1</v></c></row>'
    found = read(of_sheet(sheet(row(1, *HEADINGS), row(2, *ONE), far)))
    assert len(found.accepted) == 1 and reasons(found) == ["it has more cells than there are headings."]
    assert found.rejected[0].reference == "R2"


def test_headings_that_are_not_read_are_named_with_what_they_may_have_meant(read: Any) -> None:
    head = HEAD.strip() + ",PNC Number,Gender,Remarks\n"
    about = read(head + GOOD.strip() + ",99/123456X,F,x\n").about
    assert "The column “PNC Number” was not read: did you mean pnc_id?" in about
    assert "The column “Gender” was not read: did you mean sex?" in about
    assert "The column “Remarks” was not read." in about
    with pytest.raises(Refused) as refused:
        read("force_row_ref,Last name,First name,Date of birth\nR1,A,B,1985\n")
    assert "date_of_birth: did you mean dob?" in refused.value.reasons


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("3 February 1990", "1990-02-03"), ("03-Feb-1990", "1990-02-03"), ("Feb 3, 1990", "1990-02-03"),
        ("3rd Feb 1990", "1990-02-03"), ("03.02.1990", "1990-02-03"), ("1990/2/3", "1990-02-03"),
        ("19900203", "1990-02-03"), ("1990-02-03T00:00:00Z", "1990-02-03"), ("03/02/1990 0:00", "1990-02-03"),
        ("٠٣/٠٢/١٩٩٠", ""), ("29/02/2000", "2000-02-29"), ("1990", "1990"),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(read: Any, written: str, day: str) -> None:
    found = read(f'{HEAD}R1,Nowak,Ewa,"{written}"\n')
    assert [each["dob"] for each in found.accepted] == ([day] if day else ["1990-02-03"])
    assert not found.remarks


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("3/2/90", "a year of two digits"), ("30/02/1990", "no day of the calendar"), ("02/30/1990", "month first"),
        ("1/1/1912", "114 years old"), ("not known", "dob is not given"), ("c.1990", "not a date"),
        ("2027-01-01", "between 1900 and today"), ("13/1990", "no day of the calendar"), ("31250", "not a date"),
        ("0", "not a date"), ("#N/A", "dob is not given"), ("3 Febtober", "not a date"),
    ],
)  # fmt: skip
def test_a_doubtful_date_is_refused_with_its_reason(read: Any, written: str, reason: str) -> None:
    (said,) = reasons(read(f"{HEAD}R1,Nowak,Ewa,{written}\n"))
    assert reason in said


@pytest.mark.parametrize("written", ["00/00/1990", "00/02/1990", "02/1990", "1990-02", "February 1990"])
def test_a_date_without_its_day_counts_as_its_year_and_that_is_said(read: Any, written: str) -> None:
    found = read(f"{HEAD}R1,Nowak,Ewa,{written}\n")
    assert found.accepted[0]["dob"] == "1990" and "compared by its year" in remarks(found)[0]


@pytest.mark.parametrize(
    ("number", "said"),
    [(33_000, ""), (1985, "is the year 1985 in a cell that shows dates, and reads as 7 June 1905"),
     (60, "the number 60"), (1, "the number 1"), (0.5, "the number 0.5")],
)  # fmt: skip
def test_a_year_typed_into_a_cell_of_dates_is_no_date(read: Any, number: float, said: str) -> None:
    found = read(of_sheet(sheet(row(1, *HEADINGS), row(2, "R1", "Nowak", "Ewa", number, dates=(3,)))))
    assert [said in each for each in reasons(found)] == ([True] if said else [])
    assert [each["dob"] for each in found.accepted] == ([] if said else ["1990-05-07"])


@pytest.mark.parametrize(
    ("written", "remark"),
    [
        ("02/1990", "without the day"), ("February 1990", "without the day"), ("00/02/1990", "without the day"),
        ("03/02/1990 22:59", "the time behind dob"), ("1990-02-02T23:00:00Z", "the time behind dob"),
        ("03/02/2020", "6 years old. Check the century"), ("1 December 2016", "9 years old"),
    ],
)  # fmt: skip
def test_a_doubtful_date_is_remarked_on_and_kept_as_doubtful(read: Any, written: str, remark: str) -> None:
    found = read(f"{HEAD}R1,Nowak,Ewa,{written}\n")
    assert remark in remarks(found)[0] and remark in found.accepted[0]["dob_doubt"]
    assert not read(f"{HEAD}R1,Nowak,Ewa,30/11/2016\n").accepted[0]["dob_doubt"]


def test_where_one_line_has_the_month_first_the_others_may_have_it_too(read: Any) -> None:
    dates = ("03/02/1990", "02/28/1990", "04/04/1990", "1990-03-02", "28/02/1990", "3 Feb 1990", "12.11.1990")
    found = read(HEAD + "".join(f"R{at},Nowak,Ewa,{each}\n" for at, each in enumerate(dates)))
    assert [each.line for each in found.rejected] == [3]
    assert [(each.line, each.text) for each in found.remarks] == [
        (line, "dob may have the month first, as line 3 has. Check it.") for line in (2, 8)
    ]
    assert [bool(each["dob_doubt"]) for each in found.accepted] == [True, False, False, False, False, True]
    british = read(HEAD + "R1,Nowak,Ewa,03/02/1990\nR2,Nowak,Ewa,28/02/1990\n")
    assert not british.remarks


def test_the_calendar_of_an_old_macintosh_is_read(read: Any) -> None:
    content = sheet(row(1, *HEADINGS), row(2, "R1", "Nowak", "Ewa", 33_000, dates=(3,)))
    found = read(a_workbook({"List": content}, properties='<workbookPr date1904="1"/>'))
    assert found.accepted[0]["dob"] == "1994-05-08"


@pytest.mark.parametrize("none", ["FNU", "-", "N/A", "null", "XXX", "#N/A", "#REF!", "unknown"])
def test_one_name_is_enough_and_what_is_no_name_is_said(read: Any, none: str) -> None:
    found = read(
        f"{HEAD}R1,Suharto,{none},1985\nR2,{none},Sukarno,1985\nR3,{none},{none},1985\nR4,Megawati,,1985\n"
    )
    assert [(each["surname"], each["forenames"]) for each in found.accepted] == [
        ("Suharto", ""), ("", "Sukarno"), ("Megawati", ""),
    ]  # fmt: skip
    assert reasons(found) == ["surname and forenames are empty. One of them is needed."]
    assert len(remarks(found)) == 2 and all("left out" in each for each in remarks(found))


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_are_read_and_said(read: Any, separator: str) -> None:
    found = read((HEAD + GOOD).replace(",", separator))
    assert len(found.accepted) == 1 and any("were separated by" in each for each in found.about)


def test_excels_own_line_about_the_separator_is_understood(read: Any) -> None:
    assert len(read("sep=;\r\n" + (HEAD + GOOD).replace(",", ";")).accepted) == 1
    assert len(read('"sep=,"\n' + HEAD + GOOD).accepted) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_other_encodings_are_read_and_said(read: Any, encoding: str) -> None:
    found = read((HEAD + "R1,Müller,Zoë,1985\n").encode(encoding))
    assert found.accepted[0]["surname"] == "Müller"
    assert any("were read as" in each for each in found.about) == (encoding != "utf-8-sig")


def test_two_marks_before_the_headings_are_none(read: Any) -> None:
    assert len(read("\ufeff\ufeff" + HEAD + GOOD).accepted) == 1


def test_a_line_break_in_a_cell_parts_aliases_not_rows(read: Any) -> None:
    found = read(
        f'{HEAD.strip()},aliases\nR1,"Kowal\nski",Jan,1985,"Jan Kowal\r\n\r\nJohn K"\nR2,Nowak,Ewa,bad,\n'
    )
    assert (found.accepted[0]["aliases"], found.accepted[0]["surname"]) == ("Jan Kowal;John K", "Kowal ski")
    assert [(each.line, each.reference) for each in found.rejected] == [(6, "R2")]
    assert remarks(found) == ["a line break in surname was read as a space."]


def test_what_nobody_sees_is_taken_out_and_said(read: Any) -> None:
    found = read(f"{HEAD}R1,Now\u202eak\u200b,E\ufeffwa,1985\nR2,A\x07b,Ewa,1985\n")
    assert (found.accepted[0]["surname"], found.accepted[0]["forenames"]) == ("Nowak", "Ewa")
    assert remarks(found) == [
        f"{name} held invisible characters, which were left out." for name in ("surname", "forenames")
    ]
    assert reasons(found) == ["surname holds a control character."]


def test_the_composed_and_the_decomposed_spelling_are_one_row_repeated(read: Any) -> None:
    found = read(f"{HEAD}R1,Mu\u00f1oz,Jos\u00e9,1985\nR2,Mun\u0303oz,Jose\u0301,1985\n")
    assert [str(each) for each in found.repeated] == ["Line 3: it repeats line 2."]


def test_a_country_is_one_thing_as_word_adjective_or_code(read: Any) -> None:
    written = ("VNM", "vn", "Vietnamese", "Viet Nam", "vietnam")
    rows = "".join(f"R{at},Nguyen,Van,19{at + 50},{each}\n" for at, each in enumerate(written))
    found = read(f"{HEAD.strip()},nationality\n{rows}R9,Nguyen,Van,1990,Ruritania\n")
    assert {each["nationality"] for each in found.accepted[:-1]} == {"VNM"}
    assert found.accepted[-1]["nationality"] == ""
    assert remarks(found) == ["nationality “Ruritania” is not understood and was left out."]
