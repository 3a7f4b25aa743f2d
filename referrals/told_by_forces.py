"""What the police told anybody about one person, joined from every part: in front of everybody who decides.

An answer, a call, a discussion, a message about support or material: whoever it was said to, it is about the same
person. No part is asked by itself; every page and print takes it from `told_by_forces`.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Expression, F, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from nexus.accounts.models import User
from referrals.models import Question, Referral
from referrals.parts import Telling, ToldByForce, referral_parts

COLUMNS = ("telling", "told_words", "told_second", "told_at", "told_by", "told_more", "told_key")


def told_by_forces(referral: Referral, reader: User) -> list[ToldByForce]:
    """Newest first, also what was told on other referrals that were merged with this one. One query."""
    referrals = same_person(referral)
    tellings = [
        each
        for part in referral_parts()
        if part.told_by_forces
        for each in part.told_by_forces(referrals=referrals, reader=reader)
    ]
    if not tellings:
        return []
    first, *others = (columns_of(number, telling) for number, telling in enumerate(tellings))
    return [_told(tellings, row) for row in first.union(*others, all=True).order_by("-told_at")]


def columns_of(number: int, telling: Telling) -> QuerySet[Any, Any]:
    """The rows of one telling with the columns that all have; `number` says which telling it was."""
    texts = {
        "told_words": telling.words,
        "told_second": telling.second,
        "told_by": telling.by,
        "told_more": telling.more,
        "told_key": telling.key,
    }
    columns: dict[str, Any] = {name: text(column) for name, column in texts.items()}
    columns |= {"telling": Value(number, IntegerField()), "told_at": F(telling.at)}
    return telling.rows.order_by().annotate(**columns).values_list(*COLUMNS)


def text(column: str) -> Expression:
    """A column as text, whatever it is; empty where there is none."""
    return Cast(F(column), TextField()) if column else Value("", TextField())


def _told(tellings: Sequence[Telling], row: tuple[Any, ...]) -> ToldByForce:
    number, words, second, at, by, more, key = row
    telling = tellings[number]
    said = "\n\n".join(filter(None, [words, second and f"{telling.reply}{second}"]))
    path = reverse(telling.page, args=[key]) if telling.page else ""
    return ToldByForce(telling.kind(more), said, at, by or "The force", path)


def same_person(referral: Referral) -> QuerySet[Referral]:
    """This referral, the one it follows, and those that follow either; a part of other queries."""
    lead = referral.follows_id or referral.pk
    return Referral.objects.order_by().filter(Q(pk=lead) | Q(follows=lead))


def answers(*, referrals: QuerySet[Referral], reader: User) -> Sequence[Telling]:
    """What the force answered the Referrals Office."""
    rows = Question.objects.filter(request__referral__in=referrals.values("pk"), answered_at__isnull=False)
    return (
        Telling(
            rows=rows,
            kind="Answer to the Referrals Office, {}".format,
            words="text",
            second="answer",
            at="answered_at",
            by="answered_by__full_name",
            more="request__referral__reference",
            key="request__referral__reference",
            page="referrals:timeline",
        ),
    )
