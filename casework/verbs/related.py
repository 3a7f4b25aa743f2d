"""What is done to the people and the cases around a case. Pages alone: the interface does not tell of them."""

from collections.abc import Callable
from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from casework import actions, forms
from casework.actions.people import reasons_not_known
from casework.actions.related import reasons_not_to_unrelate
from casework.actions.steps import reasons_not_to
from casework.models import Case, RelatedPerson
from casework.queries import Related, relations_of
from casework.verbs.shared import about, standing_against, tab
from nexus.accounts.models import User
from nexus.verbs import Verb


def person_of(case: Case, *, person_id: int) -> RelatedPerson:
    return get_object_or_404(case.people.select_related("removed_by"), pk=person_id)


def relation_of(case: Case, *, related_id: int) -> Related:
    """The relation of this case and another, whichever of the two named the other."""
    for related in relations_of(case):
        if related.row.pk == related_id:
            return related
    raise Http404


def standing_against_person(verb: str) -> Callable[[RelatedPerson, User, datetime], list[str]]:
    """The case, and that this is no longer what is known of the person."""
    return lambda person, by, now: reasons_not_to(verb, person.case, by) or reasons_not_known(person)


RELATED = {
    "relate": Verb(
        action=actions.relate,
        form=forms.RelateForm,
        heading="Relate another case",
        button="Relate the cases",
        success="The cases are related. Both cases show this",
        reasons_against=standing_against("relate"),
        form_kwargs=about,
        back=tab("related"),
    ),
    "unrelate": Verb(
        action=actions.unrelate,
        form=forms.UnrelateForm,
        heading="End the relation of two cases",
        button="End the relation",
        success="The cases are no longer related",
        address="related/<int:related_id>/end/",
        find_part=relation_of,
        reasons_against=lambda related, by, now: reasons_not_to_unrelate(related, by),
        back=tab("related"),
    ),
    "add_person": Verb(
        action=actions.add_person,
        form=forms.PersonForm,
        heading="Add a related person",
        button="Add the person",
        success="The person is added",
        lead="A partner, child, co-offender, victim or witness who has no case here.",
        reasons_against=standing_against("add_person"),
        back=tab("related"),
    ),
    "correct_person": Verb(
        action=actions.correct_person,
        form=forms.CorrectPersonForm,
        heading="Correct what is known of a person",
        button="Save the correction",
        success="Correction saved. The earlier version is kept",
        address="people/<int:person_id>/correct/",
        find_part=person_of,
        reasons_against=standing_against_person("correct_person"),
        form_kwargs=lambda person, by: {"person": person},
        back=tab("related"),
    ),
    "remove_person": Verb(
        action=actions.remove_person,
        form=forms.RemovePersonForm,
        heading="Remove a person from the case",
        button="Remove the person",
        success="The person is removed from the case. The record stays",
        lead="Use this for somebody who should not be on this case. If a detail is wrong, correct it instead.",
        address="people/<int:person_id>/remove/",
        find_part=person_of,
        reasons_against=standing_against_person("remove_person"),
        back=tab("related"),
    ),
}
