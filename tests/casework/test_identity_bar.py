"""The bar on every page of a case: who it is, so that nobody of the same name is taken for the subject."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import an_assigned_case

pytestmark = pytest.mark.django_db


def test_birth_and_nationality_stand_beside_the_name(client: Client) -> None:
    case = an_assigned_case()
    referral = case.referral
    referral.nationalities.all().delete()
    referral.date_of_birth, referral.date_of_birth_precision = date(1986, 1, 1), "year_only"
    assert referral.identity.beside == "born 1986 (year only), nationality not known"
    referral.date_of_birth = None
    referral.nationalities.create(code="ALB", source="claimed")
    assert referral.identity.beside == "born not known, Albania (claimed)"
    client.force_login(case.case_owner)
    for name in ("casework:detail", "decisions:detail", "engagement:case", "engagement:start"):
        text = client.get(reverse(name, args=[referral.reference])).content.decode()
        assert "Albania (claimed)" in text.split("nexus-identity__beside")[1]
