"""What the police told anybody about one person, joined from every part: in front of everybody who decides.

An answer, a call, a discussion, a message about support or material: whoever it was said to, it is about the same
person. No part is asked by itself; every page and print takes it from `told_by_forces`.
"""

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.urls import reverse

from nexus.accounts.models import User
from referrals.models import Question, Referral
from referrals.parts import ToldByForce, referral_parts


def told_by_forces(referral: Referral, reader: User) -> list[ToldByForce]:
    """Newest first, also what was told on other referrals that were merged with this one."""
    merged = same_person(referral)
    found = [
        each
        for part in referral_parts()
        if part.told_by_forces
        for each in part.told_by_forces(referrals=merged, reader=reader)
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)


def same_person(referral: Referral) -> list[int]:
    """This referral, the one it follows, and those that follow either. One query."""
    lead = referral.follows_id or referral.pk
    return list(Referral.objects.filter(Q(pk=lead) | Q(follows=lead)).values_list("pk", flat=True))


def answers(*, referrals: Collection[int], reader: User) -> Iterable[ToldByForce]:
    """What the force answered the Referrals Office. One query."""
    answered = Question.objects.filter(request__referral__in=referrals).exclude(answered_at=None)
    for question in answered.select_related("request__referral", "answered_by"):
        reference = question.request.referral.reference
        words = f"{question.text}\n\n{question.answer}"
        path = reverse("referrals:timeline", args=[reference])
        if question.answered_at:
            yield ToldByForce(
                f"Answer to the Referrals Office, {reference}",
                words,
                question.answered_at,
                str(question.answered_by),
                path,
            )
