"""Who is found for a referral, and why. Real PostgreSQL, the trained model, a small register."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.celery import app
from nexus.metrics.measuring import measure
from referrals import actions as referral_actions
from referrals.duplicates import actions, messages
from referrals.duplicates.models import Pair, Search
from referrals.duplicates.queries import beside, pairs_of
from referrals.duplicates.searching import MOST, NUMBER_SENT, close_to, number_sent
from referrals.models import Referral
from tests.builders import NOON, a_draft, a_user, an_acceptance
from tests.referrals.croydon import signed_in
from tests.referrals.datawash.builders import a_register
from tests.referrals.duplicates.pairs import IN_REGISTER, SUBJECT, a_pair, a_referral, judged, searched

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.NEXUS_DATA_DIR = tmp_path


def reasons_of(pair: Pair) -> str:
    return " ".join(beside([pair], pair.referral)[0].reasons)


SAID: tuple[tuple[dict[str, Any], str], ...] = (
    ({}, "Names: the same names, in any order – strongly for the same person."),
    ({"surname": "Thisslewood"}, "Names: both names nearly the same – strongly for the same person."),
    ({"forenames": "Cornelius"}, "Names: the same but for a middle name – strongly for the same person."),
    ({"surname": "Cornelius", "forenames": "Ambrose Thistlewood"}, "Names: the same names, in any order"),
    ({"date_of_birth": date(1991, 6, 28)}, "Date of birth: one year apart"),
    ({"date_of_birth": date(1990, 6, 29)}, "Date of birth: one digit different"),
    (
        {"date_of_birth": date(1990, 1, 1), "date_of_birth_precision": "year_only"},
        "Date of birth: the same year",
    ),
    ({"sex": "female"}, "Sex: different sex – clearly against the same person."),
    ({"sex": "not_known"}, "Date of birth: the same date – strongly for the same person."),
    ({"surname": "Wolstenholme", "alias": "Cornelius Ambrose Thistlewood"}, "Names: the same names"),
)


def test_each_field_has_its_reason() -> None:
    """The table: what another force wrote, and what the officer reads of it."""
    a_register()
    one = a_referral("20")
    expected = {a_referral("06", **answers).pk: said for answers, said in SAID}
    found = {pair.other_id: reasons_of(pair) for pair in searched(one)}
    assert found.keys() == expected.keys()
    for pk, said in expected.items():
        assert said in found[pk]
        assert "Nationality" not in found[pk]  # undetermined on both sides


def test_an_identifier_alone_brings_two_together() -> None:
    a_register()
    one = a_referral("20", home_office_reference="A1234567", no_identifiers_known=False)
    a_referral(
        "06", surname="Wolstenholme", forenames="Peregrine", date_of_birth=date(1971, 1, 2),
        home_office_reference="a 1234567", no_identifiers_known=False,
    )  # fmt: skip
    a_referral("06", surname="Brackenridge", forenames="Adelaide", date_of_birth=date(1982, 11, 23))
    assert [pair.other.surname for pair in searched(one) if pair.other] == ["Wolstenholme"]
    assert "Identifiers: the same identifier – strongly for the same person." in reasons_of(
        Pair.objects.get()
    )


def test_a_stranger_a_draft_and_oneself_are_not_found() -> None:
    a_register()
    one = a_referral("20")
    a_referral("06", surname="Brackenridge", forenames="Adelaide", date_of_birth=date(1982, 11, 23))
    a_draft(**SUBJECT)
    assert searched(one) == []
    assert Search.objects.get().referral == one


def test_a_person_of_the_register_is_found_with_reasons() -> None:
    a_register(IN_REGISTER)
    pair = searched(a_referral())[0]
    assert pair.person and pair.person.person_id == "CC1" and pair.probability > 0.5
    assert "Names: the same but for a middle name" in reasons_of(pair)


def test_two_referrals_are_one_pair_whichever_is_looked_for() -> None:
    pair = a_pair()
    assert pair.other
    actions.search(referral_id=pair.other.pk, now=NOON)
    again = Pair.objects.get()
    assert again.pk == pair.pk and again.probability == pytest.approx(pair.probability, abs=0.01)
    assert pairs_of(pair.referral) == pairs_of(pair.other) == [pair]


def test_a_second_search_does_nothing_until_the_subject_changes() -> None:
    one = a_pair().referral
    assert not actions.search(referral_id=one.pk, now=NOON)
    Referral.objects.filter(pk=one.pk).update(surname="Wolstenholme", forenames="Peregrine",
                                              date_of_birth=date(1971, 1, 2))  # fmt: skip
    assert actions.search(referral_id=one.pk, now=NOON)
    assert not Pair.objects.exists()
    assert actions.search(referral_id=one.pk, now=NOON + timedelta(days=2))


def test_what_an_officer_said_outlives_a_search_that_finds_it_no_more() -> None:
    pair = a_pair()
    judged(pair, "not_same")
    Referral.objects.filter(pk=pair.referral_id).update(surname="Wolstenholme", forenames="Peregrine",
                                                        date_of_birth=date(1971, 1, 2))  # fmt: skip
    assert actions.search(referral_id=pair.referral_id, now=NOON)
    assert Pair.objects.get() == pair


def test_the_search_is_recorded_without_names() -> None:
    pair = a_pair()
    entry = AuditEvent.objects.get(kind="duplicates.searched")
    assert entry.subject_id == str(pair.referral_id)
    assert entry.detail == {"referrals": 1, "persons": 0} and entry.by_id is None


def test_candidates_are_bounded_and_closest_first() -> None:
    one = a_referral()
    copies = [Referral(reference=f"NHH-2026-{900000 + at}", created_by=one.created_by, created_at=NOON,
                       changed_at=NOON, force=one.force, **SUBJECT) for at in range(MOST + 30)]  # fmt: skip
    Referral.objects.bulk_create(copies)
    sent = (
        "UPDATE referrals_referral SET submitted_at = now(), submitted_by_id = created_by_id WHERE id <> %s"
    )
    with connection.cursor() as ask:
        ask.execute(sent, [one.pk])
    assert len(close_to(one)) <= MOST
    assert one.pk not in close_to(one)


def test_submission_asks_a_worker_and_the_sweep_asks_again(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(app, "send_task", lambda name, args: asked.append((name, args)))
    with django_capture_on_commit_callbacks(execute=True):
        referral = a_referral()
    assert (messages.SEARCH, [referral.pk]) in asked
    asked.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.sweep() == 1
    assert asked == [(messages.SEARCH, [referral.pk])]
    a_register()
    actions.search(referral_id=referral.pk, now=NOON)
    assert actions.sweep() == 0


def test_a_search_without_a_register_still_compares_referrals() -> None:
    one = a_referral("20")
    a_referral("06")
    assert len(searched(one)) == 1


def test_a_decided_referral_is_found_and_not_looked_for() -> None:
    a_register()
    decided = an_acceptance(**SUBJECT).referral
    assert not actions.search(referral_id=decided.pk, now=NOON)
    assert [pair.referral for pair in searched(a_referral("06"))] == [decided]


def test_a_withdrawn_referral_is_still_found() -> None:
    a_register()
    one, other = a_referral("20"), a_referral("06")
    referral_actions.withdraw(referral_id=other.pk, by=other.created_by, now=NOON, reason="Sent twice.")
    assert len(searched(one)) == 1


def test_searches_that_wait_are_a_figure_and_a_sentence_for_managers() -> None:
    """What the worker has not looked for yet is counted, and gone once it has."""
    a_register()
    one = a_referral("20")
    waiting = 'nexus_waiting_rows{kind="duplicates.search"}'
    page = signed_in(a_user(Role.MANAGER)).get(reverse("desk:officers")).text
    assert "1 referral waits for the service to look for the same person" in page
    assert measure(now=NOON)[waiting] == 1
    searched(one)
    assert measure(now=NOON)[waiting] == 0
    page = signed_in(a_user(Role.MANAGER)).get(reverse("desk:officers")).text
    assert "look for the same person" not in page


def test_a_search_does_not_count_all_referrals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond so many it goes by the planner's estimate: the statement that counts has a bound."""
    for force in ("20", "06", "05"):
        a_referral(force)
    assert number_sent() == 3
    monkeypatch.setattr("referrals.duplicates.searching.EXACTLY", 2)
    with connection.cursor() as ask:
        ask.execute(f"EXPLAIN {NUMBER_SENT}", {"exactly": 2})
        assert "Limit" in "\n".join(line for (line,) in ask.fetchall())
    assert number_sent() == 2, "never analysed, so no more than was counted"
