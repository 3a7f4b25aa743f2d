"""The pages of what is kept: who sees them, what they say, and that nothing is done without reasons."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.retention import actions
from nexus.retention.models import Review
from tests.builders import a_case_in, a_user
from tests.nexus.retention.builders import LATER, LOOKED, a_due_review, a_proposed_erasure

pytestmark = pytest.mark.django_db


def as_user(client: Client, role: Role) -> User:
    user = a_user(role)
    client.force_login(user)
    return user


def test_the_reviewer_finds_what_is_due_and_opens_it(client: Client) -> None:
    review = a_due_review(a_case_in("closed").referral)
    manager = as_user(client, Role.MANAGER)
    page = client.get(reverse("retention:queue")).text
    assert review.reference in page and "Records past their period: to review (1)" in page
    page = client.get(reverse("retention:detail", args=[review.pk])).text
    assert "Open the record" in page and "to be confirmed by the controller" in page
    assert AuditEvent.objects.filter(kind="retention.viewed", by_id=manager.pk).exists()


def test_the_data_protection_officer_reads_all_of_it_and_does_none_of_it(client: Client) -> None:
    review = a_due_review(a_case_in("closed").referral)
    as_user(client, Role.AUDITOR)
    page = client.get(reverse("retention:detail", args=[review.pk])).text
    assert review.reference in page and "Open the record" not in page and "Keep it longer" not in page
    assert client.get(reverse("retention:keep", args=[review.pk])).status_code == 403


def test_a_second_manager_reads_the_reasons_and_what_goes(client: Client) -> None:
    review = a_proposed_erasure(a_case_in("closed").referral)
    as_user(client, Role.MANAGER)
    page = client.get(reverse("retention:erase", args=[review.pk])).text
    assert LOOKED in page and "Case notes" not in page.split("What goes")[0]
    assert client.post(reverse("retention:erase", args=[review.pk])).status_code == 302
    page = client.get(reverse("retention:detail", args=[review.pk])).text
    assert "What stays" in page and "not pursued" in page


def test_the_list_asks_the_same_number_of_questions_however_long(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    as_user(client, Role.MANAGER)
    for _ in range(2):
        a_case_in("closed")
    actions.queue_due(now=LATER)
    assert Review.objects.count() == 2
    with django_assert_max_num_queries(16):
        client.get(reverse("retention:queue"))


def test_every_period_says_where_it_is_laid_down_or_that_it_is_to_be_confirmed(client: Client) -> None:
    as_user(client, Role.AUDITOR)
    page = client.get(reverse("retention:periods")).text
    assert (
        "To be confirmed" in page
        and "Six years after the closing of the case" in page
        and "180 days after its last change" in page
    )
