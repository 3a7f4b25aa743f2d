"""From a page that is saved: to its follow-up, to what is still open, to the first gap, and back to the check."""

import pytest

from nexus.accounts.roles import Role
from tests.builders import a_complete_draft, a_draft, a_user
from tests.referrals.station import again, path, signed_in, words

pytestmark = pytest.mark.django_db
LATER = {"later": "1"}


def test_a_yes_leads_to_its_follow_up_page_and_a_no_does_not() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    yes = client.post(path("section", referral, "interest"), {"active_police_interest": "yes"})
    assert yes.headers["Location"] == path("section", referral, "interest-details")
    no = client.post(path("section", referral, "interest"), {"active_police_interest": "no"})
    assert no.headers["Location"] == path("tasks", referral)
    client.post(path("section", referral, "pending"), {"pending_appeals": "yes"})
    page = words(client.get(path("section", referral, "pending-details")))
    assert "What is known of the appeal?" in page and "criminal proceedings?" not in page


def test_leaving_saves_and_coming_back_lands_on_the_first_incomplete_section() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    response = client.post(
        path("section", referral, "referrer"),
        {"officer": "PC Brook", "officer_contact": "x", "supervisor": "PS Noor", "channel": "standard",
         "in_custody": "no", **LATER},
        follow=True,
    )  # fmt: skip
    assert "Your answers are saved" in words(response)
    colleague, _ = signed_in(a_user(Role.FORCE_LEAD))
    page = words(colleague.get(path("tasks", referral)))
    assert "You have completed 1 of 8 sections" in page
    assert f'href="{path("section", referral, "subject")}" role="button"' in page
    assert "Completed" in page and "Incomplete" in page


def test_the_page_with_the_first_gap_is_where_one_resumes() -> None:
    client, officer = signed_in()
    referral = a_complete_draft(by=officer, interest_on=None)
    page = words(client.get(path("tasks", referral)))
    first = path("section", referral, "grounds") + "?missing=1#id_interest_on-day"
    assert f'href="{first}" role="button"' in page
    complete = a_complete_draft(by=officer)
    assert f'href="{path("check", complete)}" role="button"' in words(client.get(path("tasks", complete)))


def test_save_and_continue_over_open_questions_names_links_and_marks_them() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    at = path("section", referral, "referrer")
    first = words(client.get(at))
    assert (
        "Not answered yet" not in first and "govuk-error-message" not in first
    )  # nobody has been here before
    sent = {"officer": "PC Brook", "officer_contact": "x", "channel": "standard", "in_custody": "no"}
    following = words(client.post(at, sent, follow=True))
    assert "Who is the subject?" in following
    assert "Not answered yet" in following and "Missing from “Referrer and channel”:" in following
    way = f"{at}?missing=1#id_supervisor"
    assert f'href="{way}">Enter the supervisor’s name</a>' in following
    tasks = words(client.get(path("tasks", referral)))
    assert f'href="{way}" role="button"' in tasks  # Continue goes there too
    assert again(referral).channel == "standard"
    marked = words(client.get(way))
    assert 'href="#id_supervisor">Enter the supervisor’s name</a>' in marked
    assert 'id="id_supervisor-error"' in marked and 'id="id_channel-error"' not in marked
    assert "Not answered yet" not in words(client.get(path("tasks", referral)))  # said once


def test_a_page_that_was_left_blank_is_marked_by_the_link_that_names_it() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    at = path("section", referral, "scope")
    tasks = words(client.post(at, {}, follow=True))
    assert f'href="{at}?missing=1#id_may_be_british">Select whether the subject may be British' in tasks
    assert "govuk-error-message" not in words(client.get(at))
    assert words(client.get(f"{at}?missing=1")).count("govuk-error-message") == 5
    nationalities = path("section", referral, "nationalities")
    assert 'href="#add-nationality">Add at least one' in words(client.get(f"{nationalities}?missing=1"))


def test_the_next_page_of_a_section_names_what_the_one_before_it_lacks_and_check_lists_all() -> None:
    client, officer = signed_in()
    referral = a_complete_draft(by=officer)
    following = words(client.post(path("section", referral, "identity"), {"forenames": "Teo"}, follow=True))
    assert "Is the subject known by other names?" in following
    assert "Enter the family name" in following and "Add at least one nationality" not in following
    check = words(client.get(path("check", referral)))
    way = path("section", referral, "identity") + "?return=check#id_surname"
    assert f'href="{way}" role="button"' in check
    assert 'id="id_surname-error"' in words(client.get(way))


def test_a_change_from_check_answers_goes_back_there() -> None:
    client, officer = signed_in()
    referral = a_complete_draft(by=officer)
    at = path("section", referral, "scope") + "?return=check"
    assert client.post(at, {"may_be_british": "no"}).headers["Location"] == path("check", referral)
    at = path("section", referral, "referrer") + "?return=check"
    onward = client.post(at, {"in_custody": "yes"}).headers["Location"]
    assert onward == path("section", referral, "custody") + "?return=check"
