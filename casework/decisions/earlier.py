"""The reviews that a decision had before, and what changed in its text since each."""

from collections.abc import Iterator
from typing import Any

from casework.decisions.letters.composing import body_words
from casework.decisions.models import Decision, DecisionChange
from casework.decisions.wording import Found, in_words
from nexus.earlier import EarlierReading, differences
from referrals.instead import notes_about

REVIEWED = {"return_draft": "Returned", "approve": "Reviewed, and the text was taken back afterwards"}


def reviewed_before(decision: Decision) -> dict[str, Any]:
    """For every page on which the decision is reviewed or made: the reviews before, and what others wrote of it."""
    return {"earlier": earlier_reviews(decision), "notes": notes_about(decision)}


def earlier_reviews(decision: Decision) -> list[EarlierReading]:
    """Every return with its reasons, and every review that a later change made void, the latest first."""
    given = decision.changes.filter(verb__in=REVIEWED).select_related("by").order_by("-at", "-pk")
    submitted, now = list(decision.submissions.all()), list(words_of(decision))
    found = []
    for change in (each for each in given if not _stands(each, decision)):
        then = next((each.words for each in reversed(submitted) if each.submitted_at <= change.at), now)
        changes = differences(((what, words) for what, words in then), now)
        by = str(change.by or "the service")
        found.append(EarlierReading(REVIEWED[change.verb], by, change.at, change.reason, changes))
    return found


def _stands(change: DecisionChange, decision: Decision) -> bool:
    return change.verb == "approve" and decision.reviewed_at == change.at


def words_of(decision: Decision) -> Iterator[tuple[str, str]]:
    """Everything the decision says, part by part, and its letters as the subject reads them."""
    for part in in_words(decision):
        for answer in part.answers:
            yield f"{part.title}: {answer.question}", f"{answer.answer}\n{answer.reasons}".strip()
        for found in part.findings:
            yield f"Allegation {found.number}", _finding(found)
        if part.material:
            yield f"{part.title}: relied on", "\n".join(relied.title for relied in part.material)
    yield from body_words(decision)


def _finding(found: Found) -> str:
    return "\n".join(filter(None, [found.allegation, found.result, found.evidence, found.reasons]))
