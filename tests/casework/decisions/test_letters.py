"""Letters and decision documents: the same words in the preview, the PDF and the DOCX, kept with their hashes."""

import hashlib
import io
from datetime import timedelta
from typing import Any

import docx
import pypdf
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from casework.decisions import actions
from casework.decisions.models import Decision, Letter, LetterTemplate
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import NOON, SERVICE, a_draft_decision, a_made_decision, a_user, an_assigned_case

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=6)


def make(decision: Decision, template: str = "notice", **changes: Any) -> Letter:
    values = {"by": decision.case.case_owner, "now": LATER, **changes}
    return actions.make_letter(decision_id=decision.pk, template=template, **values)


def words_of(letter: Letter) -> tuple[str, str]:
    """Without spaces, because a PDF breaks lines where it likes: the PDF's and the DOCX's."""
    pages = pypdf.PdfReader(io.BytesIO(bytes(letter.pdf))).pages
    document = docx.Document(io.BytesIO(bytes(letter.docx)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    header = document.sections[0].header.paragraphs[0].text
    in_docx = "".join([header, *(line.text for line in document.paragraphs), *cells])
    return "".join("".join(page.extract_text() for page in pages).split()), "".join(in_docx.split())


def assert_is_accessible(letter: Letter) -> None:
    """A tagged PDF with a tree, a language and a title; a DOCX with headings that are headings."""
    reader = pypdf.PdfReader(io.BytesIO(bytes(letter.pdf)))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"]["/K"]
    assert root["/Lang"].lower() == "en-gb" and reader.metadata
    title = letter.content["title"]
    assert reader.metadata.title and title in reader.metadata.title
    document = docx.Document(io.BytesIO(bytes(letter.docx)))
    headings = [
        line.text for line in document.paragraphs if line.style and line.style.name.startswith("Heading")
    ]
    assert headings == [title, *(block["heading"] for block in letter.content["blocks"] if block["heading"])]
    assert (document.core_properties.title, document.core_properties.language) == (title, "en-GB")
    assert document.sections[0].footer.paragraphs[0].text.startswith("OFFICIAL-SENSITIVE")


@pytest.mark.parametrize("template", LetterTemplate)
def test_both_files_say_the_same(template: LetterTemplate) -> None:
    letter = Letter.objects.get(pk=make(a_made_decision(an_assigned_case()), template).pk)
    pdf, in_docx = words_of(letter)
    assert_is_accessible(letter)
    said = [block["text"] for block in letter.content["blocks"]]
    said += [cell for block in letter.content["blocks"] for row in block["rows"] for cell in row]
    for text in [letter.content["title"], "OFFICIAL-SENSITIVE", *said]:
        assert "".join(text.split()) in in_docx
        assert "".join(text.split()) in pdf
    assert letter.pdf_hash == hashlib.sha256(bytes(letter.pdf)).hexdigest()
    assert letter.docx_hash == hashlib.sha256(bytes(letter.docx)).hexdigest()
    assert (letter.version, letter.content["version"]) == ("1", "1")


def test_internal_reasons_are_in_no_letter() -> None:
    decision = a_made_decision(an_assigned_case())
    for template in LetterTemplate:
        assert decision.reasons not in str(make(decision, template).content)


def test_serving_names_the_letter_and_its_hash() -> None:
    decision = a_made_decision(an_assigned_case())
    letter, reasons = make(decision), make(decision, "reasons")
    service = {**SERVICE, "letters": [letter, reasons], "document": ""}
    by = decision.case.case_owner
    served = actions.serve(decision_id=decision.pk, by=by, now=LATER, on=LATER.date(), **service)
    assert (served.served_document, served.served_hash) == (f"{letter}; {reasons}", letter.pdf_hash)
    assert set(served.served_letters.all()) == {letter, reasons}
    other = make(a_made_decision(an_assigned_case()))
    with pytest.raises(Refused, match="That letter belongs to another decision"):
        a = a_made_decision(an_assigned_case())
        actions.serve(
            decision_id=a.pk,
            by=a.case.case_owner,
            now=LATER,
            on=LATER.date(),
            **{**service, "letters": [other, reasons]},
        )


def test_not_from_a_draft_and_never_changed() -> None:
    with pytest.raises(Refused, match="Make a letter only from a decision that is made and still stands"):
        make(a_draft_decision(an_assigned_case()))
    letter = make(a_made_decision(an_assigned_case()))
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(version="2")
    with pytest.raises(DatabaseError), transaction.atomic():
        letter.delete()


def test_it_is_previewed_made_and_downloaded() -> None:
    decision = a_made_decision(an_assigned_case())
    reference, client = decision.case.referral.reference, Client()
    client.force_login(decision.case.case_owner)
    page = reverse("decisions:make_letter", args=[reference, decision.pk, "notice"])
    assert "He struck a shop worker on 4 March." in client.get(page).content.decode()
    assert not Letter.objects.exists()
    client.post(page)
    letter = Letter.objects.get()
    for kind, content in (("pdf", letter.pdf), ("docx", letter.docx)):
        answer = client.get(reverse("decisions:letter", args=[reference, letter.pk, kind]))
        assert answer.content == bytes(content)
        assert (
            f"official-sensitive-{reference.lower()}-notice-of-decision.{kind}"
            in answer["Content-Disposition"]
        )
    told = AuditEvent.objects.filter(kind="decision.letter_downloaded").order_by("pk")
    assert [event.detail["sha256"] for event in told] == [letter.pdf_hash, letter.docx_hash]
    assert client.get(reverse("decisions:letter", args=[reference, letter.pk, "exe"])).status_code == 404


def test_a_manager_makes_none() -> None:
    decision, client = a_made_decision(an_assigned_case()), Client()
    client.force_login(a_user(Role.MANAGER))
    page = reverse("decisions:make_letter", args=[decision.case.referral.reference, decision.pk, "notice"])
    assert client.get(page).status_code == 403
