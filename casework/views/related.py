"""The tab of what belongs to a case: other cases, and people who have none."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from casework.lists import CASES
from casework.queries import people_of, related_to
from casework.views.frame import show
from nexus.requests import SignedInRequest


@require_GET
def related(request: SignedInRequest, reference: str) -> HttpResponse:
    """The cases and the people that belong to this case, and what stood here before."""
    case = CASES.open(request.user, "view", reference=reference)
    people = people_of(case)
    return show(
        request,
        case,
        "related",
        related=related_to(case),
        people=[person for person in people if person.stands],
        earlier=[person for person in people if not person.stands],
    )
