"""A notification is one row for one person and one event; an e-mail is a row too. Messages are hints."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from nexus.accounts.models import User
from nexus.fsm import StateChange, state_check, state_field, state_guards
from nexus.leases import LeasedModel, lease_check
from nexus.notifications.kinds import KINDS, Delivery
from nexus.notifications.permissions import MailQuerySet, NotificationQuerySet
from nexus.notifications.states import MOVES, STATES, State
from nexus.row_security import open_to_all


class Preference(models.Model):
    """How one person wants to be told of one group of kinds."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notification_preferences")
    group = models.CharField(max_length=30)
    delivery = models.CharField(max_length=10, choices=Delivery.choices)

    SEEN_BY = open_to_all("That something waits for somebody, and where; names no subject.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "group"], name="one_preference_a_group"),
            models.CheckConstraint(condition=Q(delivery__in=Delivery.values), name="preference_is_known"),
        ]

    def __str__(self) -> str:
        return f"Preference {self.pk}"


class Mail(LeasedModel):
    """One e-mail to one person: about one event, or a digest. It is sent at most once."""

    STATES = STATES
    MOVES = MOVES
    NOUN = "mail"
    WAITING, WORKING, WAITS_SINCE = State.WAITING, State.SENDING, "due_at"

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120, help_text="The event, or the digest and its day")
    state = state_field(State, State.WAITING)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="Not tried before")
    failure = models.CharField(max_length=300, blank=True)
    may_have_arrived = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)

    objects = MailQuerySet.as_manager()

    SEEN_BY = open_to_all("That something waits for somebody, and where; names no subject.")

    class Meta:
        triggers = state_guards(MOVES.values(), initial=State.WAITING)
        constraints = [
            state_check(State, name="mail_state_is_known"),
            models.UniqueConstraint(fields=["person", "key"], name="one_mail_a_person_and_event"),
            lease_check(State.SENDING, name="sending_has_a_lease"),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="sent_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"E-mail {self.pk}"

    def finish(self, *, by: None, now: datetime) -> None:
        self.sent_at, self.failure = now, ""

    def postpone(self, *, by: None, now: datetime, due_at: datetime) -> None:
        self.due_at = due_at

    def park(self, *, by: None, now: datetime, failure: str, may_have_arrived: bool) -> None:
        self.failure, self.may_have_arrived = failure, may_have_arrived

    def retry(self, *, by: User, now: datetime) -> None:
        self.attempts, self.due_at, self.failure = 0, now, ""


class MailChange(StateChange):
    mail = models.ForeignKey(Mail, on_delete=models.PROTECT, related_name="changes")
    SEEN_BY = open_to_all("That something waits for somebody, and where; names no subject.")


class Notification(models.Model):
    """One person is told of one event, once."""

    event_key = models.CharField(max_length=100, help_text="The event by its ids")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notifications")
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=80, blank=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    url_name = models.CharField(max_length=60)
    url_args = models.JSONField(default=list)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    delivery = models.CharField(max_length=10, choices=Delivery.choices)
    mail = models.ForeignKey(Mail, on_delete=models.PROTECT, null=True, related_name="notifications")

    objects = NotificationQuerySet.as_manager()

    SEEN_BY = open_to_all("That something waits for somebody, and where; names no subject.")

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["event_key", "person"], name="one_notification_an_event"),
            models.CheckConstraint(
                condition=Q(delivery__in=[d for d in Delivery.values if d != Delivery.NONE]),
                name="notification_delivery_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-made_at", "-id"], name="inbox"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="unread_of_a_person"),
            models.Index(
                fields=["delivery", "made_at"],
                condition=Q(mail=None, read_at=None, delivery__in=["daily", "weekly"]),
                name="waits_for_a_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"Notification {self.pk}"

    @property
    def words(self) -> str:
        """What happened, with the reference and nothing else."""
        return KINDS[self.kind].words.format(reference=self.reference)

    @property
    def in_parts(self) -> tuple[str, str, str]:
        """The words before the reference, the reference, the words after it: no line may break within."""
        before, _, after = KINDS[self.kind].words.partition("{reference}")
        return before, self.reference, after

    @property
    def target(self) -> str:
        """The path of the page it is about. Whether the person may still see it, that page says."""
        return reverse(self.url_name, args=self.url_args)
