"""The tab of what belongs to a case: other cases, and people who have none."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_http_methods

from casework import actions, forms
from casework.actions.people import reasons_not_known
from casework.actions.steps import reasons_not_to
from casework.queries import people_of, related_to
from casework.views.acts import Act, carry_out
from casework.views.frame import show, visible
from nexus.requests import SignedInRequest

UNRELATE = Act(
    "unrelate",
    actions.unrelate,
    forms.UnrelateForm,
    "End the relation of two cases",
    "End the relation",
    "The cases are no longer related",
    "related",
)
CORRECT = Act(
    "correct_person",
    actions.correct_person,
    forms.CorrectPersonForm,
    "Correct what is known of a person",
    "Save the correction",
    "It is corrected. What stood there before is kept",
    "related",
)
REMOVE = Act(
    "remove_person",
    actions.remove_person,
    forms.RemovePersonForm,
    "Remove a person from the case",
    "Remove the person",
    "The person is removed from the case. The record of it stays",
    "related",
    lead="For somebody who does not belong here. Where something about them is wrong, correct it instead.",
)


@require_GET
def related(request: SignedInRequest, reference: str) -> HttpResponse:
    """The cases and the people that belong to this case, and what stood here before."""
    case = visible(request, reference)
    people = people_of(case)
    return show(
        request,
        case,
        "related",
        related=related_to(case),
        people=[person for person in people if person.stands],
        earlier=[person for person in people if not person.stands],
    )


@require_http_methods(["GET", "POST"])
def unrelate(request: SignedInRequest, reference: str, related_id: int) -> HttpResponse:
    """Two cases do not belong together after all."""
    case = visible(request, reference, "unrelate")
    if related_id not in {each.row.pk for each in related_to(case)}:
        raise Http404
    reasons = reasons_not_to("unrelate", case, request.user)
    return carry_out(request, case, UNRELATE, reasons, related_id=related_id)


@require_http_methods(["GET", "POST"])
def correct_person(request: SignedInRequest, reference: str, person_id: int) -> HttpResponse:
    """What stands of the person now, to be said rightly."""
    case = visible(request, reference, "correct_person")
    person = get_object_or_404(case.people.select_related("removed_by"), pk=person_id)
    reasons = reasons_not_to("correct_person", case, request.user) or reasons_not_known(person)
    return carry_out(request, case, CORRECT, reasons, extra={"person": person}, person_id=person_id)


@require_http_methods(["GET", "POST"])
def remove_person(request: SignedInRequest, reference: str, person_id: int) -> HttpResponse:
    """One person is taken off the case, with a reason."""
    case = visible(request, reference, "remove_person")
    person = get_object_or_404(case.people.select_related("removed_by"), pk=person_id)
    reasons = reasons_not_to("remove_person", case, request.user) or reasons_not_known(person)
    return carry_out(request, case, REMOVE, reasons, person_id=person_id)
