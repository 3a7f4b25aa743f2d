"""What the verbs of a case share: what stands against them, what their forms are about, and where they return to."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse

from casework.actions.steps import reasons_not_to
from casework.models import Case
from nexus.accounts.models import User

ReasonsAgainst = Callable[[Case, User, datetime], list[str]]


def standing_against(verb: str) -> ReasonsAgainst:
    """Its state, and whose case it is."""
    return lambda case, by, now: reasons_not_to(verb, case, by)


def tab(name: str) -> Callable[[Case, User], str]:
    """The tab a verb is reached from and returns to, where that is not the summary."""
    return lambda case, by: reverse(f"casework:{name}", args=[case.referral.reference])


def about(case: Case, by: User) -> dict[str, Any]:
    return {"case": case, "by": by}
