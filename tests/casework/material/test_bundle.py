"""The bundle for the tribunal: what is in it, and that its index tells the truth."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
import typst
from django.urls import reverse
from pypdf import PdfReader

from casework.material import actions, printing
from casework.material.actions.checking import Judgement
from casework.material.models import Material
from casework.models import Case
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.confined.running import Failed
from nexus.documents import actions as documents
from nexus.documents.models import Scan, StoredFile
from nexus.documents.scanning import EICAR
from tests.builders import a_user, an_assigned_case
from tests.casework.desk import signed_in
from tests.casework.material.builders import (
    NOW,
    answers_of,
    approve,
    attached,
    by_owner,
    check,
    checked,
    commissioned,
    fresh,
    owner_of,
    read,
    requested,
    sent,
)
from tests.nexus.confined.corpus import DEEP
from tests.nexus.confined.files import a_package, a_png, locked
from tests.nexus.confined.files import a_pdf as hand_written_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_same_day")]


def a_pdf(words: str) -> bytes:
    return typst.compile(
        f"#set document(title: [P])\n= {words}\n#pagebreak()\nSecond page".encode(), format="pdf"
    )


def test_the_bundle_holds_what_is_approved_and_may_be_disclosed() -> None:
    material = commissioned()
    attached(material, "report.pdf", a_pdf("Crime report"))
    attached(material, "log.txt", b"The custody log.")
    attached(material, "secret.txt", b"Not for anybody.")
    attached(material, "sheet.csv", b"a,b\n1,2\n")
    version = sent(material, "I am a constable.\n\nNot for the public.\n\nI saw Anna Bell there.")
    given = answers_of(version, said={2: Judgement("no"), 3: Judgement("redacted", "Anna Bell")})
    hidden = version.ask.records.get(description="Record secret.txt")
    given["records"][hidden.pk] = False
    actions.check_statement(material_id=material.pk, by=owner_of(material), now=NOW, **given)
    senior = a_user(Role.SENIOR_CASEWORKER)
    read(material, senior)
    actions.approve(material_id=material.pk, by=senior, now=NOW, reasons="Fit to be relied on.")
    answer = signed_in(senior).get(reverse("material:bundle", args=[material.case.referral.reference]))
    pages = [each.extract_text() for each in PdfReader(io.BytesIO(answer.content)).pages]
    whole = "\n".join(pages)
    assert all("OFFICIAL-SENSITIVE" in each and f"of {len(pages)}" in each for each in pages)
    assert "Index" in pages[0] and "Record log.txt" in pages[0]
    assert "1. I am a constable." in whole.replace("1.\n", "1. ") and "3." in whole
    assert "Not for the public" not in whole and "Anna Bell" not in whole and "[redacted]" in whole
    assert "Crime report" in whole and "Second page" in whole and "The custody log." in whole
    assert "Not for anybody." not in whole and version.sha256 not in whole.replace("\n", "")
    assert AuditEvent.objects.get(kind="material.bundled").detail == {"material": [material.pk]}


def deep_pdf() -> bytes:
    return hand_written_pdf(resources=b"<</X " + b"[" * DEEP + b"]" * DEEP + b">>")


def bundled(attachments: dict[str, bytes]) -> str:
    """The words of a bundle with these records, all to be disclosed."""
    material = commissioned()
    for name, content in attachments.items():
        attached(material, name, content)
    sent(material, "I am a constable.")
    return bundle_of(approve(check(fresh(material))))


def bundle_of(material: Material) -> str:
    """The words of this material's bundle."""
    path = reverse("material:bundle", args=[material.case.referral.reference])
    answer = signed_in(owner_of(material)).get(path)
    assert answer.status_code == 200
    return " ".join(
        " ".join(each.extract_text().split()) for each in PdfReader(io.BytesIO(answer.content)).pages
    )


HOSTILE = {
    "deep.pdf": (deep_pdf(), "the program that opens it breaks off"),
    "many.pdf": (hand_written_pdf(pages=3_000), "it has more than 500 pages"),
    "bomb.png": (a_png(30_000, 30_000, colour=0), "it is a picture of more than 50 million pixels"),
    "locked.pdf": (locked(hand_written_pdf()), "it is locked with a password"),
    "long.txt": (b"x" * 200_001, "it is too long"),
    "sheet.xlsx": (a_package({"xl/workbook.xml": b"<x/>"}), "files of this kind are not shown"),
}


def test_a_record_that_cannot_be_shown_is_listed_with_why_and_the_bundle_is_made() -> None:
    words = bundled(
        {"log.txt": b"The custody log."} | {name: content for name, (content, _) in HOSTILE.items()}
    )
    assert "The custody log." in words and "Not in this file." in words
    for name, (_, reason) in HOSTILE.items():
        assert f"Record {name} ({name}): {reason}" in words


def test_a_record_refused_by_the_virus_check_is_listed_too() -> None:
    material = commissioned()
    attached(material, "virus.txt", EICAR)
    attached(material, "log.txt", b"The custody log.")
    sent(material, "I am a constable.")
    approve(check(fresh(material)))
    StoredFile.objects.filter(name="virus.txt").update(scan=Scan.REFUSED)
    words = bundle_of(material)
    assert "(virus.txt): the virus check refused it" in words and "The custody log." in words


def test_records_that_cannot_be_printed_together_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each was fine alone; the bundle is made all the same, without them."""
    pages = {"one.pdf": hand_written_pdf(), "two.pdf": hand_written_pdf()}
    rendered = printing.render_pdf

    def failing(template: str, data: dict[str, Any], files: dict[str, Any]) -> bytes:
        if files:
            raise Failed("crash")
        return rendered(template, data, files)

    monkeypatch.setattr(printing, "render_pdf", failing)
    words = bundled(pages)
    assert "I am a constable." in words
    assert all(f"({name}): it cannot be printed together with the others" in words for name in pages)


def test_without_its_own_look_at_each_record_the_bundle_would_lose_the_good_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Sabotage: with nothing known of the hostile record, all drawn ones have to go."""

    def trusting(file: StoredFile) -> str:
        file.pages = 1
        return ""

    monkeypatch.setattr(printing, "reason_not_printed", trusting)
    monkeypatch.setattr(printing, "looked_at_again", printing.all_left_out)
    words = bundled({"deep.pdf": HOSTILE["deep.pdf"][0], "good.pdf": hand_written_pdf()})
    assert "(good.pdf): it cannot be printed together" in words


def test_who_attached_it_reads_that_it_is_not_printed() -> None:
    material = commissioned()
    attached(material, "bomb.png", HOSTILE["bomb.png"][0])
    file = StoredFile.objects.get(name="bomb.png")
    documents.scan(file_id=file.pk, now=NOW)
    documents.measure(file_id=file.pk)
    page = signed_in(a_user(Role.FORCE_LEAD)).get(reverse("material:asked_detail", args=[material.pk]))
    assert (
        "Not printed in the bundle, because it is a picture of more than 50 million pixels."
        in page.content.decode()
    )


def told_pages(reader: PdfReader) -> list[tuple[str, int]]:
    """Every bookmark with the number of its page."""

    def walk(found: list[Any]) -> Iterator[tuple[str, int]]:
        for each in found:
            if isinstance(each, list):
                yield from walk(each)
            else:
                yield each.title, (reader.get_destination_page_number(each) or 0) + 1

    return list(walk(reader.outline))


def test_the_index_the_bookmarks_and_the_pages_agree() -> None:
    """Two statements, long enough to run over pages, one record with the first, a PDF and a text with the second."""
    case = an_assigned_case()
    for title in ("Assaults", "Threats"):
        material = by_owner("commission", by_owner("review_summary", summarised_for(case, title)))
        if title == "Threats":
            attached(material, "report.pdf", a_pdf("Crime report"))
            attached(material, "log.txt", b"The log.\n" * 120)
        sent(material, "\n\n".join(f"{number}. I saw it. " + "It was late. " * 60 for number in range(1, 9)))
        approve(check(fresh(material)))
    answer = signed_in(case.case_owner).get(reverse("material:bundle", args=[case.referral.reference]))
    reader = PdfReader(io.BytesIO(answer.content))
    pages = [each.extract_text() for each in reader.pages]
    bookmarks = told_pages(reader)[2:]  # after the title and the index itself
    records = ["Record report.pdf", "Record log.txt"]
    assert [title for title, _ in bookmarks] == ["Assaults", "Crime report 0", "Threats", *records]
    assert [number for _, number in bookmarks] == sorted({number for _, number in bookmarks})
    for title, number in bookmarks:
        assert re.search(rf"{re.escape(title)}[ .]*{number}\b", pages[0]), title
        assert title in pages[number - 1] and f"page {number} of {len(pages)}" in pages[number - 1]
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en-GB" and "/StructTreeRoot" in root


def summarised_for(case: Case, title: str) -> Material:
    material = requested(case=case, title=title)
    sent(material, "Enough.")
    return fresh(material)


def test_without_approved_material_there_is_no_bundle() -> None:
    material = checked()
    path = reverse("material:bundle", args=[material.case.referral.reference])
    answer = signed_in(owner_of(material)).get(path)
    assert answer.status_code == 409 and "nothing to bundle" in answer.content.decode()


def test_words_redacted_once_are_gone_from_every_paragraph_title_and_name() -> None:
    """However they are written; and the hash that is printed confirms no guess of them."""
    material = commissioned(title="What Anna Bell saw")
    attached(material, "Anna Bell.txt", b"Seen by ANNA  BELL.")
    version = sent(material, "I am a constable.\n\nI saw Anna Bell.\n\nANNA BELL and anna-bell’s son.")
    given = answers_of(version, said={2: Judgement("redacted", "Anna Bell")})
    actions.check_statement(material_id=material.pk, by=owner_of(material), now=NOW, **given)
    words = bundle_of(approve(fresh(material)))
    assert "bell" not in words.lower() and words.count("[redacted]") >= 4
    assert version.sha256 not in words.replace(" ", "")
