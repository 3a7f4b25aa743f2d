"""Police identifiers with their check letters. Numbers in, canonical text or a sentence out."""

import re

CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"  # 23 letters, no I, O or S

PNC = re.compile(r"^([0-9]{2}|[0-9]{4})/([0-9]{1,7})([A-Z])$")
CRO = re.compile(r"^([0-9]{1,6})/([0-9]{2})([A-Z])$")
CRO_SMALL_FILE = re.compile(r"^SF([0-9]{2})/([0-9]{1,5})([A-Z])$")

# The usual form only: a letter and six to eight digits, with or without a dependant's number.
HOME_OFFICE_REFERENCE = re.compile(r"^[A-Z][0-9]{6,8}(/[0-9]{1,2})?$")

PNC_DIGITS, CRO_DIGITS, SMALL_FILE_DIGITS = 7, 6, 5


def check_letter(year: str, serial: str, digits: int) -> str:
    """The letter for a two-digit year followed by the serial, zero-padded to `digits`."""
    return CHECK_LETTERS[int(year[-2:] + serial.zfill(digits)) % 23]


def normal_pnc(text: str, *, this_year: int) -> str:
    """Canonical `YYYY/NNNNNNNL`. Two-digit years not later than this year are 20xx.

    Raises ValueError with a sentence when the form or the check letter is wrong.
    """
    match = PNC.match(_squeezed(text))
    if not match:
        raise ValueError("Enter the PNC ID in the form 2019/1234567L, year first and a letter at the end.")
    year, serial, letter = match.groups()
    if check_letter(year, serial, PNC_DIGITS) != letter:
        raise ValueError("Check the PNC ID: its last letter does not agree with its numbers.")
    if len(year) == 2:
        century = 2000 if int(year) <= this_year % 100 else 1900
        year = str(century + int(year))
    return f"{year}/{serial.zfill(PNC_DIGITS)}{letter}"


def normal_cro(text: str) -> str:
    """Canonical CRO number, `NNNNNN/YYL` or `SFYY/NNNNNL`. Raises ValueError with a sentence."""
    squeezed = _squeezed(text)
    if match := CRO.match(squeezed):
        serial, year, letter = match.groups()
        digits, canonical = CRO_DIGITS, f"{serial.zfill(CRO_DIGITS)}/{year}{letter}"
    elif match := CRO_SMALL_FILE.match(squeezed):
        year, serial, letter = match.groups()
        digits, canonical = SMALL_FILE_DIGITS, f"SF{year}/{serial.zfill(SMALL_FILE_DIGITS)}{letter}"
    else:
        raise ValueError("Enter the CRO number in the form 123456/99L or SF99/12345M.")
    if check_letter(year, serial, digits) != letter:
        raise ValueError("Check the CRO number: its last letter does not agree with its numbers.")
    return canonical


def doubt_about_home_office_reference(text: str) -> str:
    """A sentence when the reference has an unusual form, else nothing. It warns and never refuses."""
    if not text or HOME_OFFICE_REFERENCE.match(_squeezed(text)):
        return ""
    return "The Home Office reference is not in its usual form, for example A1234567. Check it."


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text).upper()
