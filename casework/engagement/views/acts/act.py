"""What a page of one act is: its action's verb, its form and its words, as a row of a table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.engagement.models import Engagement
from nexus.accounts.models import User
from nexus.ui.forms import GovukForm

Against = Callable[[Engagement, User, datetime], list[str]]


def nothing_more(engagement: Engagement, by: User, now: datetime) -> list[str]:
    return []


def as_it_is(engagement: Engagement) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Act:
    """One act. `against` says what stands against it beside its state and owner, before anything is typed;
    `begins` what its form is made with; `confirmed` asks for the pass phrase again."""

    verb: str
    form: type[GovukForm]
    heading: str
    button: str
    done: str
    lead: str = ""
    warns: bool = False  # cannot be taken back
    confirmed: bool = False
    against: Against = nothing_more
    begins: Callable[[Engagement], dict[str, Any]] = as_it_is
