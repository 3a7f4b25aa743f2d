"""A letter's content as files: a tagged PDF by typst and a DOCX by python-docx (MIT), with the same words."""

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from nexus.documents.exports import HANDLING, MARKING
from nexus.documents.pdf import render_pdf

DEMONSTRATION = "This is a demonstration. All people, cases and events in it are invented."


def as_pdf(content: dict[str, Any]) -> bytes:
    """Tagged, from templates/casework/decisions/pdf/letter.typ."""
    return render_pdf("casework/decisions/pdf/letter.typ", content)


def as_docx(content: dict[str, Any]) -> bytes:
    """With real headings and tables, the marking on each page, and title and language set."""
    document = Document()
    document.core_properties.title = content["title"]
    document.core_properties.author = "Operation Nexus – High Harm"
    document.core_properties.language = "en-GB"
    section = document.sections[0]
    for place in (section.header, section.footer):
        place.paragraphs[0].text = f"{MARKING} {HANDLING}"
        place.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    if content["demonstration"]:
        document.add_paragraph(DEMONSTRATION)
    document.add_heading(content["title"], level=1)
    _table(document, content["about"])
    for block in content["blocks"]:
        if block["heading"]:
            document.add_heading(block["heading"], level=block["level"])
        if block["text"]:
            document.add_paragraph(block["text"])
        if block["rows"]:
            _table(document, block["rows"])
    if content["note"]:
        document.add_paragraph(content["note"])
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for left, right in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = left, right
