"""The glossary names what is there, one row a term, in the order of the alphabet."""

import re
from pathlib import Path
from pkgutil import resolve_name

import pytest

GLOSSARY = Path(__file__).resolve().parent.parent / "docs" / "glossary.md"
CELLS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GLOSSARY.read_text().splitlines()
    if line.startswith("| ") and not line.startswith("| Term |")
]
CODE = [(cells[0], name) for cells in CELLS for name in re.findall(r"`([^`]+)`", cells[-1])]


@pytest.mark.parametrize(("term", "name"), CODE)
def test_what_a_term_names_in_the_code_is_there(term: str, name: str) -> None:
    assert resolve_name(name) is not None, term


def test_every_term_says_its_meaning_what_it_is_not_and_where_it_lives() -> None:
    assert len(CELLS) >= 50
    assert [cells[0] for cells in CELLS if len(cells) != 4 or not all(cells)] == []
    assert {cells[0] for cells in CELLS} == {term for term, _name in CODE}


def test_terms_stand_once_and_in_order() -> None:
    terms = [cells[0].casefold() for cells in CELLS]
    assert terms == sorted(set(terms))
