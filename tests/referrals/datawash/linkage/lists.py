"""Lists good and hostile, made by a few lines: text of any encoding, and workbooks part by part."""

from tests.nexus.confined.files import Made, a_package

HEADINGS = ("force_row_ref", "surname", "forenames", "dob")
ONE = ("R1", "Brzozowska", "Żaneta", "1985-07-31")
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = ",".join(HEADINGS) + "\n"
GOOD = ",".join(ONE) + "\n"


def letters(column: int) -> str:
    """A to XFD."""
    found, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def cell(at: str, value: object, style: str = "") -> str:
    """A cell as its value asks: text inside it, a number, or nothing but its style."""
    if value is None:
        return f'<c r="{at}"{style}/>'
    if isinstance(value, int | float):
        return f'<c r="{at}"{style}><v>{value}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'


def row(number: int, *values: object, hidden: bool = False, dates: tuple[int, ...] = ()) -> str:
    """A row; the columns of `dates` show their number as a date."""
    said = ' hidden="1"' if hidden else ""
    cells = "".join(
        cell(f"{letters(at)}{number}", value, ' s="1"' if at in dates else "")
        for at, value in enumerate(values)
    )
    return f'<row r="{number}"{said}>{cells}</row>'


def sheet(*rows: str, before: str = "", after: str = "") -> str:
    return (
        f'<worksheet xmlns="{SPREADSHEET}">{before}<sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'
    )


LIST = sheet(row(1, *HEADINGS), row(2, *ONE))
STYLES = (
    f'<styleSheet xmlns="{SPREADSHEET}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)


def a_workbook(
    sheets: dict[str, str],
    *,
    hidden: tuple[str, ...] = (),
    texts: str = "",
    properties: str = "",
    more: dict[str, bytes] | None = None,
) -> bytes:
    """An XLSX of these sheets."""
    named = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
        for at, name in enumerate(sheets, start=1)
    )
    targets = "".join(
        f'<Relationship Id="rId{at}" Target="worksheets/sheet{at}.xml"/>' for at in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}">{properties}<sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{targets}</Relationships>",
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{at}.xml": each for at, each in enumerate(sheets.values(), start=1)},
    }
    if texts:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{SPREADSHEET}">{texts}</sst>'
    return a_package({name: content.encode() for name, content in parts.items()} | (more or {}))


def of_sheet(content: str) -> bytes:
    return a_workbook({"List": content})


DIMENSION = '<dimension ref="A1:B2"/>'
WIDE = "".join(f'<row r="{at}"><c r="XFD{at}"><v>1</v></c></row>' for at in range(2, 2_002))
ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DEEP = "<row>" * 20_000

# How each ends: a word of files.REFUSALS; with none it is read.
LISTS = (
    Made("good.csv", lambda: (HEAD + GOOD).encode()),
    Made("a hundred thousand rows.csv", lambda: (HEAD + "".join(f"R{at},A,B,1985\n" for at in range(100_000))).encode()),
    Made("one row more.csv", lambda: (HEAD + "".join(f"R{at},A,B,1985\n" for at in range(100_001))).encode(), "rows"),
    Made("three million columns.csv", lambda: b"c," * 3_000_000, "line"),
    Made("three hundred columns.csv", lambda: b"c," * 300, "columns"),
    Made("a quote never closed.csv", lambda: (HEAD + '"' + "x\n" * 200_000).encode(), "csv"),
    Made("a cell of ten million.csv", lambda: (HEAD + "x" * 10_000_000).encode(), "line"),
    Made("noughts.csv", lambda: bytes(1_000_000), "nul"),
    Made("nothing but blank lines.csv", lambda: b"\n" * 1_000_000, "empty"),
    Made("an old workbook.csv", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old"),
    Made("a locked workbook.xlsx", lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
    Made("good.xlsx", lambda: of_sheet(LIST)),
    Made("a wrong dimension.xlsx", lambda: of_sheet(sheet(row(1, *HEADINGS), row(2, *ONE), before=DIMENSION))),
    Made("two thousand rows in the last column.xlsx", lambda: of_sheet(sheet(row(1, *HEADINGS), WIDE))),
    Made("headings in the last column.xlsx", lambda: of_sheet(sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')), "columns"),
    Made("a million styled rows.xlsx", lambda: of_sheet(sheet(row(1, *HEADINGS), row(2, *ONE), '<row><c s="1"/></row>' * 1_000_000))),
    Made("seven million empty texts.xlsx", lambda: a_workbook({"List": LIST}, texts="<si/>" * 7_000_000), "texts"),
    Made("one text of ninety million.xlsx", lambda: a_workbook({"List": LIST}, texts=f"<si><t>{'x' * 90_000_000}</t></si>")),
    Made("a text that is not there.xlsx", lambda: of_sheet(sheet('<row r="1"><c r="A1" t="s"><v>9</v></c></row>')), "damaged"),
    Made("unpacks to 150 MB.xlsx", lambda: a_workbook({"List": LIST}, more={"xl/more.xml": bytes(150_000_000)}), "large"),
    Made("two thousand parts.xlsx", lambda: a_workbook({"List": LIST}, more={f"xl/{at}": b"" for at in range(2_000)}), "large"),
    Made("macros.xlsx", lambda: a_workbook({"List": LIST}, more={"xl/vbaProject.bin": b"x"}), "macros"),
    Made("an entity outside.xlsx", lambda: of_sheet(ENTITY + LIST), "entities"),
    Made("rows in rows.xlsx", lambda: of_sheet(sheet(DEEP + "</row>" * 20_000)), "empty"),
    Made("rows without end.xlsx", lambda: of_sheet(sheet(DEEP)), "damaged"),
    Made("no workbook.xlsx", lambda: a_package({"word/document.xml": b"<x/>"}), "damaged"),
    Made("cut.xlsx", lambda: of_sheet(LIST)[:-100], "damaged"),
    Made("all hidden.xlsx", lambda: a_workbook({"List": LIST}, hidden=("List",)), "hidden"),
    Made("two lists.xlsx", lambda: a_workbook({"One": LIST, "Two": LIST}), "sheets"),
    Made("no list.xlsx", lambda: a_workbook({"One": sheet(row(1, "a")), "Two": sheet(row(1, "b"))}), "headings"),
    Made("an empty sheet.xlsx", lambda: of_sheet(sheet()), "empty"),
)  # fmt: skip
