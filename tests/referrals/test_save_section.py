"""The draft's pages: saved as they are left, errors with everything kept, resumed anywhere."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals.forms.pages import PAGE, PAGES, input_of
from referrals.models import Referral
from referrals.rules.sections import REQUIREMENTS, SECTION, SECTIONS, Gap
from tests.builders import a_complete_draft, a_draft, a_force, a_submitted, a_user
from tests.referrals.station import again, audited, path, signed_in, words

pytestmark = pytest.mark.django_db

# What each page is sent, and what is then stored.
SENT: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "referrer",
        {"officer": " PC Ada Brook ", "supervisor": "PS Noor", "channel": "live_time", "in_custody": "yes"},
        {"officer": "PC Ada Brook", "supervisor": "PS Noor", "channel": "live_time", "in_custody": True},
    ),
    (
        "identity",
        {
            "surname": "Ó Dálaigh",
            "date_of_birth-year": "1986",
            "date_of_birth-precision": "year_only",
            "sex": "not_known",
        },
        {
            "surname": "Ó Dálaigh",
            "date_of_birth": date(1986, 1, 1),
            "date_of_birth_precision": "year_only",
            "sex": "not_known",
        },
    ),
    (
        "identity",
        {"surname": "محمد", "forenames": "李小龍"},
        {"surname": "محمد", "forenames": "李小龍", "date_of_birth": None, "date_of_birth_precision": ""},
    ),
    (
        "scope",
        {"may_be_british": "not_known", "may_be_irish": "no", "scope_evidence": "One.\r\nTwo."},
        {"may_be_british": "not_known", "may_be_irish": "no", "scope_evidence": "One.\nTwo."},
    ),
    (
        "identifiers",
        {"pnc_id": "99/123456x", "cro_number": "123456/99l"},
        {"pnc_id": "1999/0123456X", "cro_number": "123456/99L"},
    ),
    ("identifiers", {"no_identifiers_known": "on"}, {"no_identifiers_known": True, "pnc_id": ""}),
    (
        "immigration",
        {
            "immigration_status": "overstayer",
            "status_as_at-day": "14",
            "status_as_at-month": "nov",
            "status_as_at-year": "2024",
        },
        {"immigration_status": "overstayer", "status_as_at": date(2024, 11, 14)},
    ),
    (
        "residence",
        {"age_at_arrival": "0", "years_of_residence": "12"},
        {"age_at_arrival": 0, "years_of_residence": 12},
    ),
    (
        "claim",
        {"active_claim": "yes", "active_claim_details": "Made in May"},
        {"active_claim": "yes", "active_claim_details": "Made in May"},
    ),
    ("interest", {"active_police_interest": "yes"}, {"active_police_interest": True}),
    (
        "harm",
        {"harm_physical": ["harm_emotional", "harm_financial"], "harm_to_individuals": "harm_to_community"},
        {
            "harm_physical": False,
            "harm_emotional": True,
            "harm_financial": True,
            "harm_to_individuals": False,
            "harm_to_community": True,
        },
    ),
    ("conduct", {"conduct_listed": "on"}, {"conduct_listed": True}),
    ("conduct", {}, {"conduct_listed": False}),
    ("material", {"material_level": "statement"}, {"material_level": "statement"}),
    (
        "pending",
        {"pending_criminal": "none_known", "pending_appeals": "yes"},
        {"pending_criminal": "none_known", "pending_litigation": "", "pending_appeals": "yes"},
    ),
    (
        "vulnerability",
        {"has_children": "not_known", "under_18": "no"},
        {"has_children": "not_known", "under_18": "no", "has_partner": ""},
    ),
    ("attachments", {"attachments_listed": "on"}, {"attachments_listed": True}),
    (
        "commitment",
        {"commits_information": ["commits_tracing"], "signatory": "Ch Insp Marit Hollins"},
        {"commits_information": False, "commits_tracing": True, "signatory": "Ch Insp Marit Hollins"},
    ),
]


@pytest.mark.parametrize(("key", "sent", "stored"), SENT)
def test_what_a_page_is_sent_is_stored_and_recorded(
    key: str, sent: dict[str, Any], stored: dict[str, Any]
) -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    response = client.post(path("section", referral, key), sent)
    assert response.status_code == 302
    referral = again(referral)
    assert {name: getattr(referral, name) for name in stored} == stored
    entry = AuditEvent.objects.filter(kind="referral.changed", subject_id=str(referral.pk)).first()
    assert entry is not None and entry.detail["section"] == PAGE[key].section
    assert entry.by_id == officer.pk


def test_every_column_of_the_form_is_asked_on_one_page_and_every_gap_has_an_input() -> None:
    asked = [column for page in PAGES for column in page.columns]
    assert sorted(asked) == sorted({name for section in SECTIONS for name in section.fields})
    assert {page.section for page in PAGES} == set(SECTION)
    assert all(section.key in PAGE for section in SECTIONS)
    for requirement in REQUIREMENTS:
        assert input_of(Gap(requirement.section, requirement.field, requirement.sentence))


def test_every_input_a_gap_is_linked_to_is_on_its_page() -> None:
    client, officer = signed_in()
    referral = a_complete_draft(
        by=officer, in_custody=True, active_claim="yes", pending_criminal="yes", pending_litigation="yes",
        pending_appeals="yes",
    )  # fmt: skip
    for requirement in REQUIREMENTS:
        gap = Gap(requirement.section, requirement.field, requirement.sentence)
        page = next(p for p in PAGES if requirement.field in p.columns or p.key == "nationalities")
        if requirement.field != "nationality_count":
            page = next(p for p in PAGES if requirement.field in p.columns)
        assert f'id="{input_of(gap)}"' in words(client.get(path("section", referral, page.key)))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_a_blank_page_may_be_left(page: Any) -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    assert client.get(path("section", referral, page.key)).status_code == 200
    assert client.post(path("section", referral, page.key), {}).status_code == 302


@pytest.mark.parametrize(
    ("key", "sent", "sentence", "kept"),
    [
        ("identity", {"surname": "x" * 121}, "Family name must be 120 characters or fewer", "x" * 121),
        ("identity", {"surname": "Eve\u202edrow"}, "must not include hidden control characters", "Eve"),
        ("identity", {"forenames": "a\x00b"}, "must not include hidden control characters", ""),
        (
            "identity",
            {"date_of_birth-day": "31", "date_of_birth-month": "2", "date_of_birth-year": "1990",
             "date_of_birth-precision": "exact"},
            "Date of birth must be a real date",
            'value="31"',
        ),
        (
            "identity",
            {"date_of_birth-day": "1", "date_of_birth-month": "1", "date_of_birth-year": "2099",
             "date_of_birth-precision": "exact"},
            "Date of birth must be today or in the past",
            'value="2099"',
        ),
        ("identity", {"sex": "other"}, "from the list", ""),
        ("identifiers", {"pnc_id": "20/9Z"}, "its last letter does not agree with its numbers", "20/9Z"),
        ("identifiers", {"pnc_id": "nonsense"}, "Enter the PNC ID in the form", "nonsense"),
        ("identifiers", {"cro_number": "1/1"}, "Enter the CRO number in the form", "1/1"),
        (
            "identifiers",
            {"pnc_id": "99/123456X", "no_identifiers_known": "on"},
            "do not tick that none is known",
            "99/123456X",
        ),
        ("residence", {"age_at_arrival": "-1"}, "must be 0 or more", "-1"),
        ("residence", {"age_at_arrival": "99999999999999999999"}, "must be 120 or fewer", "9999"),
        ("residence", {"years_of_residence": "ten"}, "must be a whole number", "ten"),
        ("harm", {"harm_physical": "surname"}, "from the list", ""),
        ("harm", {"harm_narrative": "y" * 4001}, "must be 4000 characters or fewer", "y" * 4001),
        ("referrer", {"in_custody": "maybe"}, "Select yes or no", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_kept(key: str, sent: dict[str, str], sentence: str, kept: str) -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    response = client.post(path("section", referral, key), sent)
    page = words(response)
    assert response.status_code == 200
    assert "<title>Error: " in page and "There is a problem" in page
    assert sentence in page and kept in page


def test_what_is_right_is_saved_beside_what_is_wrong() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    response = client.post(
        path("section", referral, "identifiers"), {"pnc_id": "20/9Z", "passport_number": "X123"}
    )
    assert response.status_code == 200
    assert (again(referral).pnc_id, again(referral).passport_number) == ("", "X123")


def test_a_follow_up_answer_goes_when_its_question_is_no_longer_asked() -> None:
    client, officer = signed_in()
    referral = a_complete_draft(
        by=officer,
        in_custody=True,
        custody_reference="CU/1",
        custody_clock_started_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    client.post(path("section", referral, "referrer"), {"in_custody": "no", "channel": "standard"})
    referral = again(referral)
    assert (referral.custody_reference, referral.custody_clock_started_at) == ("", None)
    client.post(path("section", referral, "interest"), {"active_police_interest": "no"})
    referral = again(referral)
    assert (referral.interest_what, referral.interest_on, referral.removal_priority) == ("", None, None)


def test_an_odd_home_office_reference_warns_and_is_kept() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    response = client.post(
        path("section", referral, "identifiers"), {"home_office_reference": "12-odd"}, follow=True
    )
    assert "The Home Office reference is not in its usual form" in words(response)
    assert again(referral).home_office_reference == "12-odd"
    fine = client.post(
        path("section", referral, "identifiers"), {"home_office_reference": "A1234567"}, follow=True
    )
    assert "usual form" not in words(fine)


def test_a_referral_that_was_sent_can_be_read_but_no_longer_changed() -> None:
    client, officer = signed_in()
    referral = a_submitted(by=officer)
    at = path("section", referral, "harm")
    assert client.get(at).headers["Location"] == path("detail", referral)
    response = client.post(at, {"harm_narrative": "Late"})
    assert response.status_code == 409
    assert "can no longer be changed" in words(response)
    assert again(referral).harm_narrative != "Late"
    assert client.get(path("tasks", referral)).headers["Location"] == path("detail", referral)


def test_another_force_and_another_role_find_nothing() -> None:
    referral = a_draft()
    for user in (
        a_user(Role.POLICE_OFFICER, force=a_force("06")),
        a_user(Role.IMMIGRATION_OFFICER),
        a_user(Role.REFERRALS_OFFICER),
        a_user(Role.ADMINISTRATOR),
    ):
        client, _ = signed_in(user)
        for name, *rest in (
            ("tasks",),
            ("section", "harm"),
            ("check",),
            ("submitted",),
            ("detail",),
            ("pdf",),
        ):
            assert client.get(path(name, referral, *rest)).status_code == 404
        assert client.post(path("section", referral, "harm"), {"harm_narrative": "x"}).status_code == 404


def test_who_sees_a_sent_referral_but_may_not_edit_is_refused() -> None:
    referral = a_submitted()
    client, _ = signed_in(a_user(Role.REFERRALS_OFFICER))
    assert client.get(path("section", referral, "harm")).status_code == 403
    assert client.post(path("section", referral, "harm"), {}).status_code == 403


def test_reading_a_page_is_recorded() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    client.get(path("section", referral, "identity"))
    entry = AuditEvent.objects.get(kind="referral.viewed", subject_id=str(referral.pk))
    assert (entry.by_id, entry.detail) == (officer.pk, {"page": "identity"})
    assert audited("referral.viewed") == 1


@pytest.mark.parametrize("wrong", ["nowhere", "harm-", "HARM"])
def test_a_page_that_is_none_is_not_found(wrong: str) -> None:
    client, officer = signed_in()
    assert client.get(path("section", a_draft(by=officer), wrong)).status_code == 404


typed = st.text(max_size=40) | st.sampled_from(
    [
        "yes",
        "no",
        "not_known",
        "on",
        "31",
        "2",
        "0000",
        "29",
        "9" * 30,
        "1" * 5000,
        "\x00",
        "\ud800"[:0],
        "٣",
        "-1",
        "1e9",
    ]
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_nothing_typed_breaks_a_page(db: Any, data: Any) -> None:
    """Whatever is sent to any page, the answer is a page, never a failure; what is stored stays storable."""
    client, officer = signed_in()
    referral = a_complete_draft(by=officer, in_custody=True, pending_criminal="yes")
    page = data.draw(st.sampled_from(PAGES))
    names: list[str] = []
    for name, field in (page.form.base_fields if page.form else {}).items():
        parts = getattr(field.widget, "parts", ())
        names += [f"{name}-{part}" for part in parts] or [name]
    sent = {name: data.draw(typed) for name in [*names, "page_showed", "page_compared"]}
    response = client.post(path("section", referral, page.key), sent)
    assert response.status_code in (200, 302, 409)
    assert Referral.objects.filter(pk=referral.pk).exists()
    assert client.get(path("check", referral)).status_code == 200
