"""Letters: the same words in the preview, the PDF and the DOCX; whole, the subject's own, and kept with their hashes."""

import hashlib
import io
import json
import re
from datetime import timedelta
from typing import Any

import docx
import pypdf
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from casework.decisions import actions
from casework.decisions.actions import letters as making
from casework.decisions.files import as_pdf
from casework.decisions.letters import content_of
from casework.decisions.letters.composing import body_words, sections_of
from casework.decisions.letters.languages import SPOKEN, languages_of
from casework.decisions.letters.paragraphs import STANDARD
from casework.decisions.letters.statements import NOT_PRINTED, NOTHING_TO_SAY, SENTENCES
from casework.decisions.letters.text import text_hash_of
from casework.decisions.models import Decision, Letter, LetterTemplate
from casework.decisions.rules.findings import names_a_crime
from casework.decisions.rules.law import QUESTIONS
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.confined import pages
from nexus.documents.pdf import ROOT
from nexus.refusals import Refused
from tests.builders import (
    NOON,
    SERVICE,
    a_draft_decision,
    a_made_decision,
    a_submitted_decision,
    a_user,
    an_assigned_case,
    read_in_full,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=6)
# Words of the office's own: none of them leaves it.
INTERNAL = (
    "Nexus",
    "High Harm",
    "OFFICIAL",
    "Share only",
    "template",
    "lawyer",
    "case-owner",
    "Written by the",
    "Administrative removal",
    "Does the decision rely",
    "Looked at: route",
    "Looked at: material",
)


def make(decision: Decision, template: str = "notice", **changes: Any) -> Letter:
    values = {"by": decision.case.case_owner, "now": LATER, **changes}
    return actions.make_letter(decision_id=decision.pk, template=template, **values)


def words_of(letter: Letter) -> tuple[str, str]:
    """The PDF's and the DOCX's, without spaces, because a PDF breaks lines where it likes."""
    reader = pypdf.PdfReader(io.BytesIO(bytes(letter.pdf)))
    document = docx.Document(io.BytesIO(bytes(letter.docx)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    parts = [part for section in document.sections for part in (section.header, section.footer)]
    around = [line.text for part in parts for line in part.paragraphs]
    in_docx = "".join([*around, *(line.text for line in document.paragraphs), *cells])
    return "".join("".join(page.extract_text() for page in reader.pages).split()), "".join(in_docx.split())


def roles_in(node: Any) -> set[str]:
    """The kinds of structure in a PDF's tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return set().union(*(roles_in(each) for each in node))
    if not isinstance(node, dict):
        return set()
    return {str(node.get("/S", ""))} | (roles_in(node["/K"]) if "/K" in node else set())


@pytest.fixture
def letters() -> list[Letter]:
    decision = a_made_decision(an_assigned_case(forenames="Besnik", surname="Hoxha"))
    return [make(decision, template) for template in LetterTemplate.values]


def test_the_pdf_and_the_docx_say_the_same_and_can_be_read_out(letters: list[Letter]) -> None:
    for letter in letters:
        pdf, in_docx = words_of(letter)
        body = [each for part in letter.content["sections"] for each in part["paragraphs"]]
        for text in [letter.content["title"], *(each["text"] for each in body), *letter.content["signature"]]:
            assert "".join(text.split()) in in_docx and "".join(text.split()) in pdf, text
        reader = pypdf.PdfReader(io.BytesIO(bytes(letter.pdf)))
        root: Any = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] and root["/Lang"].lower() == "en-gb" and reader.metadata
        assert reader.metadata.title == letter.content["title"]
        assert {"/H1", "/H2", "/P", "/Table"} <= roles_in(root["/StructTreeRoot"]["/K"])
        document = docx.Document(io.BytesIO(bytes(letter.docx)))
        styles = [line.style.name for line in document.paragraphs if line.style]
        assert styles.count("Heading 1") == 1
        assert styles.count("Heading 2") == len(letter.content["sections"])
        properties = document.core_properties
        assert (properties.title, properties.language, properties.author) == (
            letter.content["title"],
            "en-GB",
            "Home Office",
        )
        assert letter.pdf_hash == hashlib.sha256(bytes(letter.pdf)).hexdigest()
        assert letter.docx_hash == hashlib.sha256(bytes(letter.docx)).hexdigest()


def test_no_word_of_the_offices_own_leaves_it(letters: list[Letter]) -> None:
    for letter in letters:
        for words in words_of(letter):
            for canary in INTERNAL:
                assert "".join(canary.split()) not in words, canary


def test_sabotage_a_letter_that_prints_an_internal_answer_is_found(
    letters: list[Letter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        SENTENCES, ("route", "administrative_removal"), "The route is Administrative removal."
    )
    monkeypatch.setattr("casework.decisions.letters.composing.NOT_PRINTED", set())
    content = content_of(letters[0].decision, "notice", now=LATER)
    assert "Administrative removal" in str(content["sections"])


def test_a_notice_says_what_a_tribunal_looks_for() -> None:
    """Who, what, why, the right of appeal with its time, where and how, one stop, what follows, advice, whose decision."""
    decision = a_made_decision(an_assigned_case(forenames="Besnik", surname="Hoxha"))
    content = content_of(decision, "notice", now=LATER)
    words = str(content)
    for said in (
        "Besnik Hoxha",
        "Date of birth",
        "Nationality",
        "liable to be removed from the United Kingdom under section 10",
        "I also refuse your human rights claim of",
        "The findings outweigh the residence.",
        "Allegation 1. He struck a shop worker on 4 March.",
        "more likely than not that you did it",
        "The statement of the shop worker.",
        "Your removal is proportionate",
        "section 82(1)(b)",
        "not later than 14 days after this notice was sent",
        "Writing to us does not stop this time",
        "section 120",
        "You will not be removed before the time to appeal",
        "Immigration Advice Authority",
        "Information Commissioner",
        "On behalf of the Secretary of State for the Home Department",
    ):
        assert said in words, said
    numbers = [each["number"] for part in content["sections"] for each in part["paragraphs"]]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_human_rights_paragraphs_stand_in_the_order_of_the_questions() -> None:
    decision = a_draft_decision(an_assigned_case())
    (part,) = [each for each in sections_of(decision, "notice") if each.heading == "Human rights"]
    order = [name for name in QUESTIONS if any(key[0] == name for key in SENTENCES)]
    named = [
        next(
            name
            for name in order
            if each.text.startswith(tuple(SENTENCES[key] for key in SENTENCES if key[0] == name))
        )
        for each in part.paragraphs
    ]
    assert named == sorted(named, key=order.index) and len(named) == 8


def test_a_notice_that_carries_no_appeal_says_so_and_why() -> None:
    words = str(content_of(a_made_decision(an_assigned_case(), appealable="no_claim"), "notice", now=LATER))
    assert "You have no right of appeal against this decision." in words and "judicial review" in words
    assert "You may appeal to the First-tier Tribunal" not in words


def test_every_answer_that_a_subject_reads_has_its_sentence() -> None:
    missing = [
        (name, code)
        for name, question in QUESTIONS.items()
        if name not in NOT_PRINTED
        for code, _ in question.choices
        if (name, code) not in SENTENCES and (name, code) not in NOTHING_TO_SAY
    ]
    assert missing == []


def test_what_no_court_found_is_never_named_as_a_crime() -> None:
    assert names_a_crime("Assault occasioning actual bodily harm", "Assault occasioning actual bodily harm")
    assert names_a_crime("He is guilty of robbery.", "Robbery")
    assert not names_a_crime("You struck him twice.", "Robbery") and not names_a_crime("Robbery", "")


def test_the_decision_makers_own_reasons_are_in_the_notice() -> None:
    decision = a_made_decision(an_assigned_case())
    assert decision.reasons in str(make(decision).content)


def test_a_letter_bears_the_words_that_were_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    """A standard paragraph that changes between decision and letter stops it: what is decided is what is served."""
    decision = a_made_decision(an_assigned_case())
    assert decision.text_hash == text_hash_of(decision)
    changed = STANDARD["advice"].__class__("advice", "Where to get advice", "Ask somebody.", version="2")
    monkeypatch.setitem(STANDARD, "advice", changed)
    with pytest.raises(Refused, match="no longer those that were decided"):
        make(decision)
    monkeypatch.setattr(making, "reasons_not_as_decided", lambda decision: [])  # sabotage
    assert "Ask somebody." in str(make(decision).content)


def test_the_letters_are_written_and_read_before_review_and_what_changed_is_shown() -> None:
    case = an_assigned_case()
    decision, senior = a_submitted_decision(case), a_user(Role.SENIOR_CASEWORKER)
    client = Client()
    client.force_login(senior)
    where = [case.referral.reference, decision.pk]
    page = client.get(reverse("decisions:approve", args=where)).content.decode()
    assert (
        "The letters, as the subject reads them" in page and "Writing to us does not stop this time" in page
    )
    assert "is not approved by a lawyer" in page
    read_in_full(decision, senior, now=LATER)
    one: dict[str, Any] = {"decision_id": decision.pk, "now": LATER}
    actions.return_draft(**one, by=senior, reasons="Say where he may ask for advice in Leeds.")
    words = STANDARD["advice"].words.replace("a solicitor", "Leeds Law Centre, a solicitor")
    actions.write_letter(**one, by=case.case_owner, country="Kosovo", paragraphs={"advice": words})
    actions.submit(decision_id=decision.pk, by=case.case_owner, now=LATER + timedelta(hours=1))
    page = client.get(reverse("decisions:approve", args=where)).content.decode()
    assert "Changed against the standard (1)" in page
    assert re.search(r"<ins>[^<]*Leeds Law Centre", page)
    assert "You would be returned to Kosovo." in page
    assert "What changed since" in page


def test_a_standard_paragraph_keeps_what_is_filled_in() -> None:
    decision = a_draft_decision(an_assigned_case())
    one: dict[str, Any] = {"decision_id": decision.pk, "by": decision.drafted_by, "now": LATER}
    with pytest.raises(Refused, match="must keep {days}"):
        actions.write_letter(**one, paragraphs={"removal_window": "You are told before."})
    with pytest.raises(Refused, match="cannot be empty"):
        actions.write_letter(**one, paragraphs={"advice": " "})
    saved = actions.write_letter(**one, paragraphs={"advice": STANDARD["advice"].words})
    assert saved.letter["edits"] == {}, "the standard itself is no change"


def test_only_a_draft_has_its_letters_written() -> None:
    decision = a_made_decision(an_assigned_case())
    with pytest.raises(Refused, match="can no longer change"):
        actions.write_letter(
            decision_id=decision.pk, by=decision.case.case_owner, now=LATER, country="Kosovo"
        )
    with pytest.raises(DatabaseError, match="Only a draft"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(letter={"country": "Kosovo"})


def test_each_language_is_named_in_a_script_that_is_drawn() -> None:
    assert languages_of(["ALB", "IRQ"]) == ["Albanian (Shqip)", "Arabic (العربية)", "Kurdish (کوردی)"]
    content = content_of(a_draft_decision(an_assigned_case()), "notice", now=LATER)
    content["signature"] = languages_of(list(SPOKEN))
    made, is_accessible = pages.rendered(
        ROOT, "casework/decisions/pdf/letter.typ", {"data": json.dumps(content)}, tagged=True
    )
    assert is_accessible and as_pdf(content) and made


def test_serving_names_the_letters_and_their_hash() -> None:
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
        assert f'filename="{reference.lower()}-notice-of-decision.{kind}"' in answer["Content-Disposition"]
        asked = {"If-None-Match": answer["ETag"]}
        again = client.get(f"/api/v1/cases/{reference}/letters/{letter.pk}/{kind}/", headers=asked)
        assert again.status_code == 304  # and no entry says that it was given out again
    told = AuditEvent.objects.filter(kind="decision.letter_downloaded").order_by("pk")
    assert [event.detail["sha256"] for event in told] == [letter.pdf_hash, letter.docx_hash]
    assert client.get(reverse("decisions:letter", args=[reference, letter.pk, "exe"])).status_code == 404


def test_the_words_of_a_letter_are_the_same_whenever_they_are_asked() -> None:
    decision = a_draft_decision(an_assigned_case())
    assert body_words(decision) == body_words(Decision.objects.get(pk=decision.pk))


def test_a_manager_makes_none() -> None:
    decision, client = a_made_decision(an_assigned_case()), Client()
    client.force_login(a_user(Role.MANAGER))
    page = reverse("decisions:make_letter", args=[decision.case.referral.reference, decision.pk, "notice"])
    assert client.get(page).status_code == 403
