"""The check against the agreed format, and the approval by somebody else."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from casework.material.actions.checking import Judgement
from casework.material.models import Approval
from casework.material.queries import approved_for
from nexus.accounts.roles import Role
from tests.builders import a_user
from tests.casework.material.builders import (
    NOW,
    STATEMENT,
    answers_of,
    checked,
    do,
    fresh,
    owner_of,
    read,
    received,
    refusal,
    requested,
    sent,
)

pytestmark = pytest.mark.django_db


def test_a_check_answers_every_point_every_paragraph_and_every_record() -> None:
    material = received()
    version = material.versions.get(kind="statement")
    given = answers_of(version, said={2: Judgement("redacted", "the moon"), 3: Judgement("")})
    given["points"]["graded"] = None
    given["records"] = {}
    said = refusal(lambda: do("check_statement", material, owner_of(material), **given))
    assert "Are the sources of intelligence graded?" in said
    assert "“the moon” is not in paragraph 2" in said
    assert "Select whether paragraph 3 may be disclosed." in said
    assert "Select whether the record “Crime report 0” may be disclosed." in said


def test_a_senior_who_neither_checked_nor_commissioned_approves_what_they_have_read() -> None:
    material = checked()
    senior = a_user(Role.SENIOR_CASEWORKER)
    assert "Open and read" in refusal(lambda: do("approve", material, senior))
    read(material, senior)
    assert "Enter why" in refusal(lambda: do("approve", material, senior, reasons=""))
    approval = do("approve", material, senior)
    assert approval.sha256 == approval.version.digest()
    assert list(approved_for(material.case)) == [material]


def test_nobody_approves_their_own_check_or_commission() -> None:
    senior = a_user(Role.SENIOR_CASEWORKER)
    material = checked(by=senior)
    read(material, senior)
    assert "You checked this statement." in refusal(lambda: do("approve", material, senior))
    early = requested()
    do("commission", early, senior, override_reason="Urgent before the hearing.")
    version = sent(fresh(early), STATEMENT)
    do("check_statement", early, owner_of(early), **answers_of(version))
    read(early, senior)
    assert "You commissioned this statement." in refusal(lambda: do("approve", early, senior))


@pytest.mark.parametrize("own", ["checked_by", "commissioned_by"])
def test_the_database_refuses_an_approval_of_ones_own(own: str) -> None:
    """Also with copies that are not true."""
    material = checked(by=a_user(Role.SENIOR_CASEWORKER))
    version = material.versions.get(kind="statement")
    check = version.checks.get()
    row = {
        "of_check": check,
        "version": version,
        "sha256": version.sha256,
        "reasons": "Fit to be relied on.",
        "approved_at": NOW,
        "checked_by": check.checked_by,
        "commissioned_by": material.commissioned_by,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(**row, approved_by=row[own])
    with pytest.raises(DatabaseError), transaction.atomic():
        Approval.objects.create(**{**row, own: a_user(Role.SENIOR_CASEWORKER)}, approved_by=row[own])


def test_what_the_check_found_wrong_is_not_approved() -> None:
    material = checked(failing=("graded", "records"), said={n: Judgement("no") for n in (1, 2, 3)})
    said = refusal(lambda: do("approve", material, a_user(Role.SENIOR_CASEWORKER)))
    assert "Its sources are not graded." in said and "records are not attached" in said
    assert "No paragraph may be disclosed" in said
