"""No cell of an export starts a formula."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.documents.exports import FORMULA_LEADS, safe_cell


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 7700",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r\n=1",
        "  =1",
        "＝1",
        "|calc",
        "%0A",
        "\u00a0=1",
        "\ufeff=1",
    ],
)
def test_text_that_would_start_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("value", ["Zelmanov", "5 = five", "", "a\n=1", 7, -7, None, date(2026, 11, 14)])
def test_everything_else_stays_as_it_is(value: object) -> None:
    assert safe_cell(value) == value


@given(st.text())
def test_no_text_leads_into_a_formula(text: str) -> None:
    safe = str(safe_cell(text))
    assert not safe.strip().startswith(FORMULA_LEADS)
    assert safe.removeprefix("'") == text.removeprefix("'")
