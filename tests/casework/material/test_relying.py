"""Approved text: locked by its hash, reviewed by Specialist Appeals, served."""

import pytest

from casework.material.models import Approval, Version
from casework.material.permissions import WHO_MAY
from casework.material.queries import approved_for
from casework.material.states import State
from casework.states import State as CaseState
from nexus.accounts.roles import Role
from tests import databases
from tests.builders import a_user
from tests.casework.material.builders import (
    NOW,
    STATEMENT,
    approved,
    checked,
    do,
    fresh,
    owner_of,
    refusal,
    relied_on,
    sent,
    with_appeals,
)

pytestmark = pytest.mark.django_db


def sabotage(version: Version) -> None:
    """Somebody with the database in their hands changes a sent text."""
    changed = "UPDATE material_version SET paragraphs = %s WHERE id = %s"
    databases.behind_the_guards(changed, ["I saw nothing."], version.pk)


@pytest.mark.django_db(transaction=True)
def test_a_changed_text_is_neither_approved_nor_relied_on() -> None:
    material = checked()
    sabotage(material.versions.get(kind="statement"))
    assert "have changed since they were sent" in refusal(
        lambda: do("approve", material, a_user(Role.SENIOR_CASEWORKER))
    )
    locked = approved()
    sabotage(locked.approval.version)
    assert "have changed since they were sent" in refusal(lambda: do("rely_on", locked, owner_of(locked)))
    assert fresh(locked).state == State.APPROVED


def test_a_change_after_approval_is_a_new_version_with_a_new_approval() -> None:
    material = relied_on()
    assert "Only a Senior Caseworker" in refusal(lambda: do("reject", material, owner_of(material)))
    assert "Only a Senior Caseworker" in refusal(lambda: do("supersede", material, owner_of(material)))
    do("reject", material, a_user(Role.SENIOR_CASEWORKER))
    assert not approved_for(material.case).exists() and Approval.objects.count() == 1
    sent(fresh(material), STATEMENT)
    assert fresh(material).approval is None


@pytest.mark.django_db(transaction=True)
def test_in_a_challenged_case_specialist_appeals_come_before_service() -> None:
    material = relied_on()
    changed = "UPDATE casework_case SET state = %s WHERE id = %s"
    databases.behind_the_guards(changed, CaseState.CHALLENGED.value, material.case_id)
    material = fresh(material)
    assert "Specialist Appeals must review" in refusal(lambda: do("serve", material, owner_of(material)))
    appeals = a_user(Role.SPECIALIST_APPEALS)
    do("ask_for_appeals_review", material, appeals)
    assert "Enter your advice." in refusal(lambda: do("advise", material, appeals, advice=""))
    do("advise", material, appeals)
    later = NOW.date().replace(day=28)
    assert "today or in the past" in refusal(
        lambda: do("serve", material, owner_of(material), served_on=later)
    )
    assert do("serve", material, owner_of(material)).state == State.SERVED


def test_specialist_appeals_advise_and_edit_nothing() -> None:
    inside = {verb for verb, roles in WHO_MAY.items() if Role.SPECIALIST_APPEALS in roles}
    assert inside == {"view", "view_inside", "view_bundle", "ask_for_appeals_review", "advise"}
    assert with_appeals().state == State.WITH_APPEALS
