"""What cannot be written in Latin letters is compared as it is written, and other forms of a letter are that letter."""

from pathlib import Path

import pytest

from referrals.datawash.linkage import names
from referrals.datawash.linkage.grading import NOBODY, NOT_COMPARED, Grade
from referrals.datawash.linkage.washing import Washed
from referrals.datawash.linkage.writing import words_of
from tests.referrals.datawash.linkage.found import Row, washed

ROWS = (
    Row("王, 小明", "王, 小明", "1985-03-04"),
    Row("小明, 王", "王, 小明", "1985-04-04"),
    Row("歐陽小明, ", "歐陽, 小明", "1985-05-04"),
    Row("สมชาย, ใจดี", "สมชาย, ใจดี", "1986-05-06"),
    Row("ገብረማርያም, ሰላም", "ገብረማርያም, ሰላም", "1986-06-06", "F"),
    Row("कुमार, राजेश", "कुमार, राजेश", "1986-07-06"),
    Row("김, 철수", "김, 철수", "1986-08-06"),
    Row("გელაშვილი, გიორგი", "გელაშვილი, გიორგი", "1986-09-06"),
    Row("Ｋｏｗａｌｓｋｉ, Ｊａｎ", "Kowalski, Jan", "1987-07-08"),
    Row("ﺣﺴﻴﻦ, ﻣﺤﻤﺪ", "Hussein, Mohammed", "1993-04-16"),
    Row("Коваленко, Олексій", "Kovalenko, Oleksii", "1994-04-16"),
    Row("Παπαδόπουλος, Νίκος", "Papadopoulos, Nikos", "1995-04-16"),
    Row("Zzyzx, Bob", "王, 小紅", "1985-03-14", "F", more={"aliases": "王小紅"}),
)
ABSENT = Row("李, 雷", "Somebody, Else", "1981-01-21", known={"dob": "1955-05-05", "sex": "F"})
ABSENT_IN_LATIN = Row("Quillfeather, Ottilie", "Else, Somebody", "1981-02-21", known={"dob": "1956-05-05"})


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Washed]:
    return washed((*ROWS, ABSENT, ABSENT_IN_LATIN), tmp_path_factory.mktemp("scripts"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_name_in_any_script_is_found_where_letters_and_date_are_the_same(
    row: Row, found: dict[str, Washed]
) -> None:
    graded = found[row.name].graded
    assert (graded.grade, graded.person_id) == (Grade.PROBABLE, str(ROWS.index(row) + 1)), graded


def test_a_name_of_which_nothing_can_be_compared_says_so(found: dict[str, Washed]) -> None:
    assert found[ABSENT.name].graded.grade is Grade.NO_TRACE
    assert found[ABSENT.name].graded.reason == NOT_COMPARED
    assert "name cannot be compared" in NOT_COMPARED
    assert found[ABSENT_IN_LATIN.name].graded.reason == NOBODY


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ｎｇｕｙễn  Thị", "nguyen thi"), ("ﻣﺤﻤﺪ", words_of("محمد")), ("ﬁnn", "finn"), ("İLKER", "ilker"),
        ("O´Neill-Smith", "oneill smith"), ("Ƙasim Ɓello", "kasim bello"), ("王小明", "王 小 明"),
        ("Straße", "strasse"), ("Щербак", "shcherbak"), ("علی‌رضا", words_of("علیرضا")), ("राम", "राम"), ("123 !", ""),
    ],
)  # fmt: skip
def test_how_a_name_is_written_for_comparing(text: str, words: str) -> None:
    assert words_of(text) == words


def test_without_the_folding_a_fullwidth_name_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "words_of", lambda text: "".join(filter(str.isascii, text)).lower())
    row = ROWS[8]
    assert washed([row], tmp_path)[row.name].graded.grade is not Grade.PROBABLE
