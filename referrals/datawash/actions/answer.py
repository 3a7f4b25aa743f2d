"""The force says how its file is to be read: which sheet, and which columns its own headings stand for.

What it says of headings is remembered under the agreement, so that its next list is read alike.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.refusals import refuse_if
from referrals.datawash.actions.steps import lock
from referrals.datawash.linkage.headings import KNOWN
from referrals.datawash.messages import ask_for_reading
from referrals.datawash.models import Agreement, Wash

NOTHING_OPEN = "Nothing is open about how this file is read. Discard the list and upload the file again."


@transaction.atomic
def answer(
    *, wash_id: int, by: User, now: datetime, sheet: str = "", columns: Mapping[str, str] | None = None
) -> Wash:
    """Have the file read again. `columns` maps headings to columns, "" for one that is not read. Raises Refused."""
    wash, columns = lock(wash_id, by=by, verb="answer"), dict(columns or {})
    refuse_if(reasons_not_to_answer(wash) or faults_of(wash, sheet, columns))
    remember(wash.agreement_id, columns)
    wash.move("answer", by=by, now=now, answers={"sheet": sheet, "columns": columns})
    detail = {"sheet": bool(sheet), "columns": sorted(column for column in columns.values() if column)}
    record(kind="datawash.answered", by=by, subject=wash, now=now, detail=detail)
    ask_for_reading([wash.pk])
    return wash


def reasons_not_to_answer(wash: Wash) -> list[str]:
    reasons = wash.reasons_not_to_move("answer")
    return reasons or ([] if wash.questions and wash.file_id else [NOTHING_OPEN])


def faults_of(wash: Wash, sheet: str, columns: Mapping[str, str]) -> list[str]:
    """What is wrong with the answers themselves."""
    sheets = wash.questions["sheets"]
    headings = {each["name"]: each["heading"] for each in wash.questions["headings"]}
    faults = [] if sheet in sheets or not sheets else ["Select the sheet that is meant."]
    if not columns.keys() <= headings.keys() or not {*columns.values()} <= {"", *KNOWN}:
        faults.append("Choose for each heading one of the columns, or that it is not read.")
    for column in KNOWN:
        same = [f"“{headings.get(name, name)}”" for name, chosen in columns.items() if chosen == column]
        if len(same) > 1:
            faults.append(f"Only one heading can be {column}: choose between {' and '.join(same)}.")
    return faults


def remember(agreement_id: int, columns: Mapping[str, str]) -> None:
    """What was said of headings holds for the next lists under the agreement."""
    if columns:
        agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
        agreement.columns = {**agreement.columns, **columns}
        agreement.save(update_fields=["columns"])
