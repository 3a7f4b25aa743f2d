"""A letter or decision document is made from a decision: both files, kept with their hashes."""

import hashlib
from datetime import datetime

from django.db import transaction

from casework.decisions.actions.steps import lock, reasons_not_at_work, reasons_trafficking_stops_it
from casework.decisions.files import as_docx, as_pdf
from casework.decisions.letters import content_of
from casework.decisions.models import Decision, Letter, LetterTemplate
from casework.decisions.states import STANDING
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if


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
    return reasons


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
