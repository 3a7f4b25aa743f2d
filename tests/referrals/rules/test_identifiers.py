"""PNC IDs and CRO numbers: their forms, their check letters, and the one spelling that is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.identifiers import CHECK_LETTERS, check_letter, normal_cro, normal_pnc


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("99/123456X", "1999/0123456X"),
        ("1999/0123456X", "1999/0123456X"),
        ("1999/1234567B", "1999/1234567B"),
        ("20/9N", "2020/0000009N"),
        ("2020/9N", "2020/0000009N"),
        ("21/9999M", "2021/0009999M"),
        (" 20/9n ", "2020/0000009N"),
        ("20 / 9 N", "2020/0000009N"),
    ],
)
def test_valid_pnc_ids(typed: str, kept: str) -> None:
    assert normal_pnc(typed, this_year=2026) == kept


@pytest.mark.parametrize("typed", ["20/9Z", "1999/1234567A", "99/123456Y", "2020/10N"])
def test_a_wrong_check_letter_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match="its last letter does not agree with its numbers"):
        normal_pnc(typed, this_year=2026)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "/",
        "20/N",
        "20/9",
        "9N",
        "20-9N",
        "020/9N",
        "20/12345678N",
        "20/9NN",
        "２０/9N",
        "SF99/12345M",
        "abc",
    ],
)
def test_what_is_no_pnc_id(typed: str) -> None:
    with pytest.raises(ValueError, match="Enter the PNC ID in the form"):
        normal_pnc(typed, this_year=2026)


@pytest.mark.parametrize(("year", "century"), [(26, 2026), (25, 2025), (0, 2000), (27, 1927), (99, 1999)])
def test_two_digit_years_not_later_than_this_are_20xx(year: int, century: int) -> None:
    letter = check_letter(f"{year:02}", "9", 7)
    assert normal_pnc(f"{year:02}/9{letter}", this_year=2026).startswith(f"{century}/")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("123456/99L", "123456/99L"),
        ("1234/88P", "001234/88P"),
        ("SF99/12345M", "SF99/12345M"),
        ("SF11/1C", "SF11/00001C"),
        ("sf 11/1c", "SF11/00001C"),
    ],
)
def test_valid_cro_numbers(typed: str, kept: str) -> None:
    assert normal_cro(typed) == kept


@pytest.mark.parametrize("typed", ["123456/99M", "1234/88Q", "SF99/12345N", "SF11/1D"])
def test_a_wrong_cro_letter_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match="its last letter does not agree with its numbers"):
        normal_cro(typed)


@pytest.mark.parametrize(
    "typed", ["", "99/123456X1", "1234567/99L", "SF99/123456M", "SF9/1C", "123456/1999L"]
)
def test_what_is_no_cro_number(typed: str) -> None:
    with pytest.raises(ValueError, match="Enter the CRO number in the form"):
        normal_cro(typed)


@given(year=st.integers(1950, 2026), serial=st.integers(0, 9_999_999))
def test_every_spelling_of_one_pnc_id_is_kept_alike(year: int, serial: int) -> None:
    letter = check_letter(str(year), str(serial), 7)
    kept = normal_pnc(f"{year}/{serial}{letter}", this_year=2026)
    assert kept == f"{year}/{serial:07}{letter}"
    assert normal_pnc(kept, this_year=2026) == kept
    if year > 1926:
        assert normal_pnc(f"{year % 100:02}/{serial}{letter.lower()}", this_year=2026) == kept


@given(year=st.integers(0, 99), serial=st.integers(0, 9_999_999), wrong=st.sampled_from(CHECK_LETTERS))
def test_one_letter_only_fits(year: int, serial: int, wrong: str) -> None:
    right = check_letter(f"{year:02}", str(serial), 7)
    fits = True
    try:
        normal_pnc(f"{year:02}/{serial}{wrong}", this_year=2026)
    except ValueError:
        fits = False
    assert fits == (wrong == right)


@given(st.text(max_size=20))
def test_any_text_gives_a_number_or_a_sentence(typed: str) -> None:
    for normal in (lambda text: normal_pnc(text, this_year=2026), normal_cro):
        try:
            kept = normal(typed)
        except ValueError as trouble:
            assert str(trouble).endswith(".")
        else:
            assert kept.isascii()
