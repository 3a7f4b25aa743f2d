"""The papers of a hearing as people meet them: which exist for whom, and how one is found."""

from django.db.models import Prefetch, QuerySet

from casework.decisions.lists import decisions_of
from casework.decisions.models import Challenge, Hearing
from casework.tribunal.models import Bundle
from casework.tribunal.permissions import WHO_MAY
from nexus.accounts.models import User
from nexus.rows import Rows


def hearings_of(by: User) -> QuerySet[Hearing]:
    """The hearings that exist for this person, each with its case as the frame of its page needs it."""
    challenges = Challenge.objects.visible_to(by).prefetch_related(Prefetch("decision", decisions_of(by)))
    found = Hearing.objects.filter(challenge__in=Challenge.objects.visible_to(by))
    return found.prefetch_related(Prefetch("challenge", challenges)).select_related("attendance")


def bundles_of(by: User) -> QuerySet[Bundle]:
    return Bundle.objects.visible_to(by).prefetch_related(Prefetch("hearing", hearings_of(by)))


HEARINGS = Rows(
    noun="hearing",
    seen=hearings_of,
    who_may=WHO_MAY,
    subject=lambda hearing: hearing.challenge.decision.case,
    lookups={"reference": "challenge__decision__case__referral__reference"},
)
BUNDLES = Rows(
    noun="bundle",
    seen=bundles_of,
    who_may=WHO_MAY,
    subject=lambda bundle: bundle.hearing.challenge.decision.case,
    lookups={"reference": "hearing__challenge__decision__case__referral__reference"},
)
