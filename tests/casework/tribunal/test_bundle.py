"""The bundle of a hearing: chosen, ordered, made in the worker, kept, and what it must never show."""

import io
import re
from typing import Any

import pytest
import typst
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from casework.material import actions as material_actions
from casework.material.actions.checking import Judgement
from casework.tribunal import actions, binding, content
from casework.tribunal.models import BundleVersion
from casework.tribunal.rules import SECTIONS
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.confined.running import Failed
from nexus.documents.models import StoredFile
from nexus.documents.places import place
from nexus.refusals import Refused
from tests.builders import a_user
from tests.casework.desk import signed_in
from tests.casework.tribunal.builders import (
    NOW,
    a_bundle,
    a_convicted_person,
    a_document,
    a_hearing,
    a_statement,
    case_of,
    chosen,
    content_of,
    made,
    reader_of,
    words_of,
)
from tests.nexus.confined.files import a_pdf as hand_written_pdf
from tests.nexus.confined.files import a_png, locked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_same_day")]


def a_pdf(*pages: str, flipped: bool = False) -> bytes:
    text = "\n#pagebreak()\n".join(pages)
    head = '#set document(title: "P")\n#set page(paper: "a4", flipped: ' + str(flipped).lower() + ")\n"
    return typst.compile((head + text).encode(), format="pdf")


def advised(material: Any) -> None:
    """Specialist Appeals have advised on the approved version."""
    one = {"material_id": material.pk, "now": NOW}
    owner = material.case.case_owner
    material_actions.rely_on(**one, by=owner)
    material_actions.ask_for_appeals_review(**one, by=owner, question="An appeal is lodged.")
    appeals = a_user(Role.SPECIALIST_APPEALS)
    material_actions.advise(**one, by=appeals, issues="None that matters.", advice="It may be relied on.")


def test_a_conviction_led_hearing_has_its_bundle_without_any_statement() -> None:
    hearing = a_hearing()
    a_convicted_person(case_of(hearing))
    version = made(a_bundle(hearing), is_final=True)
    pages = words_of(version)
    whole = " ".join(pages)
    assert version.state == "made" and version.pages == len(pages)
    for words in (
        "IN THE FIRST-TIER TRIBUNAL",
        "Appellant",
        "Respondent",
        "Index",
        "Schedule of convictions",
    ):
        assert words in whole, words
    for section in ("decision", "grounds", "convictions", "chronology", "authorities"):
        assert f"{SECTIONS[section].letter}. {SECTIONS[section].title}" in whole
    assert all(f"{number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))
    assert all("Hearing on 3 December 2026" in page for page in pages)
    assert "PC Ashdown, on the assault" in whole  # the witness list
    assert "Share only with people who need it" not in " ".join(pages[:2])  # it leaves the office unmarked
    assert AuditEvent.objects.filter(kind="bundle.finished").count() == 1


def bookmarks_of(reader: PdfReader) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []

    def walk(outline: list[Any]) -> None:
        for each in outline:
            if isinstance(each, list):
                walk(each)
            else:
                found.append((each.title, (reader.get_destination_page_number(each) or 0) + 1))

    walk(reader.outline)
    return found


def links_of(reader: PdfReader) -> set[int]:
    """The pages to which the index leads."""
    named = reader.named_destinations
    found = set()
    for page in reader.pages[:4]:
        for each in page.get("/Annots", []):
            target = each.get_object().get("/Dest") or each.get_object().get("/A", {}).get("/D")
            if isinstance(target, str) and target in named:
                found.add((reader.get_destination_page_number(named[target]) or 0) + 1)
            elif isinstance(target, list):
                found.add(reader.get_page_number(target[0].get_object()) + 1)
    return found


def test_pages_index_links_and_bookmarks_agree_and_foreign_pages_stand_in_their_place() -> None:
    hearing = a_hearing()
    case = case_of(hearing)
    files = {
        "report.pdf": a_pdf("= Crime report", "Second page of it"),
        "wide.pdf": a_pdf("= A wide plan", flipped=True),
        "picture.png": a_png(40, 40),
        "log.txt": b"The custody log.",
    }
    a_statement(case, files=files)
    version = made(a_bundle(hearing))
    reader, pages = reader_of(version), words_of(version)
    bookmarks = dict(bookmarks_of(reader))
    assert {each["first"] for each in version.contents} <= links_of(reader)
    for each in version.contents:
        assert bookmarks[f"{each['number']} {each['title']}"] == each["first"]
        assert f"{each['number']} {each['title']}" in pages[each["first"] - 1]
        last = each["first"] + each["pages"] - 1
        shown = str(each["first"]) if each["pages"] == 1 else f"{each['first']}–{last}"
        assert re.search(rf"{re.escape(each['title'][:30])}.*?{shown}", " ".join(pages[1:4])), each
    first = {each["title"]: each["first"] for each in version.contents}
    report = first["Exhibit RA/1: Record report.pdf"]
    assert "Crime report" in pages[report - 1] and "Second page of it" in pages[report]
    wide = reader.pages[first["Exhibit RA/2: Record wide.pdf"] - 1]
    assert wide.mediabox.width > wide.mediabox.height and "A wide plan" in wide.extract_text()
    assert "Draft: not for the tribunal" in pages[-1]
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en-GB" and "/StructTreeRoot" in root


def test_what_cannot_be_opened_is_named_and_the_bundle_is_made() -> None:
    hearing = a_hearing()
    files = {
        "locked.pdf": locked(hand_written_pdf()),
        "damaged.pdf": b"%PDF-1.7\n" + b"x" * 400,
        "bomb.png": a_png(30_000, 30_000, colour=0),
        "good.pdf": a_pdf("= A good one"),
    }
    a_statement(case_of(hearing), files=files)
    version = made(a_bundle(hearing))
    whole = " ".join(words_of(version))
    assert "A good one" in whole and "Not in this file." in whole
    assert len(version.left_out) == 3
    for name in ("locked.pdf", "damaged.pdf", "bomb.png"):
        assert f"Record {name}: it is" in whole and any(name in each for each in version.left_out)


def test_where_the_program_breaks_off_each_file_is_looked_at_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And where even that does not help, the bundle is made without any of them."""
    hearing = a_hearing()
    a_statement(case_of(hearing), files={"one.pdf": a_pdf("= One"), "log.txt": b"The log."})
    real = binding.confined

    def failing(job: str, given: Any, files: Any, **more: Any) -> Any:
        if job == "binding" and given["files"]:
            raise Failed("crash")
        return real(job, given, files, **more)

    monkeypatch.setattr(binding, "confined", failing)
    version = made(a_bundle(hearing))
    assert any("it cannot be printed together with the others" in each for each in version.left_out)
    assert "The log." in " ".join(words_of(version))


CANARY = "Zwetlana Quibb"
STATEMENT = "I am a constable.\n\nMrs ZWETLANA  QUIBB called us.\n\nzwetlana quibb saw him, and Zwetlana-Quibb’s son too."


def with_canaries() -> Any:
    """The name stands in a statement, its title, a record's text, a description, a file name and the chronology."""
    hearing = a_hearing()
    case = case_of(hearing)
    records = {f"{CANARY}.txt": f"Seen by {CANARY}.".encode(), "log.txt": b"The custody log."}
    a_statement(case, STATEMENT, records, title=f"What {CANARY} saw")
    one: dict[str, Any] = {"case_id": case.pk, "by": case.case_owner, "now": NOW}
    actions.add_line(**one, on=NOW.date(), event=f"{CANARY} gave an account", source=f"Note of {CANARY}")
    actions.mark_redaction(**one, passage=CANARY, because="third_party", found_in="Paragraph 2")
    return a_bundle(hearing)


def left_in(version: BundleVersion) -> list[str]:
    """Where the name can still be found: text, bookmarks, properties, file name, raw and unpacked bytes."""
    raw = content_of(version)
    reader = PdfReader(io.BytesIO(raw))
    texts = {"text": " ".join(words_of(version)), "name": version.file.name}
    texts["bookmarks"] = " ".join(title for title, _ in bookmarks_of(reader))
    texts["properties"] = str(reader.metadata)
    texts["contents"] = str(version.contents) + str(version.left_out)
    unpacked = raw
    for number in range(1, len(reader.xref[0]) + 1 if 0 in reader.xref else 1):
        stream: Any = reader.get_object(number)
        if hasattr(stream, "get_data"):
            unpacked += stream.get_data()
    found = [where for where, text in texts.items() if "quibb" in text.casefold()]
    forms = [form(word) for word in ("quibb", "Quibb", "QUIBB") for form in (str.encode, in_utf16)]
    return found + (["bytes"] if any(each in unpacked for each in forms) else [])


def in_utf16(word: str) -> bytes:
    return word.encode("utf-16-be")


def test_a_redacted_word_is_gone_from_every_part_of_the_file() -> None:
    version = made(with_canaries())
    assert left_in(version) == []
    whole = " ".join(words_of(version))
    assert whole.count("[redacted]") >= 6 and "With redactions" in whole
    assert "third party" not in whole.lower()  # the list of redactions stays with the material


def test_without_the_redaction_the_name_would_be_found_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage: what looks for the name finds it where nothing is taken out."""
    monkeypatch.setattr(binding, "words_of", lambda case: [])
    assert {"text", "bookmarks", "contents"} <= set(left_in(made(with_canaries())))


def test_a_word_that_slips_through_is_found_on_the_finished_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage: taking out is switched off where our own words are set; the file is not kept."""
    bundle = with_canaries()
    monkeypatch.setattr(binding, "redacted", lambda value, words: value)
    monkeypatch.setattr(content, "redacted", lambda value, words: value)
    owner = case_of(bundle.hearing).case_owner
    version = actions.make_bundle(bundle_id=bundle.pk, by=owner, now=NOW, is_final=False)
    assert not actions.build(version_id=version.pk, clock=lambda: NOW)
    version.refresh_from_db()
    assert version.state == "failed" and version.file is None
    assert "could still be read in it" in version.failure and "Quibb" not in version.failure


def test_a_foreign_file_that_holds_a_redacted_word_is_left_out_and_named() -> None:
    hearing = a_hearing()
    case = case_of(hearing)
    a_statement(case, files={"seen.pdf": a_pdf(f"= Seen by {CANARY.upper()}"), "other.pdf": a_pdf("= Other")})
    one: dict[str, Any] = {"case_id": case.pk, "by": case.case_owner, "now": NOW}
    actions.mark_redaction(**one, passage=CANARY, because="third_party", found_in="The exhibit")
    version = made(a_bundle(hearing))
    assert left_in(version) == []
    assert [each for each in version.left_out if "it holds words that are redacted" in each]
    assert "Other" in " ".join(words_of(version))


def test_the_printed_hash_is_of_what_is_printed_and_confirms_no_guess() -> None:
    hearing = a_hearing()
    case = case_of(hearing)
    material = a_statement(case, STATEMENT, said={2: Judgement("redacted", "ZWETLANA  QUIBB")})
    version = made(a_bundle(hearing))
    whole = "".join(words_of(version)).replace(" ", "")
    assert material.approval.sha256 not in whole
    printed = next(each for each in version.contents if each["source"].startswith("statement:"))
    assert printed["sha256"] in whole


def test_what_is_not_final_until_specialist_appeals_have_advised_and_a_second_reader_confirmed() -> None:
    hearing = a_hearing()
    case = case_of(hearing)
    material = a_statement(case)
    bundle = a_bundle(hearing)
    one: dict[str, Any] = {"case_id": case.pk, "now": NOW}
    redaction = actions.mark_redaction(
        **one, by=case.case_owner, passage="the assault", because="intelligence", found_in="Paragraph 2"
    )
    with pytest.raises(Refused) as refused:
        actions.make_bundle(bundle_id=bundle.pk, by=case.case_owner, now=NOW, is_final=True)
    assert "Specialist Appeals have not advised" in str(refused.value) and "second reader" in str(
        refused.value
    )
    with pytest.raises(Refused, match="You marked this redaction"):
        actions.confirm_redaction(**one, by=case.case_owner, redaction_id=redaction.pk)
    actions.confirm_redaction(**one, by=a_user(Role.SENIOR_CASEWORKER), redaction_id=redaction.pk)
    advised(material)
    assert made(bundle, is_final=True).is_final


def test_what_changed_since_the_bundle_before_is_said_and_a_late_document_makes_a_supplementary_one() -> None:
    hearing = a_hearing()
    case = case_of(hearing)
    bundle = a_bundle(hearing)
    first = made(bundle, is_final=True)
    chosen(bundle, "chronology", title="Chronology of the case")
    chosen(bundle, "authorities", included=False, withheld_because="Handed up at the hearing.")
    second = made(bundle, is_final=True)
    whole = " ".join(words_of(second))
    assert "What changed since the bundle of 20 November 2026" in whole
    assert "Removed: Statutory provisions" in whole and "Described anew: F1 Chronology of the case" in whole
    assert "Handed up at the hearing." in whole
    assert BundleVersion.objects.get(pk=first.pk).contents == first.contents  # it stays as it was made
    a_document(case, "school")
    late = a_bundle(hearing, late_because="The school wrote only on the day before.")
    chosen(late, late.entries.get(source__startswith="document:").source, included=True)
    for each in late.entries.exclude(source__startswith="document:"):
        chosen(late, each.source, included=False)
    third = made(late, is_final=True)
    assert third.file.name.endswith("supplementary-bundle-1-2026-11-20.pdf")
    pages = words_of(third)
    assert "Supplementary bundle 1 of 20 November 2026" in pages[0]
    assert "The school wrote only on the day before." in pages[0] and "S1-1 of S1-" in pages[0]


def test_entries_are_put_in_order_by_buttons_and_by_dragging() -> None:
    hearing = a_hearing()
    a_statement(case_of(hearing), files={"a.txt": b"A.", "b.txt": b"B."})
    bundle = a_bundle(hearing)
    client = signed_in(case_of(hearing).case_owner)
    before = list(bundle.entries.filter(section="statements"))
    reference = case_of(hearing).referral.reference
    path = reverse("tribunal:move_entry", args=[reference, bundle.pk, before[2].pk])
    assert client.post(path, {"direction": "up"}).status_code == 302
    order = [before[0], before[2], before[1]]
    assert list(bundle.entries.filter(section="statements")) == order
    dragged = [before[1], before[0], before[2]]
    path = reverse("tribunal:order_entries", args=[reference, bundle.pk])
    assert client.post(path, {"order": ",".join(str(each.pk) for each in dragged)}).status_code == 302
    assert list(bundle.entries.filter(section="statements")) == dragged
    page = client.get(reverse("tribunal:bundle", args=[reference, bundle.pk])).content.decode()
    assert page.index(dragged[0].title) < page.index(dragged[1].title) < page.index(dragged[2].title)


def test_a_bundle_that_is_being_made_shows_how_far_it_is_and_is_taken_by_one_worker() -> None:
    hearing = a_hearing()
    bundle = a_bundle(hearing)
    owner = case_of(hearing).case_owner
    version = actions.make_bundle(bundle_id=bundle.pk, by=owner, now=NOW, is_final=False)
    client, reference = signed_in(owner), case_of(hearing).referral.reference
    path = reverse("tribunal:bundle", args=[reference, bundle.pk])
    assert f"0 of {version.to_prepare} documents ready" in " ".join(client.get(path).content.decode().split())
    with pytest.raises(Refused, match="being made now"):
        actions.make_bundle(bundle_id=bundle.pk, by=owner, now=NOW, is_final=False)
    assert actions.build(version_id=version.pk, clock=lambda: NOW)
    assert not actions.build(version_id=version.pk, clock=lambda: NOW)
    answer = client.get(reverse("tribunal:version", args=[reference, bundle.pk, version.pk]))
    assert answer.status_code == 200 and answer.content[:5] == b"%PDF-"
    address = f"/api/v1/cases/{reference}/bundles/{bundle.pk}/versions/{version.pk}/file/"
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304  # and nobody was given it a second time
    assert AuditEvent.objects.filter(kind="bundle.downloaded").count() == 1


def test_a_bundle_that_could_not_be_made_says_so_and_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = a_bundle(a_hearing())
    owner = case_of(bundle.hearing).case_owner
    version = actions.make_bundle(bundle_id=bundle.pk, by=owner, now=NOW, is_final=False)

    def broken(*args: Any, **more: Any) -> None:
        raise ValueError

    with monkeypatch.context() as patched:
        patched.setattr("casework.tribunal.actions.making.made_of", broken)
        for _ in range(3):
            actions.build(version_id=version.pk, clock=lambda: NOW)
    version.refresh_from_db()
    assert version.state == "failed" and "failed 3 times" in version.failure
    actions.remake_bundle(bundle_id=bundle.pk, version_id=version.pk, by=owner, now=NOW)
    assert actions.build(version_id=version.pk, clock=lambda: NOW)


def test_a_version_whose_bytes_were_changed_is_not_handed_out() -> None:
    version = made(a_bundle(a_hearing()))
    with place().fetched(version.file_id) as path:
        path.write_bytes(b"%PDF-1.7 other")
    hearing = version.bundle.hearing
    client: Client = signed_in(case_of(hearing).case_owner)
    address = [case_of(hearing).referral.reference, version.bundle_id, version.pk]
    assert client.get(reverse("tribunal:version", args=address)).status_code == 409
    assert StoredFile.objects.filter(pk=version.file_id).exists()
