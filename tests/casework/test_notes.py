"""Working notes: add_note."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework import actions
from casework.models import Case, CaseNote
from casework.permissions import WHO_MAY
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import NOON, a_case_in, a_user, an_assigned_case

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def note(case: Case, **values: object) -> CaseNote:
    return actions.add_note(
        **{"case_id": case.pk, "by": case.case_owner, "now": LATER, "text": "Seen.", **values}
    )


def test_a_note_is_kept_and_is_not_progress() -> None:
    case = an_assigned_case()
    written = note(case)
    assert (written.text, written.written_by, written.written_at) == ("Seen.", case.case_owner, LATER)
    assert Case.objects.get(pk=case.pk).last_progress_at == case.last_progress_at


def test_not_on_a_closed_case() -> None:
    with pytest.raises(Refused, match="a note cannot be added"):
        note(a_case_in("closed"))


def test_an_empty_note_is_refused() -> None:
    with pytest.raises(Refused, match="Enter the note"):
        note(an_assigned_case(), text="\n")


@pytest.mark.parametrize("role", sorted(Role))
def test_who_may(role: Role) -> None:
    case, by = an_assigned_case(), a_user(role)
    if role not in WHO_MAY["add_note"]:
        with pytest.raises((PermissionDenied, Case.DoesNotExist)):
            note(case, by=by)
    elif role == Role.CASE_OWNER:
        with pytest.raises(Refused, match="is the case-owner"):
            note(case, by=by)
    else:
        assert note(case, by=by).written_by == by


def test_it_is_recorded_without_its_text() -> None:
    written = note(an_assigned_case())
    assert AuditEvent.objects.get(kind="case.note_added").detail == {"note": written.pk}
