"""The bundle for the tribunal: what is in it, and that its index tells the truth."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
import typst
from django.urls import reverse
from pypdf import PdfReader

from casework.material import actions
from casework.material.actions.checking import Judgement
from casework.material.models import Material
from casework.models import Case
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
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
    assert "Not for anybody." not in whole and version.sha256 in whole.replace("\n", "")
    assert AuditEvent.objects.get(kind="material.bundled").detail == {"material": [material.pk]}


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
