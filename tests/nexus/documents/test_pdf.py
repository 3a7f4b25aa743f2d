"""PDFs: tagged, marked on every page, and deaf to markup in what people typed."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader

from nexus.documents.pdf import render_pdf

DATA: dict[str, Any] = {
    "reference": "NHH-2026-000123",
    "made": "Made on 14 November 2026",
    "demonstration": True,
    "about": [["State", "Draft"]],
    "outcome": [],
    "sections": [
        {"title": f"Section {number}", "answers": [["What happened", "Line\n" * 20]], "tables": []}
        for number in range(6)
    ],
    "questions": [],
}


def made_with(*answers: list[str]) -> PdfReader:
    sections = [{"title": "Harm", "answers": list(answers), "tables": []}]
    return PdfReader(BytesIO(render_pdf("referrals/pdf/referral.typ", {**DATA, "sections": sections})))


def test_a_pdf_is_tagged_titled_and_marked_on_every_page() -> None:
    reader = PdfReader(BytesIO(render_pdf("referrals/pdf/referral.typ", DATA)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert reader.metadata is not None and reader.metadata.title == "Referral NHH-2026-000123"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert len(reader.pages) > 1
    assert all(page.extract_text().count("OFFICIAL-SENSITIVE") >= 2 for page in reader.pages)


def test_markup_in_an_answer_stays_text() -> None:
    typed = '#panic("x") $x^2$ *bold* = Heading \\ <label> @reference'
    text = made_with(["What", typed]).pages[0].extract_text()
    assert '#panic("x")' in text.replace("”", '"').replace("“", '"')
    assert "*bold*" in text


def test_a_name_no_font_has_still_gives_a_pdf() -> None:
    reader = made_with(["Family name", "Private use: \ue0f1"])
    assert "Family name" in reader.pages[0].extract_text()
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
