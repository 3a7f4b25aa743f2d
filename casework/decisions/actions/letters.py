"""A letter or decision document is made from a decision: both files, kept with their hashes."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from casework.decisions.actions.appeal_time import reasons_not_this_place
from casework.decisions.actions.draft import written
from casework.decisions.actions.steps import (
    lock,
    reasons_not_at_work,
    reasons_not_to_write,
    reasons_trafficking_stops_it,
)
from casework.decisions.files import as_docx, as_pdf
from casework.decisions.letters import content_of
from casework.decisions.letters.paragraphs import STANDARD
from casework.decisions.letters.text import text_hash_of
from casework.decisions.models import Decision, Letter, LetterTemplate
from casework.decisions.states import STANDING
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if

NOT_AS_DECIDED = (
    "The words of this letter are no longer those that were decided: the record or a standard paragraph has changed since. "
    "Reconsider the decision."
)


def reasons_not_to_make_letter(decision: Decision, by: User, template: str) -> list[str]:
    """Letters are made from a decision that stands: a draft may still change."""
    reasons = reasons_not_at_work(decision.case, by)
    if not reasons and decision.state not in STANDING:
        state = decision.get_state_display()
        reasons = [
            f"This decision is now “{state}”. Make a letter only from a decision that is made and still stands."
        ]
    if not reasons:
        reasons = reasons_trafficking_stops_it(decision)
    if template not in LetterTemplate.values or not decision.answers:
        reasons.append("There is nothing to put in this letter.")
    return reasons or reasons_not_as_decided(decision)


def reasons_not_as_decided(decision: Decision) -> list[str]:
    """What is decided is what is served: the record or a standard paragraph may have changed since."""
    return [] if decision.text_hash == text_hash_of(decision) else [NOT_AS_DECIDED]


@transaction.atomic
def make_letter(*, decision_id: int, by: User, now: datetime, template: str) -> Letter:
    """Make and keep the letter as PDF and DOCX. Raises Refused."""
    decision = lock(decision_id, by=by, verb="make_letter")
    refuse_if(reasons_not_to_make_letter(decision, by, template))
    content = content_of(decision, template, now=now)
    pdf, docx = as_pdf(content), as_docx(content)
    letter = Letter.objects.create(
        decision=decision,
        template=template,
        version=content["version"],
        content=content,
        pdf=pdf,
        pdf_hash=hashlib.sha256(pdf).hexdigest(),
        docx=docx,
        docx_hash=hashlib.sha256(docx).hexdigest(),
        made_by=by,
        made_at=now,
    )
    detail = {"decision": decision.pk, "letter": letter.pk, "pdf": letter.pdf_hash, "docx": letter.docx_hash}
    record(kind="decision.letter_made", by=by, subject=decision.case, now=now, detail=detail)
    return letter


def reasons_not_these_words(edits: Mapping[str, str]) -> list[str]:
    """A standard paragraph keeps what is filled in, and says something."""
    reasons = []
    for code, words in edits.items():
        blanks = re.findall(r"\{\w+\}", STANDARD[code].words)
        lost = [each for each in blanks if each not in words]
        if not words.strip():
            reasons.append(f"“{STANDARD[code].title}” cannot be empty.")
        elif lost:
            reasons.append(f"“{STANDARD[code].title}” must keep {' and '.join(lost)}: it is filled in.")
    return reasons


@transaction.atomic
def write_letter(
    *,
    decision_id: int,
    by: User,
    now: datetime,
    address: str = "",
    country: str = "",
    representative: str = "",
    reporting: str = "",
    place: str = "",
    paragraphs: Mapping[str, str] | None = None,
) -> Decision:
    """Write what the letters say beside the answers; in `paragraphs` the standard ones that read otherwise here.
    Raises Refused."""
    decision = lock(decision_id, by=by, verb="write_letter")
    given = {code: words for code, words in (paragraphs or {}).items() if code in STANDARD}
    edits = {code: words for code, words in given.items() if words.split() != STANDARD[code].words.split()}
    refuse_if(
        reasons_not_to_write(decision, by)
        or reasons_not_this_place(place, unsaid=True) + reasons_not_these_words(edits)
    )
    decision.letter = {
        "address": address,
        "country": country,
        "representative": representative,
        "reporting": reporting,
        "place": place,
        "edits": edits,
    }
    written(decision, "letter_written", by=by, now=now, detail={"changed": sorted(edits)})
    return decision
