"""What a trafficking indicator stops of police support: the arrest, and the serving of papers."""

from datetime import datetime

from casework.models import Case
from casework.support import telling
from casework.support.models import SupportRequest
from casework.support.rules import TOUCHES_THE_PERSON
from casework.support.states import WITH_THE_FORCE
from nexus.accounts.models import User


def stop(*, case: Case, by: User, now: datetime, because: str, trafficking: bool) -> None:
    """For casework/parts.py: the force that has such a request is told at once. Call with the case locked."""
    if not trafficking:
        return
    found = SupportRequest.objects.filter(
        referral=case.referral_id, kind__in=TOUCHES_THE_PERSON, state__in=WITH_THE_FORCE
    )
    for request in found.select_related("force", "asked_by", "answered_by", "referral__case__case_owner"):
        telling.stopped(request, now=now)
