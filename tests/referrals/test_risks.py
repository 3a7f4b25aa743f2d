"""A person's risks are said once, and every place says the same."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Case
from casework.printing import printed
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.ui.fields import first_upper
from referrals.models import Referral
from referrals.risks import in_words, risk_flags
from tests.builders import NOON, a_draft, a_submitted, a_user, an_assigned_case

pytestmark = pytest.mark.django_db

NONE = dict.fromkeys(
    "under_18 trafficking_indicator mental_health_order health_condition has_children active_claim".split(),
    "no",
)
BORN = {"date_of_birth": date(1986, 3, 1)}
TABLE: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"under_18": "yes"}, ["appears to be under 18"]),
    ({"date_of_birth": date(2010, 1, 1)}, ["appears to be under 18"]),
    ({"under_18": "not_known"}, []),
    ({"under_18": "not_known", "date_of_birth": None}, ["under 18: not known"]),
    ({"trafficking_indicator": "yes"}, ["trafficking indicator"]),
    ({"trafficking_indicator": "not_known"}, ["trafficking: not known"]),
    ({"mental_health_order": "yes"}, ["order under the Mental Health Act"]),
    ({"mental_health_order": "not_known"}, ["order under the Mental Health Act: not known"]),
    ({"health_condition": "yes"}, ["health condition"]),
    ({"health_condition": "not_known"}, ["health: not known"]),
    ({"has_children": "yes"}, ["children in the UK"]),
    ({"has_children": "not_known"}, ["children: not known"]),
    ({"active_claim": "yes"}, ["active asylum or human-rights claim"]),
    ({"active_claim": "not_known"}, ["asylum or human-rights claim: not known"]),
    ({"has_children": ""}, []),
    (
        {"has_children": "not_known", "health_condition": "yes"},
        ["health condition", "children: not known"],
    ),
]


@pytest.mark.parametrize(("answers", "flags"), TABLE)
def test_what_each_answer_is_said_as(answers: dict[str, Any], flags: list[str]) -> None:
    with time_machine.travel(NOON, tick=False):  # a child on that day, of age on a later one
        assert risk_flags(a_draft(**(NONE | BORN | answers))) == flags


def test_nothing_recorded_is_said_too() -> None:
    assert in_words([]) == "None recorded"


ANSWERS = {
    **NONE,
    "date_of_birth": date(2010, 1, 1),
    "trafficking_indicator": "yes",
    "has_children": "not_known",
}
SAID = "Appears to be under 18; Trafficking indicator; Children: not known"


def a_child_case() -> Case:
    case = an_assigned_case()
    Referral.objects.filter(pk=case.referral_id).update(**ANSWERS)
    return Case.objects.get(pk=case.pk)


def read(user: User, name: str, *args: object) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse(name, args=args)).content.decode()


def test_croydon_and_liverpool_read_the_same_words_everywhere() -> None:
    case = a_child_case()
    owner, officer, reference = case.case_owner, a_user(Role.REFERRALS_OFFICER), case.referral.reference
    for name in ("casework:detail", "decisions:detail", "engagement:case", "casework:progress"):
        assert SAID in read(owner, name, reference), name
    assert SAID in read(officer, "referrals:detail", reference)
    assert ["Risk", SAID] in printed(case, by=owner, now=timezone.now())["summary"]
    client = Client()
    client.force_login(owner)
    told = client.get(f"/api/v1/cases/{reference}/").json()["risks"]
    assert "; ".join(map(first_upper, told)) == SAID


def test_a_line_of_the_queue_says_what_is_known() -> None:
    referral = a_submitted(now=NOON)
    Referral.objects.filter(pk=referral.pk).update(**ANSWERS)
    page = read(a_user(Role.REFERRALS_OFFICER), "desk:queue")
    assert "Risk:" in page and "appears to be under 18; trafficking indicator" in page


def test_a_trafficking_barrier_is_said_where_the_referral_said_not_known() -> None:
    case = an_assigned_case()
    Referral.objects.filter(pk=case.referral_id).update(**NONE | {"trafficking_indicator": "not_known"})
    assert risk_flags(Referral.objects.get(pk=case.referral_id)) == ["trafficking: not known"]
    case.barriers.create(
        kind="trafficking", since=NOON.date(), details="NRM", recorded_by=case.case_owner, recorded_at=NOON
    )
    assert risk_flags(Referral.objects.get(pk=case.referral_id)) == ["trafficking indicator"]
