"""What the quality pages ask of the database."""

from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from nexus.accounts.models import User
from nexus.parts import Urgency, WaitingItem, WorkWaiting
from nexus.waiting import foremost
from referrals.models import TriageDecision
from referrals.permissions import TRIAGES
from referrals.quality.models import Draw, Reading
from referrals.quality.permissions import WHO_MAY
from referrals.quality.rules import Answer, Overall, Question, drawn, month_after

LONDON = ZoneInfo("Europe/London")


def standing_at(moment: datetime, *, month: date) -> QuerySet[TriageDecision]:
    """The decisions made in a month, in London, that stood at this moment. A referral has at most one."""
    begins, ends = (datetime.combine(day, time.min, LONDON) for day in (month, month_after(month)))
    made = TriageDecision.objects.filter(decided_at__gte=begins, decided_at__lt=ends, decided_at__lte=moment)
    return made.filter(Q(superseded_at=None) | Q(superseded_at__gt=moment))


def repeated(draw: Draw) -> list[str]:
    """The references that the recorded seed and method give when the draw is done again."""
    references = standing_at(draw.drawn_at, month=draw.month).values_list("referral__reference", flat=True)
    return drawn(references, seed=draw.seed, percentage=draw.percentage)


def figures() -> QuerySet[Draw]:
    """Every draw with how many were drawn and read, and with which findings, newest first."""
    found = {
        overall.value: Count("readings", filter=Q(readings__overall=overall.value)) for overall in Overall
    }
    counted = Draw.objects.annotate(
        drawn=Count("readings"), read=Count("readings", filter=Q(readings__read_at__isnull=False)), **found
    )
    return counted.annotate(waits=F("drawn") - F("read")).order_by("-month")


def answers_of(draw: Draw) -> list[tuple[str, list[int]]]:
    """(question, how many answered it in the order of Answer), of what has been read."""
    counts = draw.readings.aggregate(
        **{
            f"{question}_{answer}": Count("pk", filter=Q(**{question.value: answer.value}))
            for question in Question
            for answer in Answer
        }
    )
    return [(question.label, [counts[f"{question}_{answer}"] for answer in Answer]) for question in Question]


def findings_on(user: User) -> QuerySet[Reading]:
    """What was found of this person's own decisions, newest first."""
    found = Reading.objects.visible_to(user).filter(read_at__isnull=False, decision__decided_by=user)
    return found.select_related("decision__referral").order_by("-read_at", "-pk")


def work_waiting(*, user: User, now: datetime) -> Iterator[WorkWaiting]:
    """For nexus/parts.py."""
    if user.role in WHO_MAY["record_finding"]:
        found = Reading.objects.waiting_for(user)
        yield WorkWaiting("Decisions to read for quality", found, reverse("quality:queue"))


def waiting_items(*, user: User, now: datetime) -> Iterator[WaitingItem]:
    """For nexus/parts.py. One query; managers, who read for everybody, have the count."""
    if user.role in TRIAGES:
        found = Reading.objects.waiting_for(user).select_related("draw", "decision__referral")
        for reading in foremost(found, "draw__drawn_at", "pk"):
            path = reverse("quality:reading", args=[reading.pk])
            reference = reading.decision.referral.reference
            act = "Read a decision for quality"
            yield WaitingItem(act, Urgency.WAITING, reading.draw.drawn_at, path, reading, reference)
