"""T2: "5 or more convictions within the previous 3 years including non-custodial sentences". A guide only."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.assessment import assess, persistence_of
from referrals.rules.counting import why_not_counted, window
from referrals.rules.dates import years_before
from referrals.rules.facts import Conduct, Facts
from referrals.rules.policies import FIRST
from referrals.rules.terms import CONVICTIONS, ConductKind, Part, SentenceType
from tests.referrals.rules.subjects import TODAY, WITH_LEAVE, conviction, convictions

LEAP = date(2024, 2, 29)


def counted(*events: Conduct, on: date = TODAY) -> int:
    return persistence_of(replace(WITH_LEAVE, reference_date=on, conduct=events), FIRST).counted


@pytest.mark.parametrize(
    ("convicted_on", "reference_date", "count"),
    [
        (date(2023, 11, 22), TODAY, 1),  # the first day counts
        (date(2023, 11, 21), TODAY, 0),  # the day before does not
        (TODAY, TODAY, 1),  # the day of submission counts
        (TODAY + timedelta(days=1), TODAY, 0),  # the future does not
        (date(2021, 2, 28), LEAP, 1),  # 29 February falls to the 28th
        (date(2021, 2, 27), LEAP, 0),
        (date(2024, 2, 29), date(2027, 2, 28), 1),
        (date(2024, 2, 29), date(2027, 3, 1), 0),
        (date(2024, 2, 29), LEAP, 1),
    ],
)
def test_the_window_includes_both_ends(convicted_on: date, reference_date: date, count: int) -> None:
    assert counted(conviction(convicted_on), on=reference_date) == count


@pytest.mark.parametrize("sentence", SentenceType)
def test_every_sentence_counts_non_custodial_included(sentence: SentenceType) -> None:
    assert counted(conviction(sentence_type=sentence)) == 1


@pytest.mark.parametrize("kind", [kind for kind in ConductKind if kind not in CONVICTIONS])
@pytest.mark.parametrize("part", Part)
def test_what_is_no_conviction_never_counts(kind: ConductKind, part: Part) -> None:
    assert counted(conviction(kind=kind, part=part)) == 0


@pytest.mark.parametrize("part", [Part.VICTIM, Part.WITNESS, Part.SUSPECT])
@pytest.mark.parametrize("kind", sorted(CONVICTIONS))
def test_only_the_person_convicted_counts(kind: ConductKind, part: Part) -> None:
    assert counted(conviction(kind=kind, part=part)) == 0


def test_quashed_does_not_count() -> None:
    assert counted(conviction(quashed=True), conviction()) == 1


def test_uk_and_overseas_apart_and_offences_apart_from_occasions() -> None:
    same_day = [conviction(date(2025, 3, 4), court_occasion="2025-03-04 Port Selby") for _ in range(3)]
    abroad = conviction(date(2025, 5, 6), kind=ConductKind.OVERSEAS_CONVICTION)
    found = persistence_of(replace(WITH_LEAVE, conduct=(*same_day, abroad, conviction(None))), FIRST)
    assert (found.counted, found.uk, found.overseas, found.court_occasions, found.undated) == (4, 3, 1, 2, 1)


@pytest.mark.parametrize(
    ("count", "met", "more"), [(0, False, 5), (3, False, 2), (4, False, 1), (5, True, 0), (6, True, 0)]
)
def test_the_counterfactual(count: int, met: bool, more: int) -> None:
    facts = replace(WITH_LEAVE, conduct=convictions(count))
    found = persistence_of(facts, FIRST)
    assert (found.guide_met, found.more_needed) == (met, more)
    if more:
        nearer = replace(facts, conduct=convictions(count + more))
        assert persistence_of(nearer, FIRST).guide_met
        words = "1 more dated conviction would" if more == 1 else f"{more} more dated convictions would"
        assert any(sentence.startswith(words) for sentence in assess(facts, FIRST).limb("1B").would_change)


def test_undated_convictions_are_named_not_counted() -> None:
    limb = assess(replace(WITH_LEAVE, conduct=(*convictions(4), conviction(None))), FIRST).limb("1B")
    assert "Not counted by the guide, for a person to judge: 1 undated conviction." in limb.evidence
    assert "The dates of the undated convictions." in limb.would_change


def test_the_thresholds_are_the_policys() -> None:
    stricter = replace(
        FIRST,
        persistence_convictions=replace(FIRST.persistence_convictions, number=7),
        persistence_period=replace(FIRST.persistence_period, number=1),
    )
    facts = replace(WITH_LEAVE, conduct=convictions(6))
    assert persistence_of(facts, FIRST).guide_met
    assert persistence_of(facts, stricter).counted == 0
    assert persistence_of(facts, stricter).more_needed == 7


days = st.dates(date(2000, 1, 1), date(2030, 12, 31))
events = st.builds(
    Conduct,
    kind=st.sampled_from(ConductKind),
    convicted_on=st.none() | days,
    part=st.sampled_from(Part),
    quashed=st.booleans(),
)


@given(reference=days, conduct=st.lists(events, max_size=12))
def test_event_by_event_the_page_counts_what_the_guide_counts(
    reference: date, conduct: list[Conduct]
) -> None:
    facts: Facts = replace(WITH_LEAVE, reference_date=reference, conduct=tuple(conduct))
    assert persistence_of(facts, FIRST).counted == sum(
        not why_not_counted(each, facts, FIRST) for each in conduct
    )


@given(reference=days, conduct=st.lists(events, max_size=12), extra=events)
def test_more_convictions_never_count_for_less(
    reference: date, conduct: list[Conduct], extra: Conduct
) -> None:
    facts = replace(WITH_LEAVE, reference_date=reference, conduct=tuple(conduct))
    more = replace(facts, conduct=(*conduct, extra))
    assert (
        persistence_of(facts, FIRST).counted
        <= persistence_of(more, FIRST).counted
        <= persistence_of(facts, FIRST).counted + 1
    )


@given(day=days, years=st.integers(0, 20))
def test_years_before_keeps_day_and_month_or_falls_to_the_28th(day: date, years: int) -> None:
    before = years_before(day, years)
    assert before.year == day.year - years
    assert (before.month, before.day) in {(day.month, day.day), (2, 28)}
    assert window(day, FIRST)[0] == years_before(day, 3)


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (conviction(part=Part.VICTIM), "The subject is the victim: never counted as offending."),
        (conviction(kind=ConductKind.ACQUITTAL), "Not a conviction."),
        (conviction(part=Part.SUSPECT), "The subject is not recorded as the person convicted."),
        (conviction(quashed=True), "Quashed."),
        (conviction(None), "The date of conviction is not given."),
        (conviction(date(2001, 1, 1)), "Before the period."),
        (conviction(date(2026, 12, 1)), "After the referral was submitted."),
        (conviction(), ""),
    ],
)
def test_why_an_event_is_left_out(event: Conduct, sentence: str) -> None:
    assert why_not_counted(event, replace(WITH_LEAVE, reference_date=TODAY), FIRST) == sentence


@pytest.mark.parametrize(
    ("event", "left"),
    [
        (conviction(None), ("1 undated conviction",)),
        (conviction(date(2001, 1, 1)), ("1 conviction before the period",)),
        (conviction(date(2025, 1, 2)), ()),
        (conviction(date(2024, 1, 1)), ("1 conviction as a child",)),
        (conviction(None, kind=ConductKind.CAUTION, part=Part.SUSPECT), ("1 caution",)),
        (conviction(None, kind=ConductKind.CAUTION, part=Part.WITNESS), ()),
        (conviction(None, kind=ConductKind.ACQUITTAL, part=Part.SUSPECT), ()),
        (conviction(quashed=True), ()),
    ],
)
def test_what_the_guide_does_not_count_is_left_for_a_person(event: Conduct, left: tuple[str, ...]) -> None:
    """Born in June 2006, so an adult since June 2024."""
    facts = replace(WITH_LEAVE, date_of_birth=date(2006, 6, 1), conduct=(event,))
    assert persistence_of(facts, FIRST).left_for_a_person == left


def test_convictions_on_the_eighteenth_birthday_are_an_adults() -> None:
    facts = replace(WITH_LEAVE, date_of_birth=date(2007, 6, 3))
    assert persistence_of(replace(facts, conduct=(conviction(date(2025, 6, 3)),)), FIRST).counted == 1
    assert persistence_of(replace(facts, conduct=(conviction(date(2025, 6, 2)),)), FIRST).counted == 0
