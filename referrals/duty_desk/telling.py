"""Who is told of an enquiry. Called inside the actions; nobody is told of what they did themselves."""

from collections.abc import Iterable
from datetime import datetime

from nexus.accounts.models import User
from nexus.notifications.actions import notify
from referrals.duty_desk.models import Enquiry, EnquiryChange, EnquiryNote


def answered(enquiry: Enquiry, *, by: User, now: datetime) -> None:
    """Who asked and who logged the question hear of each answer to it."""
    times = EnquiryChange.objects.filter(enquiry=enquiry, verb="answer").count()
    people = [person for person in (enquiry.asked_by, enquiry.logged_by) if person != by]
    tell(enquiry, "enquiry_answered", people, key=f"enquiry:{enquiry.pk}:answered:{times}", now=now)


def handed_over(note: EnquiryNote, *, by: User, now: datetime) -> None:
    """The new owner hears what they have got, unless they took it."""
    people = [note.to] if note.to != by else []
    tell(note.enquiry, "enquiry_handed_over", people, key=f"enquiry-note:{note.pk}", now=now)


def tell(enquiry: Enquiry, kind: str, to: Iterable[User | None], *, key: str, now: datetime) -> None:
    notify(
        event_key=key,
        kind=kind,
        to=to,
        now=now,
        subject=enquiry,
        url_name="duty_desk:detail",
        url_args=[enquiry.pk],
    )
