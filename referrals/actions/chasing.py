"""Questions that are not answered are asked after: before their day, and when it has passed."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nexus.audit.recording import record
from nexus.working_days import add_working_days
from referrals import telling
from referrals.models import Question
from referrals.queue import standing_on
from referrals.rules.questions import Standing

# Which column says that it has been told, of which threshold.
CHASED = {Standing.SOON: "reminded_at", Standing.OVERDUE: "overdue_told_at"}


def chase(*, now: datetime) -> int:
    """Tell of every open question that has come to a threshold, once for each; how many were told of.

    Running it twice, or twice at once, changes nothing more: the row says what has been told, and one that
    somebody is answering at this moment is passed over until the next time.
    """
    today = timezone.localdate(now)
    soon = add_working_days(today, settings.NEXUS_REMIND_BEFORE_DAYS)
    unanswered = Question.objects.open().filter(due_on__lte=soon, overdue_told_at=None)
    return sum(chase_one(pk, today, now) for pk in unanswered.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def chase_one(question_id: int, today: date, now: datetime) -> bool:
    unanswered = Question.objects.open().select_for_update(of=("self",), skip_locked=True)
    question = unanswered.select_related("request__referral__force", "owner").filter(pk=question_id).first()
    if question is None:
        return False
    standing = standing_on(question.due_on, today)
    column = CHASED.get(standing)
    if column is None or getattr(question, column):
        return False
    setattr(question, column, now)
    question.save(update_fields=[column])
    detail = {"question": question.pk, "standing": standing.value}
    record(kind="referral.chased", by=None, subject=question.request.referral, now=now, detail=detail)
    telling.unanswered(question, standing, now=now)
    return True
