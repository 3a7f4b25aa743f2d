"""A letter's content as files: a tagged PDF by typst and a DOCX by python-docx (MIT), with the same words.

Neither bears the marking of the service: what leaves the office belongs to whom it is addressed.
"""

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from nexus.documents.pdf import render_pdf

DEMONSTRATION = "This is a demonstration. All people, cases and events in it are invented."


def as_pdf(content: dict[str, Any]) -> bytes:
    """Tagged, from templates/casework/decisions/pdf/letter.typ."""
    return render_pdf("casework/decisions/pdf/letter.typ", content)


def as_docx(content: dict[str, Any]) -> bytes:
    """On A4, with real headings and lists, page numbers, and title and language set."""
    document = Document()
    _properties(document, content["title"])
    _page(document, f"{content['reference']} – {content['title']}, {content['date']}")
    if content["demonstration"]:
        document.add_paragraph(DEMONSTRATION)
    document.add_paragraph("\n".join(content["office"])).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("\n".join(content["addressee"]))
    document.add_paragraph(content["date"])
    document.add_heading(content["title"], level=1)
    _references(document, content["references"])
    for section in content["sections"]:
        document.add_heading(section["heading"], level=2)
        for paragraph in section["paragraphs"]:
            _paragraph(document, paragraph)
    document.add_paragraph(
        "Yours sincerely\n\n\n" + "\n".join(content["signature"])
    ).paragraph_format.keep_together = True
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _properties(document: Any, title: str) -> None:
    core = document.core_properties
    core.title, core.author, core.language, core.comments = title, "Home Office", "en-GB", ""
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    style.element.get_or_add_rPr().append(language)


def _page(document: Any, footer: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    line = section.footer.paragraphs[0]
    line.add_run(f"{footer} – page ")
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = line.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _references(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=1, cols=2)
    table.style = "Table Grid"
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "About", "This letter"
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for label, value in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value


def _paragraph(document: Any, paragraph: dict[str, Any]) -> None:
    """Its number stands in its text, so that it is cited alike on paper and on the screen."""
    line = document.add_paragraph(f"{paragraph['number']}.\t{paragraph['text']}")
    line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Mm(10), Mm(-10)
    for item in paragraph["items"]:
        document.add_paragraph(item, style="List Bullet")
