"""Conduct as a table: a line an event, another like it, put right in its place, or pasted and confirmed one by one."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from referrals.models import ConductEvent, Referral
from referrals.pasting import proposed_from
from tests.builders import a_draft
from tests.referrals.station import audited, path, signed_in, words

pytestmark = pytest.mark.django_db

LINE = {
    "kind": "conviction",
    "part": "convicted",
    "offence": "Robbery",
    "convicted_on": "4/3/2025",
    "court": "Port Selby Crown Court",
    "sentence_type": "custodial",
    "sentence_months": "9",
    "standing": "stands",
    "grounding": "fact",
}


def test_an_event_is_added_on_its_line_and_counted() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    at = path("section", referral, "conduct")
    recent = timezone.localdate() - timedelta(days=200)
    sent = {**LINE, "convicted_on": f"{recent:%Y-%m-%d}", "add": "1"}
    assert client.post(at, sent).headers["Location"] == f"{at}#line"
    event = ConductEvent.objects.get()
    assert (event.convicted_on, event.court, event.sentence_months) == (recent, LINE["court"], 9)
    client.post(at, {**LINE, "convicted_on": "14 Nov 2001", "add": "1"})
    page = words(client.get(at))
    assert "1 of 2 events counts as a conviction in the last 3 years" in page
    assert "Before the period." in page and audited("referral.conduct_added") == 2


def test_another_like_this_copies_all_but_offence_and_date_and_adds_nothing_by_itself() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    at = path("section", referral, "conduct")
    client.post(at, {**LINE, "add": "1"})
    event = ConductEvent.objects.get()
    page = words(client.get(f"{at}?like={event.pk}"))
    assert 'value="Port Selby Crown Court"' in page and 'value="Robbery"' not in page.split('id="line"')[1]
    left = {**LINE, "offence": "", "convicted_on": "", "conduct_listed": "on"}
    client.post(f"{at}?like={event.pk}", left)
    assert ConductEvent.objects.count() == 1 and Referral.objects.get().conduct_listed


def test_a_line_that_was_begun_is_never_lost_by_save_and_continue() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    at = path("section", referral, "conduct")
    page = words(client.post(at, {"offence": "Affray", "conduct_listed": "on"}))
    assert "Select the kind of event" in page and 'value="Affray"' in page
    client.post(at, {**LINE, "conduct_listed": "on"})
    assert ConductEvent.objects.get().offence == "Robbery"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"standing": ""}, "Select whether the conviction stands"),
        ({"grounding": ""}, "Select whether it is fact or assessment"),
        ({"offence": ""}, "Enter the offence or conduct"),
        ({"convicted_on": "4/3/25"}, "must have a year of 4 digits"),
        ({"convicted_on": "3/14/2025"}, "must be a real date"),
        ({"convicted_on": "soon"}, "must be a date like 14/11/2026"),
        ({"kind": "caution"}, "Select “Convicted person” only for a conviction"),
    ],
)
def test_a_line_says_what_is_wrong_and_adds_nothing(changes: dict[str, str], sentence: str) -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    page = words(client.post(path("section", referral, "conduct"), {**LINE, **changes, "add": "1"}))
    assert sentence in page and not ConductEvent.objects.exists()


def test_an_event_is_put_right_in_its_place() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    client.post(path("section", referral, "conduct"), {**LINE, "add": "1"})
    event = ConductEvent.objects.get()
    at = path("event_line", referral, event.pk)
    assert 'value="Robbery"' in words(client.get(at))
    changed = {**LINE, "kind": "caution", "part": "suspect", "sentence_type": "", "sentence_months": ""}
    assert client.post(at, changed).headers["Location"] == path("section", referral, "conduct")
    event.refresh_from_db()
    assert (event.kind, event.convicted_on, f"{event.offence_on}") == ("caution", None, "2025-03-04")
    ConductEvent.objects.update(kind="overseas_conviction", part="convicted", country="FRA")
    assert client.get(at).headers["Location"] == path("row_change", referral, "conduct", event.pk)


ROWS = """Date\tCourt\tOffence\tDisposal
14/03/2025\tPort Selby Magistrates’ Court\tTheft from a shop\tFined £120
04 NOV 2024\tPORT SELBY CROWN COURT\tRobbery\tImprisonment 18 months
2024-05-02\tPort Selby Crown Court\tAffray\t3 months imprisonment suspended
3/4/24\tPort Selby MC\tCommon assault\tImprisonment 12 weeks"""


def test_pasted_rows_are_read_and_what_is_doubtful_is_asked() -> None:
    theft, robbery, affray, assault = proposed_from(ROWS)
    assert theft.values == {
        "convicted_on": "14/3/2025",
        "court": "Port Selby Magistrates’ Court",
        "offence": "Theft from a shop",
        "sentence_type": "non_custodial",
    }
    assert (robbery.values["sentence_type"], robbery.values["sentence_months"]) == ("custodial", 18)
    assert (affray.values["convicted_on"], affray.values["sentence_type"]) == ("2/5/2024", "suspended")
    assert not theft.doubts + robbery.doubts + affray.doubts
    assert "convicted_on" not in assault.values and "sentence_months" not in assault.values
    assert assault.doubts == (
        "The date “3/4/24” must have a year of 4 digits, like 1986. Enter it.",
        "The length in “Imprisonment 12 weeks” is not plain. Enter the months.",
    )
    (printed,) = proposed_from("14/03/2025   12/01/2025   ROBBERY   PORT SELBY CROWN COURT")
    assert printed.doubts[0] == "Which is the date: “14/03/2025” or “12/01/2025”?"
    assert "convicted_on" not in printed.values


def test_pasted_rows_become_events_only_when_each_is_confirmed() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    at = path("paste_events", referral)
    same = {"kind": "conviction", "part": "convicted", "grounding": "fact"}
    page = words(client.post(at, {**same, "rows": ROWS}))
    assert "Row 1" in page and "must have a year of 4 digits" in page and not ConductEvent.objects.exists()

    def row(number: int, **changes: Any) -> dict[str, str]:
        values = {
            **same,
            **proposed_from(ROWS)[number].values,
            "standing": "stands",
            "source": "row",
            **changes,
        }
        return {f"{number}-{name}": str(value) for name, value in values.items()}

    sent = {"proposed": "4", **row(0), **row(1), **row(2), **row(3)}
    assert "Tick each event that is right" in words(client.post(at, sent))
    wrong = {**sent, **row(0, confirmed="on"), **row(1, confirmed="on", standing="")}
    assert "Select whether the conviction stands" in words(client.post(at, wrong))
    assert not ConductEvent.objects.exists()
    right = {**sent, **row(0, confirmed="on"), **row(1, confirmed="on")}
    page = words(client.post(at, right, follow=True))
    assert "Added: 2 events. 2 rows left out" in page
    assert {each.offence for each in ConductEvent.objects.all()} == {"Theft from a shop", "Robbery"}
