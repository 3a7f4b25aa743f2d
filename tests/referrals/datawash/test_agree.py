"""A manager puts down what was agreed with a force; without it the force cannot upload."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from referrals.datawash import actions
from referrals.datawash.forms import AgreementForm
from referrals.datawash.linkage.pots import POT_OF_STATUS
from referrals.datawash.models import Agreement
from referrals.datawash.queries import agreed_pots, running_agreement
from tests.builders import NOON, a_force, a_user
from tests.referrals.datawash.builders import an_agreement

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def manager() -> Client:
    client = Client()
    client.force_login(a_user(Role.MANAGER))
    return client


def posted(**answers: Any) -> dict[str, Any]:
    """What the form sends when nothing of the table is touched."""
    table = {name: field.initial for name, field in AgreementForm().fields.items() if name.startswith("pot_")}
    return {
        **table,
        "force": a_force().pk,
        "title": "Custody lists",
        "starts_on-day": "1",
        "starts_on-month": "11",
        "starts_on-year": "2026",
        "stale_after_days": "21",
        "purge_after_days": "7",
        **answers,
    }


def test_the_form_offers_the_standard_table_and_keeps_what_differs() -> None:
    answer = manager().post(reverse("datawash:agree"), posted(pot_overstayer="in process"))
    agreement = Agreement.objects.get()
    assert answer["Location"] == reverse("datawash:agreement", args=[agreement.pk])
    assert (agreement.title, agreement.stale_after_days, agreement.purge_after_days) == (
        "Custody lists",
        21,
        7,
    )
    assert agreement.pots == {"overstayer": "in process"}
    assert agreed_pots(agreement) == {**POT_OF_STATUS, "overstayer": "in process"}
    entry = AuditEvent.objects.get(kind="agreement.made")
    assert (entry.subject_id, entry.detail) == (str(agreement.pk), {"force": agreement.force_id})


def test_every_status_has_its_question_and_no_grade_has_one() -> None:
    asked = {name.removeprefix("pot_") for name in AgreementForm().fields if name.startswith("pot_")}
    assert asked == set(POT_OF_STATUS)
    for grade in ("no trace", "ambiguous"):
        with pytest.raises(Refused, match="cannot be put in"):
            an_agreement(pots={grade: "no leave"})
    with pytest.raises(Refused, match="cannot be put in “prison”"):
        an_agreement(pots={"overstayer": "prison"})


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (TODAY, TODAY - timedelta(days=1), "cannot end before it starts"),
        (TODAY + timedelta(days=400), None, "cannot overlap"),
        (TODAY - timedelta(days=90), TODAY - timedelta(days=30), "cannot overlap"),
    ],
)
def test_agreements_of_one_force_never_overlap(first: date, last: date | None, reason: str) -> None:
    an_agreement()
    with pytest.raises(Refused, match=reason):
        an_agreement(starts_on=first, ends_on=last)
    an_agreement(force=a_force("06"))
    an_agreement(starts_on=TODAY - timedelta(days=90), ends_on=TODAY - timedelta(days=31))


def test_a_force_that_is_not_engaged_gets_none() -> None:
    with pytest.raises(Refused, match="is not engaged"):
        an_agreement(force=a_force("93"))


def test_the_last_day_is_set_moved_and_taken_away() -> None:
    agreement = an_agreement()
    address = reverse("datawash:change_end", args=[agreement.pk])
    client = manager()
    assert address in client.get(reverse("datawash:agreement", args=[agreement.pk])).text
    last = {"ends_on-day": "30", "ends_on-month": "11", "ends_on-year": "2026"}
    assert client.post(address, last).status_code == 302
    assert Agreement.objects.get().ends_on == date(2026, 11, 30)
    assert running_agreement(agreement.force, date(2026, 11, 30)) == agreement
    assert running_agreement(agreement.force, date(2026, 12, 1)) is None
    answer = client.post(address, {**last, "ends_on-year": "2025"})
    assert answer.status_code == 409 and "The agreement cannot end before it starts." in answer.text
    assert client.post(address, {}).status_code == 302
    assert Agreement.objects.get().ends_on is None
    changes = AuditEvent.objects.filter(kind="agreement.end_changed").order_by("pk")
    assert list(changes.values_list("detail", flat=True)) == [
        {"ends_on": "2026-11-30"},
        {"ends_on": None},
    ]


def test_only_managers_agree() -> None:
    agreement = an_agreement()
    officer = a_user(Role.REFERRALS_OFFICER)
    with pytest.raises(PermissionDenied):
        actions.change_end(agreement_id=agreement.pk, by=officer, now=NOON, ends_on=None)
    client = Client()
    client.force_login(officer)
    page = client.get(reverse("datawash:agreements")).content.decode()
    assert "Custody lists" in page and "Add an agreement" not in page


def test_the_pages_show_what_was_agreed() -> None:
    agreement = an_agreement(pots={"overstayer": "in process"}, title="Lists <of> custody")
    client = manager()
    page = client.get(reverse("datawash:agreement", args=[agreement.pk])).content.decode()
    assert "Lists &lt;of&gt; custody" in page
    assert "Undetermined, always" in page and "28 days" in page
    answer = client.post(reverse("datawash:agree"), posted(title=""))
    assert "Enter the title" in answer.content.decode()
