"""Queries about what has to be keyed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from casework.keying.models import Entry, Keyed
from casework.keying.permissions import WHO_MAY, EntryQuerySet
from casework.keying.rules import KEY_WITHIN, What
from casework.models import Case
from casework.timeline import INTERNAL, SIZE
from casework.timeline import Entry as Happening
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.parts import WorkWaiting
from nexus.working_days import first_day_within
from referrals.models import Referral
from referrals.parts import NextStep
from referrals.queue import start_of

FLAGS = [what.value for what in What if what.is_flag]


def entries(among: EntryQuerySet) -> EntryQuerySet:
    """With everything a line shows, in one query."""
    return among.select_related(
        "referral__force", "flag", "allocation__team", "done_by", "keyed__keyed_by"
    ).prefetch_related("referral__nationalities")


def followed_by(page: Iterable[Entry]) -> Mapping[str, Entry]:
    """The last of the entries of its own flag or its own allocations, by the key of each that has a later one."""
    page = list(page)
    last: dict[tuple[int, bool], Entry] = {}
    every = Entry.objects.filter(referral__in={entry.referral_id for entry in page})
    for entry in every.order_by("happened_at", "key"):
        last[entry.referral_id, What(entry.what).is_flag] = entry
    latest = {entry.pk: last[entry.referral_id, What(entry.what).is_flag] for entry in page}
    return {key: entry for key, entry in latest.items() if entry.pk != key}


def theirs(user: User) -> Q:
    """What this person keys: the Referrals Office the flags, a case-owner their own cases, others of
    Liverpool every allocation."""
    found = Q(what__in=FLAGS) if WHO_MAY.may("confirm_flag", user) else ~Q(what__in=FLAGS)
    return found & Q(referral__case__case_owner=user) if user.role == Role.CASE_OWNER else found


def is_late(now: datetime) -> Q:
    """Not keyed within the local target."""
    return Q(keyed=None, happened_at__lt=start_of(first_day_within(KEY_WITHIN, now)))


def work_waiting(*, user: User, now: datetime) -> Iterable[WorkWaiting]:
    """One line for who keys something."""
    if not WHO_MAY.may("view", user):
        return []
    pending = Entry.objects.visible_to(user).pending().filter(theirs(user))
    late = pending.filter(is_late(now))
    return [WorkWaiting("To be keyed on CID or Atlas", pending, reverse("keying:list"), late)]


def next_steps(*, referral: Referral, by: User) -> list[NextStep]:
    """What of the referral this person has to key."""
    if not WHO_MAY.may("view", by):
        return []
    pending = Entry.objects.visible_to(by).pending().filter(theirs(by), referral=referral)
    return [
        NextStep(
            f"Key the {'flag' if What(entry.what).is_flag else 'allocation'}",
            reverse("keying:confirm", args=[entry.pk]),
        )
        for entry in pending
    ]


def timeline(*, case: Case, before: datetime | None) -> Iterable[Happening]:
    """When what was keyed, and what was corrected."""
    keyed = Keyed.objects.filter(referral=case.referral_id).select_related("keyed_by", "corrected_by")
    for row in keyed.order_by("-keyed_at")[: SIZE + 1]:
        text = row.words if row.keyed_by else f"{row.words}\nConfirmed by file: {row.keyed_by_name}"
        title = f"Keyed on {row.get_system_display()}"
        yield Happening(title, row.keyed_at, row.keyed_by, text, tag=INTERNAL)
        if row.corrected_at:
            text = f"{row.words}\n{row.corrected_because}"
            yield Happening("Confirmation withdrawn", row.corrected_at, row.corrected_by, text, tag=INTERNAL)
