"""Rows that one worker at a time works on: taken, held, found again. Each kind's promise is tested beside it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from nexus.accounts.roles import Role
from nexus.leases import LeasedModel, abandoned, available, held, lease_check, take
from nexus.notifications.models import Mail
from nexus.refusals import Refused
from tests.builders import NOON, a_user

KINDS = LeasedModel.__subclasses__()
LASTING = timedelta(minutes=5)


def test_the_kinds_are_those_we_know() -> None:
    assert {kind.__name__ for kind in KINDS} == {"BundleVersion", "Mail", "ProgressReport", "Wash"}


@pytest.mark.parametrize("kind", KINDS)
def test_only_taking_leads_into_the_work(kind: type[LeasedModel]) -> None:
    into = {verb: move.source for verb, move in kind.MOVES.items() if move.target == kind.WORKING}
    assert into == {"begin": (kind.WAITING,)}


@pytest.mark.parametrize("kind", KINDS)
def test_the_database_holds_each_kind_to_its_lease(kind: type[LeasedModel]) -> None:
    checks = kind._meta.constraints
    assert any(check == lease_check(*kind.working_states(), name=str(check.name)) for check in checks)


def a_mail() -> Mail:
    return Mail.objects.create(
        person=a_user(Role.POLICE_OFFICER), key=str(uuid4()), made_at=NOON, due_at=NOON
    )


@pytest.mark.django_db
def test_a_row_is_taken_once_and_held_by_its_token_alone() -> None:
    mail, rows = a_mail(), Mail.objects.all()
    taken = take(rows, mail.pk, now=NOON, lasting=LASTING)
    assert taken and taken.lease_token
    assert (taken.attempts, taken.lease_ends_at) == (1, NOON + LASTING)
    assert take(rows, mail.pk, now=NOON, lasting=LASTING) is None
    assert held(rows, mail.pk, token=taken.lease_token) == mail
    assert held(rows, mail.pk, token=uuid4()) is None
    assert not available(rows).exists()


@pytest.mark.django_db
def test_a_row_outside_what_is_asked_for_is_not_taken() -> None:
    mail = a_mail()
    assert take(Mail.objects.filter(due_at__lt=NOON), mail.pk, now=NOON, lasting=LASTING) is None
    assert available(Mail.objects.all()).get() == mail


@pytest.mark.django_db
def test_a_lease_that_is_over_is_found_and_leaving_the_work_ends_it() -> None:
    mail, rows = a_mail(), Mail.objects.all()
    taken = take(rows, mail.pk, now=NOON, lasting=LASTING)
    assert taken and taken.lease_token
    assert not abandoned(rows, now=NOON + LASTING).exists()
    (left,) = abandoned(rows, now=NOON + LASTING + timedelta(seconds=1))
    left.move("postpone", by=None, now=NOON, due_at=NOON)
    assert (left.lease_token, left.lease_ends_at, left.attempts) == (None, None, 1)
    assert held(rows, mail.pk, token=taken.lease_token) is None


@pytest.mark.django_db
def test_no_lease_without_work_and_no_work_without_a_lease() -> None:
    mail = a_mail()
    for values in ({"lease_token": uuid4(), "lease_ends_at": NOON}, {"state": "sending"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mail.objects.filter(pk=mail.pk).update(**values)
    with pytest.raises(Refused):
        mail.move("finish", by=None, now=NOON)
