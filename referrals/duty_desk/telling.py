"""Who is told of an enquiry, a call, litigation or the rota. Called inside the actions; nobody is told of what they did themselves."""

from collections.abc import Iterable
from datetime import datetime

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.actions import notify
from referrals.duty_desk.models import (
    Enquiry,
    EnquiryChange,
    EnquiryNote,
    MatterEntry,
    RotaAlert,
    TelephoneReferral,
)
from referrals.duty_desk.permissions import DESK
from referrals.duty_desk.rules.pending import Team
from referrals.states import State as ReferralState
from referrals.telling import leads_of


def answered(enquiry: Enquiry, *, by: User, now: datetime) -> None:
    """Who asked and who logged the question hear of each answer to it."""
    times = EnquiryChange.objects.filter(enquiry=enquiry, verb="answer").count()
    people = [person for person in (enquiry.asked_by, enquiry.logged_by) if person != by]
    tell(enquiry, "enquiry_answered", people, key=f"enquiry:{enquiry.pk}:answered:{times}", now=now)


def handed_over(note: EnquiryNote, *, by: User, now: datetime) -> None:
    """The new owner hears what they have got, unless they took it."""
    people = [note.to] if note.to != by else []
    tell(note.enquiry, "enquiry_handed_over", people, key=f"enquiry-note:{note.pk}", now=now)


def call_taken(call: TelephoneReferral, *, now: datetime) -> None:
    """The officer named and the force lead hear that there is a draft to complete; else all its officers."""
    referral = call.referral
    people = [call.account, *leads_of(referral)]
    if not any(people):
        people = list(User.objects.filter(role=Role.POLICE_OFFICER, force=referral.force, is_active=True))
    notify(
        event_key=f"call:{call.pk}:taken",
        kind="call_taken",
        to=people,
        now=now,
        subject=referral,
        url_name="referrals:tasks",
        url_args=[referral.reference],
    )


def litigation_tasked(entry: MatterEntry, *, now: datetime) -> None:
    """Senior Caseworkers hear of what is tasked to Nexus Casework, once they see the referral."""
    matter = entry.matter
    if matter.tasked_to != Team.NEXUS_CASEWORK or matter.referral.state != ReferralState.ACCEPTED:
        return
    notify(
        event_key=f"matter-entry:{entry.pk}",
        kind="litigation_tasked",
        to=User.objects.filter(role=Role.SENIOR_CASEWORKER, is_active=True),
        now=now,
        subject=matter.referral,
        url_name="duty_desk:matter",
        url_args=[matter.pk],
    )


def gap_ahead(alert: RotaAlert, *, now: datetime) -> None:
    """Managers and the desk hear that nobody is on duty; the message leads to the week."""
    people = User.objects.filter(role__in=DESK, is_active=True)
    key = f"rota-alert:{alert.pk}"
    notify(event_key=key, kind="rota_gap", to=people, now=now, subject=alert, url_name="duty_desk:rota")


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
