"""What a line of the queue says besides the referral's own row, for a page of rows in one statement."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, JSONField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from nexus.database.made_once import MadeOnce
from nexus.parts import the_one
from referrals.models import (
    InformationRequest,
    Nationality,
    Proposal,
    Question,
    Referral,
    TriageDecision,
)
from referrals.parts import referral_parts
from referrals.queue.counting import counted_of
from referrals.queue.news import NEWS, with_news

# What a line reads of the referral's own row. What is long and not shown stays where it is.
COLUMNS = (
    "reference", "state", "created_by", "changed_at", "submitted_at", "claimed_by", "claimed_at", "withdrawn_at",
    "follows", "force", "channel", "in_custody", "custody_clock_started_at", "held_under", "surname", "forenames",
    "date_of_birth", "date_of_birth_precision", "may_be_british", "may_be_irish", "right_of_abode",
    "no_identifiers_known", "immigration_status", "active_claim", "material_level", "has_children",
    "health_condition", "mental_health_order", "trafficking_indicator", "under_18", "clock_from",
    "force__code", "force__name", "claimed_by__full_name", "follows__reference",
)  # fmt: skip
BESIDE = (*NEWS, "decided_at", "read_twice", "pairs_to_judge", "followers_count")
MANY = ("asked", "nationality_of")


def beside(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Each with what stands in other tables and is one value."""
    decided_at = TriageDecision.objects.filter(referral=OuterRef("pk"), superseded_at=None)
    return with_news(referrals).annotate(
        decided_at=Subquery(decided_at.values("decided_at")[:1]),
        read_twice=Exists(Proposal.objects.standing().filter(referral=OuterRef("pk"))),
        pairs_to_judge=the_one(part.pairs_to_judge for part in referral_parts())(referral=OuterRef("pk")),
        followers_count=counted_of(Referral.objects.filter(follows=OuterRef("pk"))),
    )


def listed(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Referrals with the columns of a line; `fill_in` asks for the rest, of those that are shown."""
    return referrals.select_related("force", "claimed_by", "follows").only(*COLUMNS)


def fill_in(rows: Sequence[Referral]) -> None:
    """Give these rows of `listed` what `queue` gives each of its own: one statement for all of them."""
    found = {values[0]: values[1:] for values in ALL.of([row.pk for row in rows])}
    for row in rows:
        values = found[row.pk]
        for name, value in zip(BESIDE, values, strict=False):
            setattr(row, name, value)
        asked, nationalities = map(read, values[len(BESIDE) :])
        keep(row, "information_requests", map(request_of, asked))
        keep(row, "nationalities", (made(Nationality, each) for each in nationalities))


def everything() -> QuerySet[Any, Any]:
    """`BESIDE`, then the rows that a referral has many of, as JSON."""
    questions = Question.objects.filter(request=OuterRef("pk")).order_by("number")
    requests = InformationRequest.objects.filter(referral=OuterRef("pk")).order_by("asked_at", "pk")
    nationalities = Nationality.objects.filter(referral=OuterRef("pk")).order_by("pk")
    asked = JSONObject(
        id="pk",
        asked_at="asked_at",
        closed_at="closed_at",
        questions=many(
            questions,
            JSONObject(due_on="due_on", answered_at="answered_at", withdrawn_at="withdrawn_at"),
        ),
    )
    every = beside(Referral.objects.all()).annotate(
        asked=many(requests, asked),
        nationality_of=many(nationalities, JSONObject(id="pk", code="code", source="source")),
    )
    return every.values_list("pk", *BESIDE, *MANY)


ALL = MadeOnce(everything)


def many(rows: QuerySet[Any], each: JSONObject) -> Func:
    """All these rows as one JSON list."""
    return Func(ArraySubquery(rows.values(one=each)), function="to_jsonb", output_field=JSONField())


def read(written: Any) -> list[dict[str, Any]]:
    """JSON as the cursor gives it, which Django has told to leave it alone."""
    found: list[dict[str, Any]] = json.loads(written) if isinstance(written, str) else written
    return found


READ_AS: dict[str, Callable[[str], date]] = {
    "asked_at": datetime.fromisoformat,
    "closed_at": datetime.fromisoformat,
    "answered_at": datetime.fromisoformat,
    "withdrawn_at": datetime.fromisoformat,
    "due_on": date.fromisoformat,
}


def made(model: type[Model], values: dict[str, Any]) -> Model:
    """A row of the model with these values alone."""
    kept = {
        name: READ_AS[name](value) if value and name in READ_AS else value for name, value in values.items()
    }
    return model.from_db("default", list(kept), list(kept.values()))


def request_of(values: dict[str, Any]) -> Model:
    questions = values.pop("questions")
    request = made(InformationRequest, values)
    keep(request, "questions", (made(Question, each) for each in questions))
    return request


def keep(row: Model, name: str, rows: Iterable[Model]) -> None:
    """As `prefetch_related` keeps rows, but as a list: nobody can ask it for others by mistake."""
    vars(row).setdefault("_prefetched_objects_cache", {})[name] = list(rows)
