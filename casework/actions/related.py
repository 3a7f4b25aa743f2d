"""Cases that belong together: related with a kind and a reason, and no longer."""

from datetime import datetime

from django.db import transaction

from casework.actions.steps import lock, reasons_not_to, save
from casework.models import Case, RelatedCase, Relation
from casework.queries import Related, related_to, relations_of
from nexus.accounts.models import User
from nexus.refusals import refuse_if, wordless


def reasons_not_related(case: Case, other: Case) -> list[str]:
    if other.pk == case.pk:
        return ["A case cannot be related to itself. Enter another case’s reference."]
    if any(each.other.pk == other.pk for each in related_to(case)):
        return [f"{other} is already related to this case."]
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
        + wordless(reason, "Enter why the cases are related.")
    )
    first, second = sorted((case, other), key=lambda each: each.pk)
    row = RelatedCase.objects.create(
        case=first, other=second, kind=kind, reason=reason, related_by=by, related_at=now
    )
    save(case, done="related", by=by, now=now, detail={"other": other.pk, "kind": kind})
    return row


def reasons_not_to_unrelate(related: Related, by: User) -> list[str]:
    """The case, and that somebody has ended this relation already."""
    already = [f"{related.row.ended_by} has ended this relation already."] if related.row.ended_at else []
    return reasons_not_to("unrelate", related.case, by) or already


@transaction.atomic
def unrelate(*, case_id: int, related_id: int, by: User, now: datetime, reason: str) -> RelatedCase:
    """Say that they do not belong together after all. Raises Refused, and RelatedCase.DoesNotExist."""
    case = lock(case_id, by=by, verb="unrelate")
    related = next((each for each in relations_of(case) if each.row.pk == related_id), None)
    if related is None:
        raise RelatedCase.DoesNotExist
    refuse_if(
        reasons_not_to_unrelate(related, by) or wordless(reason, "Enter why the cases are no longer related.")
    )
    row = related.row
    row.ended_by, row.ended_at, row.ended_because = by, now, reason
    row.save()
    detail = {"other": related.other.pk}
    save(case, done="unrelated", by=by, now=now, detail=detail)
    return row
