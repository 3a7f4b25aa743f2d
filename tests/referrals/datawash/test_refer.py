"""From a row of the report to a draft with what the force wrote and was told."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from referrals.datawash import actions
from referrals.datawash.actions.refer import code_of
from referrals.datawash.models import WashRow
from referrals.models import Referral
from tests.builders import NOON, a_force, a_user
from tests.referrals.datawash.builders import HEAD, a_checked_wash, a_register, a_washed_list

pytestmark = pytest.mark.django_db


def a_row(reference: str = "R1") -> WashRow:
    a_register()
    return a_washed_list().rows.get(force_row_ref=reference)


def test_the_draft_holds_what_the_row_says() -> None:
    row = a_row()
    referral = actions.refer(row_id=row.pk, by=row.wash.uploaded_by, now=NOON)
    referral.refresh_from_db()
    assert (referral.state, referral.surname, referral.forenames) == ("draft", "Gurishti", "Ardit")
    referral.refresh_from_db()
    assert (referral.date_of_birth, referral.date_of_birth_precision) == (date(1985, 7, 31), "exact")
    assert (referral.sex, referral.place_of_birth, referral.pnc_id) == ("male", "Port Selby", "1999/0123456X")
    assert [alias.name for alias in referral.aliases.all()] == ["Gurisht Ardi", "Ardit G"]
    assert [(each.code, each.source) for each in referral.nationalities.all()] == [("ALB", "claimed")]
    assert referral.officer == row.wash.uploaded_by.full_name
    assert AuditEvent.objects.get(kind="datawash.referred").detail == {
        "row": row.pk,
        "referral": referral.reference,
    }


def test_a_pot_is_no_status_but_is_told_as_a_source_with_its_date() -> None:
    row = a_row()
    referral = actions.refer(row_id=row.pk, by=row.wash.uploaded_by, now=NOON)
    referral.refresh_from_db()
    assert referral.immigration_status == ""
    assert referral.status_source == "Data-wash of 16 November 2026: no leave"
    assert referral.status_as_at


def test_what_was_not_told_is_not_carried_over() -> None:
    row = a_row("R2")
    assert row.pot == "EEA"
    referral = actions.refer(row_id=row.pk, by=row.wash.uploaded_by, now=NOON)
    referral.refresh_from_db()
    assert (referral.status_source, referral.status_as_at) == ("", None)


def test_a_double_click_gives_the_same_draft() -> None:
    row = a_row()
    client = Client()
    client.force_login(row.wash.uploaded_by)
    address = reverse("datawash:refer", args=[row.wash_id, row.pk])
    first, second = client.post(address), client.post(address)
    referral = Referral.objects.get()
    assert first["Location"] == second["Location"] == reverse("referrals:tasks", args=[referral.reference])
    page = client.get(reverse("datawash:detail", args=[row.wash_id])).content.decode()
    assert referral.reference in page


def test_a_year_alone_stays_a_year() -> None:
    wash = a_washed_list("force_row_ref,surname,forenames,dob\nR1,Gurishti,Ardit,1985\n")
    referral = actions.refer(row_id=wash.rows.get().pk, by=wash.uploaded_by, now=NOON)
    referral.refresh_from_db()
    referral.refresh_from_db()
    assert (referral.date_of_birth, referral.date_of_birth_precision) == (date(1985, 1, 1), "year_only")
    assert not referral.nationalities.exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ALB", "ALB"), ("alb", "ALB"), ("Albania", "ALB"), ("albanian", "ALB"), (" Kosovo ", "RKS"), ("RKS", "RKS"),
        ("Polish", "POL"), ("Atlantis", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_nationality_in_words(text: str, code: str) -> None:
    assert code_of(text) == code


def test_before_the_report_and_after_the_purge_there_is_nothing_to_refer_from() -> None:
    wash = a_checked_wash()
    with pytest.raises(Refused, match="no report yet"):
        actions.refer(row_id=wash.rows.earliest("pk").pk, by=wash.uploaded_by, now=NOON)
    row = a_row()
    WashRow.objects.filter(pk=row.pk).update(surname="", forenames="", dob="", person=None, purged_at=NOON)
    with pytest.raises(Refused, match="was deleted"):
        actions.refer(row_id=row.pk, by=row.wash.uploaded_by, now=NOON)


def test_only_the_own_force_refers() -> None:
    row = a_row()
    with pytest.raises(WashRow.DoesNotExist):
        actions.refer(row_id=row.pk, by=a_user(Role.FORCE_LEAD, force=a_force("06")), now=NOON)
    with pytest.raises(PermissionDenied):
        actions.refer(row_id=row.pk, by=a_user(Role.MANAGER), now=NOON)
    other = Client()
    other.force_login(a_user(Role.FORCE_LEAD))
    elsewhere = a_checked_wash(by=a_user(Role.POLICE_OFFICER, force=a_force("06")))
    assert other.post(reverse("datawash:refer", args=[elsewhere.pk, row.pk])).status_code == 404
    assert (
        other.post(
            reverse("datawash:refer", args=[row.wash_id, elsewhere.rows.earliest("pk").pk])
        ).status_code
        == 404
    )


def test_a_doubtful_date_of_birth_comes_to_the_draft_as_estimated() -> None:
    a_register()
    rows = "R1,Gurishti,Ardit,1985-07-31 23:30,,,,,,,,"
    wash = a_washed_list(f"{HEAD}\n{rows}\n")
    referral = actions.refer(row_id=wash.rows.get().pk, by=wash.uploaded_by, now=NOON)
    referral.refresh_from_db()
    assert (referral.date_of_birth, referral.date_of_birth_precision) == (date(1985, 7, 31), "estimated")
