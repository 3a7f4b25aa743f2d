"""Keep what is typed, give it back, and let it go. Beginning and discarding a draft stand in the audit log.

The text itself stands in no log: an entry names the page, which has ids in its address and nothing else.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import Resolver404, resolve

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.drafts.models import LONGEST_ADDRESS, Draft
from nexus.refusals import Refused

KEPT_FOR = timedelta(days=28)
MOST_CHARACTERS = 200_000  # all answers of a page together
MOST_DRAFTS = 100  # of one person; the oldest goes
# What a browser posts with every form, and what nobody keeps.
NOT_TYPED = frozenset(
    {"csrfmiddlewaretoken", "press_key", "shown_to", "draft_of", "settle", "page_compared", "step"}
)
SECRET = "password"  # noqa: S105  (part of a field's name)


def typed_in(posted: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What of a posted page is kept: everything but tokens, pass phrases and the choices of buttons."""
    return {
        name: values
        for name, values in posted.items()
        if name not in NOT_TYPED and SECRET not in name.lower()
    }


@transaction.atomic
def save_draft(*, by: User, now: datetime, page: str, answers: Mapping[str, list[str]]) -> Draft:
    """Keep the answers of a page for their writer. Raises Refused for what is no page of ours, and for too much."""
    if sum(len(text) for values in answers.values() for text in values) > MOST_CHARACTERS:
        raise Refused(f"A draft can have {MOST_CHARACTERS:,} characters. Save the page instead.")
    if not is_page(page):
        raise Refused("There is no such page to keep a draft of.")
    kept = {name: [text.replace("\x00", "") for text in values] for name, values in answers.items()}
    draft, is_new = Draft.objects.update_or_create(
        person=by, page=page, defaults={"answers": kept, "saved_at": now}
    )
    if is_new:
        record(kind="draft.begun", by=by, subject=draft, now=now, detail={"page": page})
        let_go_of_oldest(by)
    return draft


def let_go_of_oldest(by: User) -> None:
    """One person cannot fill the database with drafts."""
    beyond = Draft.objects.filter(person=by).order_by("-saved_at", "-pk").values("pk")[MOST_DRAFTS:]
    Draft.objects.filter(pk__in=list(beyond.values_list("pk", flat=True))).delete()


def is_page(page: str) -> bool:
    """Whether an address is one of ours, as short as ours are."""
    try:
        resolve(page)
    except Resolver404:
        return False
    return len(page) <= LONGEST_ADDRESS


@transaction.atomic
def discard_draft(*, by: User, now: datetime, page: str) -> None:
    """Let the draft of a page go because its writer does not want it. Without one nothing happens."""
    draft = Draft.objects.filter(person=by, page=page).first()
    if draft is not None:
        record(kind="draft.discarded", by=by, subject=draft, now=now, detail={"page": page})
        draft.delete()


def page_saved(*, by: User, page: str) -> None:
    """The page was saved: what it kept is where it belongs now."""
    Draft.objects.filter(person=by, page=page).delete()


def discard_old_drafts(*, now: datetime) -> int:
    """Let go of what nobody has come back to for four weeks. Returns how many drafts that were."""
    gone, _ = Draft.objects.filter(saved_at__lt=now - KEPT_FOR).delete()
    return gone
