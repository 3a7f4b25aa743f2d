"""What the print of a whole case says of its decisions, their findings, letters, challenges and hearings."""

from collections.abc import Iterator

from casework.decisions.models import Decision
from casework.decisions.wording import in_words
from casework.models import Case
from casework.parts import PrintedSection
from nexus.ui.formatting import date, date_and_time


def printed_sections(*, case: Case) -> Iterator[PrintedSection]:
    """Each decision in full, the one that stands first; then what was brought against them."""
    people = ("drafted_by", "reviewed_by", "decided_by")
    decisions = list(case.decisions.select_related(*people).order_by("-number"))
    for decision in decisions:
        rows = [["State", decision.get_state_display()], *who_did(decision), *said_in(decision)]
        yield PrintedSection(f"{decision}", ("Question", "Answer"), rows)
    heads = ("What", "When", "Court and reference", "What came of it")
    yield PrintedSection("Challenges and hearings", heads, list(brought_against(decisions)))


def who_did(decision: Decision) -> Iterator[list[str]]:
    """Who reviewed, made and served it, and its letters."""
    if decision.reviewed_at:
        yield ["Reviewed", f"{date_and_time(decision.reviewed_at)}, by {decision.reviewed_by}"]
    if decision.decided_at:
        yield ["Made", f"{date_and_time(decision.decided_at)}, by {decision.decided_by}"]
        yield ["Reasons", decision.reasons]
    if decision.served_on:
        how = decision.get_served_how_display()
        yield [
            "Served",
            f"{date(decision.served_on)}, {how}, on {decision.served_to}: {decision.served_document}",
        ]
    for letter in decision.letters.defer("pdf", "docx", "content"):
        yield ["Letter", f"{letter}, {date_and_time(letter.made_at)}, SHA-256 {letter.pdf_hash}"]


def said_in(decision: Decision) -> Iterator[list[str]]:
    """Its questions with their answers, and each finding."""
    for part in in_words(decision):
        for each in part.answers:
            yield [each.question, f"{each.answer or 'Not answered'}\n{each.reasons}".strip()]
        for found in part.findings:
            words = [found.allegation, found.weight, found.evidence, found.reasons]
            yield [
                f"Allegation {found.number}: {found.result or 'no finding yet'}",
                "\n".join(filter(None, words)),
            ]
        for relied in part.material:
            yield ["Relied on", relied.title]


def brought_against(decisions: list[Decision]) -> Iterator[list[str]]:
    """Each challenge, followed by its hearings."""
    for decision in decisions:
        for challenge in decision.challenges.prefetch_related("hearings"):
            court = f"{challenge.court} {challenge.court_reference}".strip()
            ended = f"{challenge.get_state_display()}\n{challenge.outcome_reasons}".strip()
            yield [challenge.get_kind_display(), date(challenge.lodged_on), court, ended]
            for hearing in challenge.hearings.all():
                came = f"{hearing.get_result_display()}\n{hearing.result_words}".strip() or "Not recorded"
                witnesses = f"{hearing.place}\n{hearing.witnesses}".strip()
                yield ["Hearing", hearing.when, witnesses, came]
