"""What the pages of enquiries ask of the database."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from nexus.accounts.models import User
from referrals.duty_desk.models import Enquiry
from referrals.duty_desk.permissions import WHO_MAY
from referrals.duty_desk.rules.rota import london
from referrals.duty_desk.states import State
from referrals.models import Referral
from referrals.queue import ME, NOBODY

DAY = timedelta(days=1)
ONLY_DESK = "Seen by the desk only"


def on_day(day: date, moment: str) -> Q:
    """Whether the field `moment` lies on this day in London."""
    return Q(**{f"{moment}__gte": london(day, time(0)), f"{moment}__lt": london(day + DAY, time(0))})


def filtered(
    enquiries: QuerySet[Enquiry], wanted: Mapping[str, Any], *, by: User, today: date
) -> QuerySet[Enquiry]:
    """The enquiries asked for; where neither state nor day is, all open ones and those answered today.

    `wanted` may hold state (a list), asker, force (a Force), owner (nobody, me or a person's number) and
    day (logged or answered on it).
    """
    if wanted.get("state"):
        enquiries = enquiries.filter(state__in=wanted["state"])
    elif not wanted.get("day"):
        enquiries = enquiries.filter(Q(state=State.OPEN) | on_day(today, "answered_at"))
    if wanted.get("day"):
        enquiries = enquiries.filter(
            on_day(wanted["day"], "logged_at") | on_day(wanted["day"], "answered_at")
        )
    if wanted.get("asker"):
        enquiries = enquiries.filter(asker=wanted["asker"])
    if wanted.get("force"):
        enquiries = enquiries.filter(force=wanted["force"])
    if wanted.get("owner"):
        enquiries = enquiries.filter(owned_by(wanted["owner"], by))
    return enquiries


def owned_by(owner: str, by: User) -> Q:
    if owner == NOBODY:
        return Q(owner=None)
    return Q(owner=by.pk if owner == ME else int(owner))


def linked_referral(enquiry: Enquiry, user: User) -> Referral | None:
    """The referral it is linked to, where this person may see it."""
    return Referral.objects.visible_to(user).filter(pk=enquiry.referral_id).first()


def happenings(enquiry: Enquiry, user: User) -> list[dict[str, Any]]:
    """What happened, newest first; the desk's own notes for the desk only."""
    entries = [
        {
            "title": "Logged",
            "at": enquiry.logged_at,
            "by": enquiry.logged_by,
            "text": "",
            "tag": "",
        }
    ]
    for change in enquiry.changes.select_related("by"):
        title = {"answer": "Answered", "reopen": "Reopened"}[change.verb]
        entries.append({"title": title, "at": change.at, "by": change.by, "text": change.reason, "tag": ""})
    if WHO_MAY.may("view_desk", user):
        entries += [_of_note(note) for note in enquiry.notes.select_related("by", "to", "referral")]
    return sorted(entries, key=lambda entry: entry["at"], reverse=True)


def _of_note(note: Any) -> dict[str, Any]:
    title = "Note"
    if note.to:
        title = "Taken" if note.to_id == note.by_id else f"Handed over to {note.to}"
    if note.referral:
        title = f"Linked to {note.referral.reference}"
    return {
        "title": title,
        "at": note.at,
        "by": note.by,
        "text": note.text,
        "tag": ONLY_DESK if note.text else "",
    }
