"""Answers that do not agree: named at the field, answered before sending, shown at triage and by the API."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.refusals import Refused
from referrals import actions
from referrals.models import Referral
from tests.builders import NOON, a_complete_draft, a_submitted, a_user, in_triage
from tests.nexus.api.calling import Caller
from tests.referrals.croydon import fresh, page_of, sent, signed_in

pytestmark = pytest.mark.django_db
ARRIVED: dict[str, Any] = {"arrived_on": date(2011, 3, 1), "arrived_on_precision": "exact"}  # at 22
DIFFERS = {**ARRIVED, "age_at_arrival": 12}
SENTENCE = "The age at arrival is 12, but by the dates of birth and arrival it is 22"
WHY = "The record has the year of an earlier visit, which his mother confirms."


def section(draft: Referral, page: str) -> str:
    return reverse("referrals:section", args=[draft.reference, page])


def explain(draft: Referral, words: str = WHY) -> Referral:
    return actions.save_section(
        referral_id=draft.pk,
        by=draft.created_by,
        now=NOON,
        section="commitment",
        values={"differences_explained": words},
    )


def submit(draft: Referral) -> Referral:
    return actions.submit(referral_id=draft.pk, by=draft.created_by, now=NOON)


def test_born_arrived_age_at_arrival_residence_and_under_18_are_compared_and_do_not_block_saving() -> None:
    draft = a_complete_draft(**ARRIVED)
    typed = {
        "arrived_on-day": "1",
        "arrived_on-month": "3",
        "arrived_on-year": "2011",
        "arrived_on-precision": "exact",
        "age_at_arrival": "12",
    }
    page = signed_in(draft.created_by).post(section(draft, "residence"), typed, follow=True)
    assert fresh(draft).age_at_arrival == 12
    assert f"Saved. {SENTENCE}: correct it, or explain it before you submit the referral" in page.text
    again = signed_in(draft.created_by).get(section(draft, "residence")).text
    assert f"{SENTENCE}." in again and "By the dates entered: 22 years" in again


def test_before_sending_they_are_answered() -> None:
    draft = a_complete_draft(**DIFFERS)
    assert (
        f"{SENTENCE}: correct it, or explain it"
        in signed_in(draft.created_by).get(page_of("check", draft)).text
    )
    with pytest.raises(Refused, match="The age at arrival is 12"):
        submit(draft)
    explain(draft)
    assert submit(draft).submitted_at


def test_an_explanation_is_of_what_differed_when_it_was_given() -> None:
    draft = a_complete_draft(**DIFFERS)
    explain(draft)
    one = {"referral_id": draft.pk, "by": draft.created_by, "now": NOON}
    actions.save_section(**one, section="vulnerability", values={"under_18": "yes"})
    with pytest.raises(Refused, match="You answered that the subject is under 18") as refused:
        submit(draft)
    assert SENTENCE not in " ".join(refused.value.reasons)
    assert fresh(draft).differences_explained == WHY  # what was typed is kept


def test_what_cannot_be_so_is_corrected_and_not_explained() -> None:
    draft = a_complete_draft(arrived_on=date(1980, 1, 2), arrived_on_precision="exact")
    explain(draft)
    with pytest.raises(Refused, match="is before the date of birth: correct it"):
        submit(draft)


def test_sabotage_of_the_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("referrals.queries.contradictions", lambda *given: [])
    with pytest.raises(pytest.fail.Exception):
        test_before_sending_they_are_answered_by_the_action()


def test_before_sending_they_are_answered_by_the_action() -> None:
    with pytest.raises(Refused, match="The age at arrival is 12"):
        submit(a_complete_draft(**DIFFERS))


def test_the_page_on_differences_is_asked_only_where_there_are_some() -> None:
    plain, draft = a_complete_draft(), a_complete_draft(**DIFFERS)
    assert (
        "Why do these answers differ?" in signed_in(draft.created_by).get(section(draft, "differences")).text
    )
    assert SENTENCE in signed_in(draft.created_by).get(section(draft, "differences")).text
    assert "Why the answers differ" not in signed_in(plain.created_by).get(page_of("check", plain)).text


def test_triage_and_the_api_say_them_with_the_forces_explanation() -> None:
    draft = a_complete_draft(**DIFFERS)
    explain(draft)
    referral = submit(draft)
    body = Caller(referral.created_by).get(f"referrals/{referral.reference}/").json()
    assert body["contradictions"] == [SENTENCE]
    actions.claim(referral_id=referral.pk, by=(officer := a_user(Role.REFERRALS_OFFICER)), now=NOON)
    for tab in ("detail", "assessment"):
        page = signed_in(officer).get(page_of(tab, referral)).text
        assert SENTENCE in page and WHY in page, tab


def test_nothing_is_said_of_answers_that_agree() -> None:
    referral = in_triage(**ARRIVED, age_at_arrival=22)
    assert (
        "The answers differ" not in signed_in(referral.claimed_by).get(page_of("assessment", referral)).text
    )
    assert a_submitted().submitted_at


def test_a_person_already_known_is_said_when_identity_is_entered() -> None:
    by = a_user(Role.POLICE_OFFICER)
    same: dict[str, Any] = {"surname": "Thistlewood", "date_of_birth": date(1990, 6, 28)}
    before = sent(by=a_user(Role.POLICE_OFFICER), **same)
    draft = a_complete_draft(by=by)
    typed = {
        "surname": "Thistlewood",
        "forenames": "A",
        "date_of_birth-day": "28",
        "date_of_birth-month": "6",
        "date_of_birth-year": "1990",
        "date_of_birth-precision": "exact",
        "sex": "male",
    }
    page = signed_in(by).post(section(draft, "identity"), typed, follow=True)
    assert "This person may have been referred before" in page.text and str(before) in page.text
