"""Cases that belong together: related with a kind and a reason, and no longer."""

from datetime import datetime

from django.db import transaction

from casework.actions.steps import lock, reasons_not_to, save
from casework.models import Case, RelatedCase, Relation
from casework.queries import related_to
from nexus.accounts.models import User
from nexus.refusals import blank, refuse_if


def reasons_not_related(case: Case, other: Case) -> list[str]:
    if other.pk == case.pk:
        return ["A case cannot be related to itself. Enter another case’s reference."]
    if any(each.other.pk == other.pk for each in related_to(case)):
        return [f"{other} is related to this case already."]
    return []


@transaction.atomic
def relate(*, case_id: int, by: User, now: datetime, other: Case, kind: str, reason: str) -> RelatedCase:
    """Say that two cases belong together, and why; both pages show it. Raises Refused, and
    Case.DoesNotExist for another case that `by` may not see."""
    case = lock(case_id, by=by, verb="relate")
    other = Case.objects.visible_to(by).select_related("referral").get(pk=other.pk)
    refuse_if(
        reasons_not_to("relate", case, by)
        or reasons_not_related(case, other)
        + ([] if kind in Relation.values else ["Select how the cases are related."])
        + blank(reason, "Enter why the cases are related.")
    )
    first, second = sorted((case, other), key=lambda each: each.pk)
    row = RelatedCase.objects.create(
        case=first, other=second, kind=kind, reason=reason, related_by=by, related_at=now
    )
    save(case, done="related", by=by, now=now, detail={"other": other.pk, "kind": kind})
    return row


@transaction.atomic
def unrelate(*, case_id: int, related_id: int, by: User, now: datetime, reason: str) -> RelatedCase:
    """Say that they do not belong together after all. Raises Refused, and RelatedCase.DoesNotExist."""
    case = lock(case_id, by=by, verb="unrelate")
    found = {each.row.pk: each for each in related_to(case)}
    if related_id not in found:
        raise RelatedCase.DoesNotExist
    refuse_if(
        reasons_not_to("unrelate", case, by) or blank(reason, "Enter why the cases are no longer related.")
    )
    row = found[related_id].row
    row.ended_by, row.ended_at, row.ended_because = by, now, reason
    row.save()
    detail = {"other": found[related_id].other.pk}
    save(case, done="unrelated", by=by, now=now, detail=detail)
    return row
