"""What may stand in a cell of a file that people open in a spreadsheet."""

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
