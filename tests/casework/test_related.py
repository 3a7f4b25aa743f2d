"""What belongs to a case: other cases, and people who have none; what was written of a person stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from django.forms import model_to_dict
from django.urls import reverse

from casework import actions
from casework.models import Case, RelatedCase, RelatedPerson
from casework.permissions import WHO_MAY
from casework.printing import printed
from casework.queries import people_of, related_to
from casework.timeline import timeline
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from referrals.following import following
from tests.builders import NOON, a_case_in, a_user, an_assigned_case
from tests.casework.desk import signed_in
from tests.casework.reports.builders import a_built_report

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)
PERSON: dict[str, Any] = {
    "name": "Zelmanov, Ruta",
    "relation": "partner",
    "known": "Lives with him in Walsall.",
    "source": "His interview of 3 November",
    "disclosable": False,
}
SECRETS = (
    PERSON["name"],
    PERSON["known"],
    PERSON["source"],
    "They never lived together.",
    "A namesake of the subject.",
)


def relate(case: Case, other: Case, **values: Any) -> RelatedCase:
    given = {"kind": "family", "reason": "They are brothers, by the passport.", **values}
    return actions.relate(case_id=case.pk, by=case.case_owner, now=LATER, other=other, **given)


def test_both_pages_show_the_relation_until_it_ends() -> None:
    case, other = an_assigned_case(), an_assigned_case(surname="Brennwald")
    row = relate(other, case)
    assert [each.other for each in related_to(case)] == [other]
    assert [each.other for each in related_to(other)] == [case]
    page = signed_in(case.case_owner).get(reverse("casework:related", args=[case.referral.reference])).text
    assert "BRENNWALD" in page and "They are brothers, by the passport." in page
    assert f"Related to {other}" in [entry.title for entry in timeline(case).entries]
    actions.unrelate(
        case_id=case.pk, related_id=row.pk, by=case.case_owner, now=LATER, reason="A namesake of the subject."
    )
    assert related_to(case) == related_to(other) == []
    assert AuditEvent.objects.get(kind="case.unrelated").detail == {"other": other.pk}


def test_a_relation_that_somebody_has_ended_keeps_what_another_typed() -> None:
    case, other = an_assigned_case(), an_assigned_case()
    row = relate(case, other)
    client, end = signed_in(case.case_owner), [case.referral.reference, row.pk]
    answers = [
        client.post(reverse("casework:unrelate", args=end), {"reason": why})
        for why in ("They never met in Leeds.", "They are namesakes, by the passports.")
    ]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert (
        "has ended this relation already" in answers[1].text
        and "They are namesakes, by the passports." in answers[1].text
    )
    assert client.get(reverse("casework:unrelate", args=end)).status_code == 409


def test_what_cannot_be_related() -> None:
    case, other = an_assigned_case(), an_assigned_case()
    for values, sentence in (
        ({"other": case}, "to itself"),
        ({"kind": "unheard"}, "Select how"),
        ({"reason": " "}, "Enter why"),
    ):
        with pytest.raises(Refused, match=sentence):
            relate(case, **{"other": other, **values})
    relate(case, other)
    with pytest.raises(Refused, match="already"):
        relate(other, case)
    with pytest.raises(IntegrityError), transaction.atomic():
        RelatedCase.objects.create(
            case=other, other=case, kind="family", reason="x", related_by=case.case_owner, related_at=LATER
        )
    with pytest.raises(RelatedCase.DoesNotExist):
        actions.unrelate(case_id=case.pk, related_id=0, by=case.case_owner, now=LATER, reason="x")


def add(case: Case, by: User | None = None, **values: Any) -> RelatedPerson:
    by = by or case.case_owner or a_user(Role.SENIOR_CASEWORKER)
    return actions.add_person(case_id=case.pk, by=by, now=LATER, **{**PERSON, **values})


def correct(person: RelatedPerson, by: User | None = None, **values: Any) -> RelatedPerson:
    by = by or person.added_by
    said = {**PERSON, "known": "They share a child.", "because": "They never lived together.", **values}
    return actions.correct_person(case_id=person.case_id, person_id=person.pk, by=by, now=LATER, **said)


def remove(
    person: RelatedPerson, by: User | None = None, reason: str = "A namesake of the subject."
) -> RelatedPerson:
    by = by or person.added_by
    return actions.remove_person(case_id=person.case_id, person_id=person.pk, by=by, now=LATER, reason=reason)


def test_a_person_is_added_corrected_with_the_original_kept_and_removed() -> None:
    case = an_assigned_case()
    first = add(case)
    second = correct(first)
    assert [(each.known, each.stands) for each in people_of(case)] == [
        ("Lives with him in Walsall.", False),
        ("They share a child.", True),
    ]
    removed = remove(second)
    assert (removed.removed_by, removed.removed_because) == (case.case_owner, "A namesake of the subject.")
    assert not any(each.stands for each in people_of(case))
    titles = [entry.title for entry in timeline(case).entries][:3]
    assert sorted(titles) == ["Related person added", "Related person corrected", "Related person removed"]


def test_the_audit_names_nobody_and_says_no_free_word() -> None:
    person = correct(add(an_assigned_case()))
    remove(person)
    entries = list(AuditEvent.objects.filter(kind__startswith="case.person_").order_by("pk"))
    assert [entry.kind for entry in entries] == [
        "case.person_added", "case.person_corrected", "case.person_removed"
    ]  # fmt: skip
    said = " ".join(f"{entry.reason} {entry.detail}" for entry in entries)
    assert [secret for secret in SECRETS if secret in said] == []


def test_each_refusal() -> None:
    case = an_assigned_case()
    for values, sentence in (
        ({"name": " "}, "Enter the person’s name"),
        ({"relation": "unheard"}, "Select how the person is related"),
        ({"known": ""}, "Enter what is known"),
        ({"source": ""}, "Enter how this is known"),
    ):
        with pytest.raises(Refused, match=sentence):
            add(case, **values)
    person = add(case)
    with pytest.raises(Refused, match="Enter why it is corrected"):
        correct(person, because=" ")
    with pytest.raises(Refused, match="Enter why the person is removed"):
        remove(person, reason=" ")
    corrected = correct(person)
    for act in (correct, remove):
        with pytest.raises(Refused, match="has since been corrected"):
            act(person)
    remove(corrected)
    with pytest.raises(Refused, match="has removed this person"):
        correct(corrected)
    with pytest.raises(Refused, match="case-owner"):
        add(case, by=a_user(Role.CASE_OWNER))
    with pytest.raises(RelatedPerson.DoesNotExist):
        other = an_assigned_case()
        actions.remove_person(
            case_id=other.pk, person_id=person.pk, by=other.case_owner, now=LATER, reason="x"
        )


def test_on_a_closed_case_people_stay_as_they_are() -> None:
    with pytest.raises(Refused, match="now “Closed”, so a person cannot be added"):
        add(a_case_in("closed"), by=a_user(Role.SENIOR_CASEWORKER))


@pytest.mark.parametrize("role", sorted(set(Role) - WHO_MAY["add_person"]))
def test_nobody_else_may(role: Role) -> None:
    person, by = add(an_assigned_case()), a_user(role)
    for attempt in (
        lambda: add(person.case, by=by),
        lambda: correct(person, by=by),
        lambda: remove(person, by=by),
    ):
        with pytest.raises((PermissionDenied, Case.DoesNotExist)):
            attempt()


def test_the_database_keeps_what_was_written() -> None:
    person = add(an_assigned_case())
    other = an_assigned_case()
    copy = {**PERSON, "added_by": person.added_by, "added_at": LATER}
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        RelatedPerson.objects.filter(pk=person.pk).update(known="Something else.")
    with pytest.raises(InternalError, match="of the same case"), transaction.atomic():
        RelatedPerson.objects.create(case=other, replaces=person, because="x", **copy)
    with pytest.raises(IntegrityError), transaction.atomic():
        RelatedPerson.objects.create(case=person.case, replaces=person, **copy)
    remove(person)
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        RelatedPerson.objects.filter(pk=person.pk).update(removed_because="Something else.")


def test_the_page_marks_a_victim_and_keeps_what_stood_there(the_week_after: None) -> None:
    case = an_assigned_case()
    person, client = add(case, relation="victim"), signed_in(case.case_owner)
    page = reverse("casework:related", args=[case.referral.reference])
    shown = client.get(page).text
    assert "Never counted as offending" in shown and "Not to be disclosed" in shown
    path = reverse("casework:correct_person", args=[case.referral.reference, person.pk])
    assert path in shown and 'value="Zelmanov, Ruta"' in client.get(path).text
    typed = {**PERSON, "relation": "witness", "disclosable": "yes"}
    assert "Enter why it is corrected" in client.post(path, typed).text
    assert client.post(path, {**typed, "because": "He saw the letter."}).status_code == 302
    shown = client.get(page).text
    assert "Witness of the conduct" in shown and "Earlier versions (1)" in shown
    assert client.get(path).status_code == 409


def test_it_is_in_the_print_of_the_case_and_never_told_to_the_force() -> None:
    case = an_assigned_case()
    add(case, relation="witness")
    rows = printed(case, by=case.case_owner, now=LATER)["people"]
    assert rows == [
        [
            "Zelmanov, Ruta",
            "Witness of the conduct (never counted as offending)",
            "Lives with him in Walsall.\nSource: His interview of 3 November",
            "No",
        ]
    ]
    lines = [model_to_dict(line) for line in a_built_report().lines.all()]
    assert len(lines) == 1
    told = f"{lines} {following(case.referral)}"
    assert [secret for secret in SECRETS if secret in told] == []
