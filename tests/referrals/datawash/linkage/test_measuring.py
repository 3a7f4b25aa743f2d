"""What the benchmark draws and how it counts, on lists small enough to check by eye."""

from collections import Counter

import duckdb
import pytest
from django.core.management import CommandError, call_command

from referrals.datawash.linkage import figures, kinds, measuring
from referrals.datawash.linkage.generator import Subject, generate_list, generate_register
from referrals.datawash.linkage.measuring import Pair
from referrals.datawash.linkage.model import training_seed
from referrals.datawash.linkage.writing import words_of

EVERY_KIND = {*kinds.WRITTEN, kinds.RELATIVE}


@pytest.fixture(scope="module")
def subjects() -> list[Subject]:
    with duckdb.connect() as connection:
        generate_register(connection, "people", 4000, seed=31)
        return generate_list(connection, "people", 1500, seed=31)


def test_the_generator_grows_rotations_commas_scripts_one_name_and_relatives(subjects: list[Subject]) -> None:
    drawn = Counter(subject.kind for subject in subjects)
    assert set(drawn) == EVERY_KIND
    for subject in subjects:
        surname, forenames, aliases = (subject.row[key] for key in ("surname", "forenames", "aliases"))
        assert bool(aliases) == (", " in aliases)
        match subject.kind:
            case kinds.ROTATION:
                assert len(f"{surname} {forenames}".split()) > 2
            case kinds.COMMA:
                assert aliases.split(",")[0].isupper() or not aliases.isascii()
            case kinds.ONE_NAME:
                assert not (surname and forenames)
            case kinds.SCRIPT:
                assert not f"{surname}{forenames}".isascii()
            case kinds.RELATIVE:
                assert not subject.person_id


def test_the_same_seed_draws_the_same_list(subjects: list[Subject]) -> None:
    with duckdb.connect() as connection:
        generate_register(connection, "people", 4000, seed=31)
        assert generate_list(connection, "people", 1500, seed=31) == subjects


def test_other_letters_are_the_same_name_for_the_comparison() -> None:
    assert words_of("Ｋｏｗａｌｓｋｉ") == words_of("Kowalski")
    assert words_of(kinds._presented("محمد حسين")) == words_of("محمد حسين")
    assert words_of(kinds._cyrillic("Kovalenko")) == "kovalenko"


def _subject(person: str, kind: str) -> Subject:
    return Subject({}, person, "Polish", kind)


def test_recall_is_counted_by_tradition_and_by_kind_and_at_a_precision() -> None:
    subjects = [
        _subject("P1", "rotation"),
        _subject("P2", "rotation"),
        _subject("P3", "script"),
        _subject("", "relative"),
    ]
    scored = [Pair(0, 0.9, True), Pair(3, 0.8, False), Pair(2, 0.7, True)]
    assert measuring.recall_by(scored, subjects, 0.5, "kind") == {"rotation": 0.5, "script": 1.0}
    assert measuring.recall_by(scored, subjects, 0.5, "tradition") == {"Polish": pytest.approx(2 / 3)}
    assert measuring.recall_at(scored, subjects, 0.98) == pytest.approx(1 / 3)
    apart = figures.of_quality(scored, subjects)[-1]
    assert apart.missed and apart.measured == 0.5


def test_no_figure_comes_from_the_people_the_model_was_trained_on() -> None:
    with pytest.raises(CommandError, match="measure it with another"):
        call_command("bench", "datawash", "--seed", str(training_seed()))
