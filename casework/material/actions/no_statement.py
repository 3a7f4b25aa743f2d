"""Whether the case needs a police statement at all.

"It is important to note that police intelligence statements may not always be required." (p. 9)
"""

from datetime import datetime

from django.db import transaction

from casework.actions.steps import reasons_not_theirs
from casework.material import telling
from casework.material.actions.steps import close_ask, lock_case, reasons_not_worked, written
from casework.material.models import Kind, Material, NoStatement
from casework.material.queries import no_statement_needed, statement_indicated
from casework.material.states import BEFORE_STATEMENT, ENDED, State
from casework.models import Case
from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if, wordless

ALREADY = "It is already recorded that this case needs no statement."
NOT_RECORDED = "It is not recorded that this case needs no statement."
STATEMENT_STANDS = "A statement is asked for in “{title}”. Set that material aside first."


def reasons_not_to_do_without(case: Case, by: User) -> list[str]:
    """It is said once, by whose case it is, and never beside a statement that is asked for."""
    found = reasons_not_worked(case) or reasons_not_theirs(case, by)
    if not found and no_statement_needed(case):
        found = [ALREADY]
    statements = case.material.exclude(state__in=[*BEFORE_STATEMENT, *ENDED])
    return found or [STATEMENT_STANDS.format(title=material.title) for material in statements]


@transaction.atomic
def need_no_statement(*, case_id: int, by: User, now: datetime, because: str) -> NoStatement:
    """Record that the case needs no police statement, with or without a summary. Raises Refused.

    What the rules indicate that day is kept beside the reason; a summary still open is not asked for any more.
    """
    case = lock_case(case_id, by=by, verb="need_no_statement")
    refuse_if(reasons_not_to_do_without(case, by) or wordless(because, "Enter why no statement is needed."))
    indication = statement_indicated(case)
    recorded = NoStatement.objects.create(
        case=case, because=because, indication=indication, recorded_by=by, recorded_at=now
    )
    for material in case.material.select_for_update().filter(state__in=BEFORE_STATEMENT):
        _end(material, because, by, now)
    Case.objects.filter(pk=case.pk).update(last_progress_at=now)
    detail = {"no_statement": recorded.pk, "indication": str(indication)}
    record(kind="material.no_statement_recorded", by=by, subject=case, now=now, detail=detail)
    return recorded


def _end(material: Material, because: str, by: User, now: datetime) -> None:
    request = close_ask(material, now)
    material.changed_at = now
    material.move("need_no_statement", by=by, now=now, reason=because, because=because)
    written(material, done="needs_no_statement", by=by, now=now)
    if request:
        telling.not_asked(request, now=now)


def reasons_not_to_withdraw(case: Case, by: User) -> list[str]:
    found = reasons_not_worked(case) or reasons_not_theirs(case, by)
    return found or ([] if no_statement_needed(case) else [NOT_RECORDED])


@transaction.atomic
def withdraw_no_statement(*, case_id: int, by: User, now: datetime, reason: str) -> NoStatement:
    """A statement may be needed after all: a summary that was sent is reviewed again. Raises Refused."""
    case = lock_case(case_id, by=by, verb="withdraw_no_statement")
    refuse_if(reasons_not_to_withdraw(case, by) or wordless(reason, "Enter why a statement may be needed."))
    recorded = case.no_statements.get(withdrawn_at=None)
    recorded.withdrawn_because, recorded.withdrawn_by, recorded.withdrawn_at = reason, by, now
    recorded.save(update_fields=["withdrawn_because", "withdrawn_by", "withdrawn_at"])
    summaries = case.material.filter(state=State.NOT_NEEDED, versions__kind=Kind.SUMMARY)
    for material in Material.objects.select_for_update().filter(pk__in=summaries):
        material.changed_at = now
        material.move("withdraw_no_statement", by=by, now=now, reason=reason)
        written(material, done="to_be_reviewed_again", by=by, now=now)
    Case.objects.filter(pk=case.pk).update(last_progress_at=now)
    detail = {"no_statement": recorded.pk}
    record(kind="material.no_statement_withdrawn", by=by, subject=case, now=now, detail=detail)
    return recorded
