"""What a data-wash has not led to anybody is erased after the agreed days.

"Unmatched and not-liable rows are purged on a timer, the log keeps counts only." (domain brief, data-wash)
It may run at any time and any number of times.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from nexus.audit.recording import record
from referrals.datawash.actions.reading import erase_file
from referrals.datawash.linkage.grading import Grade
from referrals.datawash.linkage.pots import NOT_LIABLE
from referrals.datawash.models import TO_REVIEW, Candidate, Wash, WashRow
from referrals.datawash.queries import over
from referrals.datawash.states import REPORTED, UPLOADED, State

# What says who somebody is; the force's own reference of the row stays, so that its report keeps its lines.
PERSONAL = (
    "surname", "forenames", "dob", "dob_doubt", "sex", "nationality", "pnc_id", "cro", "ho_ref", "aliases", "place_of_birth",
    "postcode",
)  # fmt: skip


@transaction.atomic
def purge(*, now: datetime) -> int:
    """Erase what the agreed days have not led to anybody; how many rows there were."""
    washed = over("washed_at", "purge_after_days", now).filter(state__in=REPORTED)
    never_washed = over("uploaded_at", "purge_after_days", now).filter(state__in=UPLOADED)
    rows = sum(_purge_rows(wash, now) for wash in _locked(washed))
    return rows + sum(_purge_list(wash, now) for wash in _locked(never_washed))


def _locked(washes: QuerySet[Wash]) -> list[Wash]:
    return list(washes.select_for_update(of=("self",), skip_locked=True))


def to_erase(wash: Wash) -> QuerySet[WashRow]:
    """Unmatched and not-liable rows that still say who somebody is.

    A row that waits for review is neither: it stays until the report is out of date and nobody will look at
    it any more. "Not liable" counts only where it is established.
    """
    unmatched = Q(grade=Grade.NO_TRACE) | Q(confirmed=False)
    not_liable = Q(pot=NOT_LIABLE) & (Q(confirmed=True) | Q(grade=Grade.EXACT))
    gone = unmatched | not_liable
    if wash.state == State.STALE:
        gone |= Q(grade__in=TO_REVIEW, confirmed__isnull=True)
    return wash.rows.filter(gone, purged_at__isnull=True)


def _purge_rows(wash: Wash, now: datetime) -> int:
    wash.remarks.all().delete()  # they repeat what was written, rejected rows whole
    chosen = list(to_erase(wash).select_for_update().values_list("pk", flat=True))
    if not chosen:
        return 0
    _, kinds = Candidate.objects.filter(row__in=chosen).delete()
    WashRow.objects.filter(pk__in=chosen).update(**dict.fromkeys(PERSONAL, ""), person=None, purged_at=now)
    wash.purged_at = wash.purged_at or now
    wash.save(update_fields=["purged_at"])
    detail = {"rows": len(chosen), "pairs": kinds.get(Candidate._meta.label, 0)}
    record(kind="datawash.erased", by=None, subject=wash, now=now, detail=detail)
    return len(chosen)


def _purge_list(wash: Wash, now: datetime) -> int:
    """A list that nobody had washed is discarded by the clock."""
    wash.move("discard", by=None, now=now, reason="not washed in the agreed time")
    rows, _ = wash.rows.all().delete()
    wash.remarks.all().delete()
    erase_file(wash)
    record(kind="datawash.erased", by=None, subject=wash, now=now, detail={"rows": rows, "pairs": 0})
    return rows
