"""The form: every answer arrives, nothing typed is lost, and almost anything may stay unanswered."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html  # type: ignore[import-untyped]

from nexus.accounts.roles import Role
from referrals.matrix.answers import answers_of, besides_of, subject_of
from referrals.matrix.forms import MatrixForm
from referrals.matrix.models import MatrixAssessment
from referrals.rules.checks import CHECKS
from tests.builders import a_force, a_user
from tests.referrals.matrix.sheets import ANSWERS, POSTED, a_result, page, signed_in
from tests.referrals.station import audited

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return signed_in(a_user(Role.POLICE_OFFICER))


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def sent(client: Client, **changes: Any) -> Any:
    return client.post(page("start"), {**POSTED, **changes})


def test_everything_answered_is_kept_and_assessed(client: Client) -> None:
    response = sent(client)
    found = MatrixAssessment.objects.get()
    assert response.url == page("result", found.pk)
    on = date.fromisoformat(found.subject["reference_date"])
    assert found.subject == subject_of(ANSWERS, force=found.force, on=on, own_reference="OP-17")
    assert found.besides == besides_of(ANSWERS)
    assert (found.own_reference, found.outcome, found.force.code) == ("OP-17", "M1", "20")
    assert found.found["allocation"] == "unchanged"
    assert audited("matrix.assessed", subject_id=str(found.pk)) == 1


def test_nothing_answered_is_insufficient_and_says_what_is_missing(client: Client) -> None:
    response = client.post(page("start"), {"events": "1"}, follow=True)
    assert MatrixAssessment.objects.get().outcome == "M5"
    assert "What is missing" in text_of(response) and "The immigration status." in text_of(response)
    assert "Whether there is active police interest." in text_of(response)


def test_a_status_not_answered_is_no_status_answered() -> None:
    result = a_result(answers=answers_of({"immigration_status": "unknown"}, {}))
    assert result.subject["immigration_status"] == "unknown"
    assert answers_of(result.subject, result.besides).columns["immigration_status"] == ""


def test_add_another_keeps_everything_and_judges_nothing(client: Client) -> None:
    wrong = {"date_of_birth-year": "88", "event-1-part": ""}
    response = sent(client, add="1", **wrong)
    text = text_of(response)
    assert response.status_code == 200 and not MatrixAssessment.objects.exists()
    assert 'name="events" value="4"' in text and 'id="event-3"' in text
    assert "There is a problem" not in text
    assert 'value="88"' in text and 'value="Burglary"' in text and "Event 4" in text
    for kept in ('value="OP-17"', 'value="summary" checked', 'value="trafficking_indicator" checked'):
        assert kept in text
    assert '<option value="PRT" selected>' in text and '<option value="under_appeal" selected>' in text


def test_remove_takes_one_row_away_and_keeps_the_others(client: Client) -> None:
    text = text_of(sent(client, remove="0"))
    assert 'name="events" value="2"' in text and 'value="Burglary"' not in text
    assert '<option value="arrest_no_further_action" selected>' in text


def test_an_event_half_entered_is_asked_about_and_an_empty_one_is_not(client: Client) -> None:
    text = text_of(sent(client, **{"event-1-part": ""}))
    assert text.count("Select the subject’s part in the event") == 2  # in the summary and at the field
    assert 'href="#id_event-1-part"' in text and "id_event-2-part" in text
    assert not MatrixAssessment.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"event-0-part": "suspect"}, "For a conviction, select convicted person, victim or witness"),
        ({"event-1-part": "convicted"}, "Select “Convicted person” only for a conviction"),
        ({"event-1-convicted_on": "2/1/2025"},
         "Enter a date of conviction only for a conviction"),
        ({"event-1-sentence_type": "custodial"}, "Select a sentence only for a conviction"),
        ({"event-0-sentence_type": "non_custodial"}, "Enter a length in months only for a custodial sentence"),
        ({"under_18": ["none", "has_partner"]}, "Select what applies, or that none of it does"),
        ({"date_of_birth-year": "2099"}, "Date of birth must be today or in the past"),
        ({"date_of_birth-precision": ""}, "Date of birth must say whether it is exact"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(client: Client, changes: dict[str, Any], sentence: str) -> None:
    text = text_of(sent(client, **changes))
    assert sentence in text and 'value="OP-17"' in text
    assert not MatrixAssessment.objects.exists()


# Each check of the referral whose fields the matrix asks, at its field; and whether it may be so all the same.
DIFFER = [
    ("too old", {"date_of_birth-year": "1901", "date_of_birth-precision": "exact"}, "date_of_birth", "more than 120 years old", False),
    ("exempt", {"immigration_status": "exempt", "right_of_abode": "no"}, "right_of_abode", "not exempt", True),
    ("age at arrival", {"age_at_arrival": "60"}, "age_at_arrival", "The age at arrival is 60, but", False),
    ("residence", {"years_of_residence": "60"}, "years_of_residence", "The length of residence is 60 years, but", False),
    ("a child", {"under_18": ["under_18"]}, "under_18", "by the date of birth they are", True),
    ("no child", {"date_of_birth-year": "2015", "under_18": ["none"], "years_of_residence": "", "event-0-convicted_on": ""}, "under_18", "but you answered “no”", True),
    ("before birth", {"event-0-convicted_on": "4/3/1980"}, "event-0-convicted_on", "before the date of birth", False),
    ("twice", {"event-1-kind": "overseas_conviction", "event-1-part": "convicted", "event-1-offence": "burglary", "event-1-convicted_on": "4/3/2025"}, "event-1-offence", "2 convictions are the same", True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field", "sentence", "may_be_so"),
    [each[1:] for each in DIFFER],
    ids=[each[0] for each in DIFFER],
)
def test_contradictions_are_named_at_the_field_of_the_matrix_before_going_on(
    client: Client, changes: dict[str, Any], field: str, sentence: str, may_be_so: bool
) -> None:
    answer = sent(client, **changes)
    page_sent = html.fromstring(answer.content)
    assert answer.status_code == 200 and not MatrixAssessment.objects.exists()
    (error,) = page_sent.xpath(f'//*[@id="id_{field}-error" or @id="{field}-error"]')
    assert sentence in " ".join(error.text_content().split())
    (summary,) = page_sent.xpath("//*[@data-module='govuk-error-summary']")
    assert sentence in " ".join(summary.text_content().split())
    stands = page_sent.xpath('//button[@name="stands"]/@value')
    assert bool(stands) == may_be_so
    forced = sent(client, **changes, stands=stands[0] if stands else "0" * 64)
    assert (forced.status_code == 302) == may_be_so
    if may_be_so:
        shown = text_of(client.get(forced.url))
        assert "These answers do not agree" in shown and sentence in shown


def test_other_differences_than_were_read_are_named_again(client: Client) -> None:
    first = html.fromstring(sent(client, under_18=["under_18"]).content)
    (stands,) = first.xpath('//button[@name="stands"]/@value')
    again = sent(
        client, under_18=["under_18"], immigration_status="exempt", right_of_abode="no", stands=stands
    )
    assert again.status_code == 200 and not MatrixAssessment.objects.exists()


def test_sabotage_without_the_checks_the_matrix_goes_on(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("referrals.matrix.forms.contradictions", lambda *answers: [])
    assert sent(client, under_18=["under_18"]).status_code == 302


def test_each_check_of_the_referral_is_asked_of_the_matrix_or_cannot_be() -> None:
    """A check is of the matrix where every field it reads is asked there."""
    not_asked = {
        "may_be_british",
        "may_be_irish",
        "arrived_on",
        "active_claim",
        "interest_on",
        "pending_appeals",
    }
    asked = set(MatrixForm.base_fields)
    assert {field for _, field, *_ in CHECKS} - asked == not_asked
    assert {field for _, field, *_ in CHECKS} & asked == {
        "date_of_birth", "right_of_abode", "age_at_arrival", "years_of_residence", "under_18",
    }  # fmt: skip


def test_none_of_this_is_an_answer_to_each(client: Client) -> None:
    sent(client, under_18=["none"])
    columns = answers_of(*MatrixAssessment.objects.values_list("subject", "besides").get()).columns
    assert {columns[name] for name in ("under_18", "has_partner", "trafficking_indicator")} == {"no"}
    text = text_of(client.get(page("start"), {"again": MatrixAssessment.objects.get().pk}))
    assert 'value="none" checked' in text


@pytest.mark.parametrize("number", ["", "-1", "1e9", "9999999", "x"])
def test_a_number_of_events_that_is_none_is_harmless(client: Client, number: str) -> None:
    assert sent(client, events=number).status_code in (200, 302)


def test_an_immigration_officer_says_for_which_force() -> None:
    client = signed_in(a_user(Role.IMMIGRATION_OFFICER))
    a_force("06")
    assert "Select the force" in text_of(sent(client))
    sent(client, force="06")
    assert MatrixAssessment.objects.get().subject["force"] == "06"


def test_the_answers_can_be_changed_and_assessed_again(client: Client) -> None:
    sent(client)
    first = MatrixAssessment.objects.get()
    text = text_of(client.get(page("start"), {"again": first.pk}))
    for kept in ('value="OP-17"', 'value="1988"', 'value="Burglary"', '<option value="overstayer" selected>'):
        assert kept in text
    other = signed_in(a_user(Role.POLICE_OFFICER, force=a_force("06")))
    assert other.get(page("start"), {"again": first.pk}).status_code == 404


def test_a_force_that_is_no_longer_engaged_is_refused_and_keeps_what_was_typed() -> None:
    officer = a_user(Role.POLICE_OFFICER)
    client = signed_in(officer)
    officer.force.engaged = False
    officer.force.save()
    response = sent(client)
    assert response.status_code == 409 and not MatrixAssessment.objects.exists()
    assert "is not engaged with Nexus High Harm" in text_of(response) and "OP-17" in text_of(response)


def draft_of(client: Client) -> None:
    """As the page's script keeps it while somebody types."""
    typed = {
        "draft_of": page("start"),
        **POSTED,
        "own_reference": "OP-99",
        "event-1-offence": "Affray at the quay",
    }
    kept = client.post(reverse("drafts:save"), typed, headers={"accept": "application/json"})
    assert kept.status_code == 200, kept.content


def test_the_matrix_keeps_what_is_typed_as_a_draft_with_every_event(client: Client) -> None:
    draft_of(client)
    text = text_of(client.get(page("start")))
    assert 'value="OP-99"' in text and "Affray at the quay" in text and "Draft saved" in text
    assert 'name="events" value="3"' in text and "Discard the draft" in text
    other = text_of(signed_in(a_user(Role.POLICE_OFFICER)).get(page("start")))
    assert "OP-99" not in other, "a draft is shown to nobody else"
    sent(client)
    assert "OP-99" not in text_of(client.get(page("start"))), "what was assessed is no draft any more"


def test_a_draft_never_mixes_with_an_earlier_run(client: Client) -> None:
    sent(client)
    draft_of(client)
    again = text_of(client.get(page("start"), {"again": MatrixAssessment.objects.get().pk}))
    assert "OP-17" in again and "OP-99" not in again and "Affray at the quay" not in again


def test_an_event_more_is_kept_too_and_without_drafts_it_is_lost(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = text_of(client.get(page("start")))
    assert 'name="page_showed"' in shown and "data-nexus-draft" in shown and 'name="draft_of"' in shown
    draft_of(client)
    monkeypatch.setattr("referrals.matrix.forms.drafts.draft_answers", lambda request: {})
    monkeypatch.setattr("referrals.matrix.forms.drafts.restored", lambda make, request: make())
    assert "OP-99" not in text_of(client.get(page("start")))
