"""The lists of data-washes, of agreements and of a report's rows cost the same with two rows and with twelve."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from referrals.datawash.models import WashRow
from tests.builders import a_force, a_user
from tests.referrals.datawash.builders import HEAD, a_checked_wash, a_register, a_washed_list, an_agreement

pytestmark = pytest.mark.django_db


def cost(person: User, name: str, *args: object) -> int:
    client = Client()
    client.force_login(person)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(name, args=args)).status_code == 200
    return len(asked)


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.REFERRALS_OFFICER, Role.MANAGER])
def test_the_list_of_washes(role: Role) -> None:
    officer, reader = a_user(Role.POLICE_OFFICER), a_user(role)

    def some(numbers: range) -> None:
        for at in numbers:
            a_checked_wash(f"{HEAD}\nR{at},Quillfeather,Ottilie,1971-03-09,,,,,,,,\n", by=officer)

    some(range(2))
    few = cost(reader, "datawash:list")
    some(range(2, 12))
    assert cost(reader, "datawash:list") == few < 18


def test_the_list_of_agreements() -> None:
    manager = a_user(Role.MANAGER)
    a_force()
    forces = Force.objects.all()[:12]
    for force in forces[:2]:
        an_agreement(force=force)
    few = cost(manager, "datawash:agreements")
    for force in forces[2:]:
        an_agreement(force=force)
    assert cost(manager, "datawash:agreements") == few < 12


def test_the_rows_of_a_report() -> None:
    a_register()
    wash = a_washed_list(f"{HEAD}\nR0,Quillfeather,Ottilie,1971-03-09,,,,,,,,\n")
    row = wash.rows.get()
    few = cost(wash.uploaded_by, "datawash:detail", wash.pk)
    WashRow.objects.bulk_create(
        WashRow(wash=wash, number=at, force_row_ref=f"R{at}", grade=row.grade, pot=row.pot, reason=row.reason)
        for at in range(1, 12)
    )
    assert cost(wash.uploaded_by, "datawash:detail", wash.pk) == few < 18
