"""What may stand in a cell of a file that people open in a spreadsheet."""

from typing import Any

MARKING = "OFFICIAL-SENSITIVE"
HANDLING = "Share only with people who need it for this work."
BOM = "\ufeff"  # without it Excel reads a CSV in the machine's own alphabet
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
# What makes a spreadsheet take a cell for a formula or a command, full-width forms included.
FORMULA_LEADS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%")
APOSTROPHE = "'"


def safe_cell(value: object) -> object:
    """The value as a cell may hold it: text that would start a formula gets an apostrophe before it.

    Blanks and control characters before the lead do not hide it, because spreadsheets skip them.
    Numbers, dates and booleans are not text and stay as they are.
    """
    if not isinstance(value, str):
        return value
    bare = value.lstrip("".join(map(chr, range(33))) + "\u00a0\ufeff\u200b")
    return APOSTROPHE + value if bare.startswith(FORMULA_LEADS) else value


def bare_cell(text: str) -> str:
    """What `safe_cell` made safe, as it was before: a file that we gave out comes back."""
    bare = text[1:]
    return bare if text.startswith(APOSTROPHE) and safe_cell(bare) != bare else text


def marked(sheet: Any) -> Any:
    """An XLSX sheet with the marking on each printed page, one page wide."""
    sheet.set_header(f"&C&B{MARKING}")
    sheet.set_footer(f"&C{MARKING} – page &P of &N")
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    return sheet
