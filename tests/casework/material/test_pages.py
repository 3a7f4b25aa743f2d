"""The pages of Nexus material for casework: lists, one piece, versions side by side, the check."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.material.models import Version
from nexus.accounts.roles import Role
from tests import databases
from tests.builders import a_user, an_assigned_case
from tests.casework.desk import signed_in
from tests.casework.material.builders import (
    ASKED,
    IN_STATE,
    answers_of,
    approved,
    fresh,
    owner_of,
    page,
    received,
    rejected,
    requested,
    reviewed,
    sent,
    summarised,
    with_appeals,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_same_day")]


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["list", "asked", "of_case"])
def test_a_list_asks_the_same_of_the_database_however_long_it_is(name: str) -> None:
    case = an_assigned_case()
    for _ in range(2):
        requested(case=case)
    user = case.referral.created_by if name == "asked" else case.case_owner
    path = reverse(f"material:{name}", args=[case.referral.reference] if name == "of_case" else [])
    client = signed_in(user)
    queries(client, path)
    two = queries(client, path)
    for _ in range(10):
        requested(case=case)
    assert queries(client, path) == two


def test_the_list_is_filtered_by_state_by_owner_and_for_appeals() -> None:
    mine, other = requested(title="Mine"), with_appeals(title="Other")
    owner = owner_of(mine)
    assert {"Mine", "Other"} == {title for title in ("Mine", "Other") if title in page(owner, "list")}
    assert "Other" not in page(owner, "list", mine="on")
    assert "Mine" not in page(owner, "list", state="with_appeals")
    assert "Mine" not in page(owner_of(other), "list", for_appeals="on")


@pytest.mark.parametrize("state", ["not_needed", "rejected", "relied_on", "superseded"])
def test_the_case_page_says_what_comes_next(state: str) -> None:
    """The other states are in the demonstration, and tests/test_every_page.py meets them there."""
    material = IN_STATE[state]()
    text = page(owner_of(material), "detail", material.pk)
    assert "must act." in text and "History" in text
    assert material.title in page(owner_of(material), "of_case", material.case.referral.reference)


def test_the_summary_comes_first_on_the_page_too() -> None:
    material = summarised()
    answer = signed_in(owner_of(material)).get(reverse("material:commission", args=[material.pk]))
    assert answer.status_code == 409 and "Review a summary first" in answer.content.decode()
    senior = signed_in(a_user(Role.SENIOR_CASEWORKER))
    assert (
        "override_reason" in senior.get(reverse("material:commission", args=[material.pk])).content.decode()
    )


def test_two_versions_are_compared_escaped() -> None:
    material = rejected()
    old = material.versions.get(kind="statement")
    new = sent(material, "I am a police constable.\n\nOn 4 March <b>2026</b> I saw the assault.")
    text = page(owner_of(material), "compare", material.pk, old.pk, new.pk)
    assert "&lt;b&gt;2026&lt;/b&gt;" in text and "<b>2026" not in text
    assert "<del>" in text and "<ins>" in text and "2 paragraphs differ" in text
    summary = material.versions.get(kind="summary")
    path = reverse("material:compare", args=[material.pk, summary.pk, new.pk])
    assert signed_in(owner_of(material)).get(path).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_version_page_verifies_the_hash() -> None:
    material = approved()
    version = material.approval.version
    text = page(owner_of(material), "version", material.pk, version.pk)
    assert version.sha256 in text and "the text and its records are unchanged since they were sent" in text
    changed = "UPDATE material_version SET author = %s WHERE id = %s"
    databases.behind_the_guards(changed, "Somebody else", version.pk)
    assert "Do not rely on them" in page(owner_of(material), "version", material.pk, version.pk)
    answer = signed_in(owner_of(material)).get(
        reverse("material:bundle", args=[material.case.referral.reference])
    )
    assert answer.status_code == 409


def a_check_form(version: Version) -> dict[str, str]:
    given = answers_of(version)
    return {
        **{f"point_{code}": "yes" for code in given["points"]},
        **{f"disclosable_{number}": "yes" for number in given["paragraphs"]},
        **{f"record_{pk}": "yes" for pk in given["records"]},
    }


def test_a_check_that_is_not_complete_comes_back_with_what_was_typed() -> None:
    material = received()
    version = material.versions.get(kind="statement")
    path, client = reverse("material:check_statement", args=[material.pk]), signed_in(owner_of(material))
    text = client.get(path).content.decode()
    assert "checked>" not in text and "My colleague saw it too." in text
    form = {**a_check_form(version), "disclosable_2": "redacted", "to_redact_2": "the sun"}
    refused = client.post(path, form)
    assert refused.status_code == 409 and "“the sun” is not in paragraph" in refused.content.decode()
    assert "the sun</textarea>" in refused.content.decode()
    del form["disclosable_3"]
    assert "Select whether paragraph 3 may be disclosed" in client.post(path, form).content.decode()
    assert client.post(path, {**form, "disclosable_3": "no", "to_redact_2": "the assault"}).status_code == 302
    assert fresh(material).state == "checked"


def test_after_the_summary_both_ways_on_are_offered_and_the_request_is_prefilled() -> None:
    material = reviewed()
    owner, without = (
        owner_of(material),
        reverse("material:need_no_statement", args=[material.case.referral.reference]),
    )
    assert without in page(owner, "detail", material.pk)
    assert without not in page(a_user(Role.SPECIALIST_APPEALS), "detail", material.pk)
    form = page(owner, "commission", material.pk)
    assert f"{ASKED['what']}</textarea>" in form and f"{ASKED['why']}</textarea>" in form
    assert "checked>" not in form
