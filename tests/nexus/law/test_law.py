"""Statements of law are dated rows: nothing outside them, none past its day unnoticed, none taken for met."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.law import BY_SUBJECT, LAWS, Actor, Person, Statement, law
from nexus.law.statement import TO_CONFIRM, Reading
from tests.builders import a_user

# What somebody would write who states law: an Act or Regulations with their year, a neutral citation.
STATED = re.compile(
    r"\b(Act|Regulations|Rules|Order) (19|20)\d\d\b|\[(19|20)\d\d\] (UKUT|UKHL|UKSC|EWCA)|\bSI (19|20)\d\d/"
)
# Words that name an Act and state no rule of it, and what is dated already in a row of its own kind.
ELSEWHERE = {
    "nexus/audit/__init__.py": "the log names the duty it is kept under",
    "referrals/actions/correcting.py": "the module names the duties that a correction serves",
    "referrals/rules/policies.py": "thresholds are rows of a dated policy, each with its source",
    "referrals/models/referral.py": "a column's help names the Act",
    "casework/decisions/letters/paragraphs.py": "standard paragraphs carry a version and an approval of their own",
    "casework/decisions/rules/law.py": "a section of the checklist names where its questions come from",
}


def test_every_statement_of_law_is_a_row() -> None:
    """A page, rule or form that states the law takes its words from a row."""
    base = Path(settings.BASE_DIR)
    sources = [*base.glob("referrals/**/*.py"), *base.glob("casework/**/*.py"), *base.glob("nexus/**/*.py")]
    sources += base.glob("templates/**/*.html")
    stating = {
        str(path.relative_to(base))
        for path in sources
        if "nexus/law/" not in str(path)
        and "demonstration" not in path.parts
        and STATED.search(path.read_text())
    }
    assert stating == set(ELSEWHERE)


def test_each_row_says_where_it_stands_and_who_read_it() -> None:
    assert len(LAWS) == sum(len(rows) for rows in BY_SUBJECT.values())  # no code twice
    for row in LAWS.values():
        assert row.words and row.says and row.source and row.reading.by
        assert row.reading.on < row.reading.again_by
        assert bool(row.number) == bool(row.unit)


def test_a_row_holds_between_its_days_only() -> None:
    notice = law("removal_notice_period")
    assert not notice.holds_on(date(2023, 11, 19))
    assert notice.holds_on(date(2023, 11, 20))


def test_past_its_day_a_reading_is_not_relied_on() -> None:
    row = law("appeal_in_uk")
    assert row.caution(row.reading.again_by) == "Not read by a lawyer. Confirm it before you rely on it."
    assert row.caution(date(2027, 6, 1)) == "Was to be read again by 31 May 2027. Do not rely on it."


def test_a_lawyers_reading_takes_the_caution_away_until_its_day() -> None:
    read = Reading("A lawyer", date(2026, 12, 1), date(2027, 12, 1), lawyer=True)
    row = law("appeal_in_uk").__class__(**{**vars(law("appeal_in_uk")), "reading": read})
    assert row.caution(date(2027, 12, 1)) == ""
    assert row.caution(date(2027, 12, 2))


def to_confirm(row: Statement, person: Person) -> list[str]:
    """What the page shows of it as to be confirmed."""
    return [each.words for each in row.conditions if each.state(person) == TO_CONFIRM]


CONVICTED = Person(
    british_or_irish=False,
    convicted_here=True,
    longest_sentence_months=12,
    age_at_conviction=18,
    protected_by_withdrawal_agreement=False,
    appealed_conviction=False,
)


@pytest.mark.parametrize(
    ("known", "unmet"),
    [
        ({}, []),
        (
            {"longest_sentence_months": 11},
            ["Was sentenced to at least 12 months’ imprisonment, not suspended"],
        ),
        ({"convicted_here": False}, ["Was convicted in the United Kingdom"]),
        ({"age_at_conviction": 17}, ["Was 18 or over when convicted (section 33(3))"]),
        ({"british_or_irish": True}, ["Is not a British or Irish citizen"]),
        (
            {"appealed_conviction": True},
            ["No appeal against the conviction or sentence is or could be pending (section 34(2))"],
        ),
    ],
)
def test_automatic_deportation_has_conditions(known: dict[str, object], unmet: list[str]) -> None:
    """UK Borders Act 2007, sections 32 to 34."""
    person = Person(**{**vars(CONVICTED), **known})
    assert law("ukba_2007_s32").unmet(person) == unmet
    assert to_confirm(law("ukba_2007_s32"), person) == []


def test_not_known_is_neither_met_nor_unmet() -> None:
    for row in LAWS.values():
        assert row.unmet(Person()) == []
        assert len(to_confirm(row, Person())) == len(row.conditions)


def test_what_may_have_changed_since_it_was_recorded_is_to_be_confirmed() -> None:
    """Leave ends; a conviction does not."""
    removal, lawful = law("iaa_1999_s10"), Person(has_leave=True, british_or_irish=False)
    assert removal.unmet(lawful) == []
    assert to_confirm(removal, lawful) == ["Has no leave to enter or remain"]


def test_section_28a_is_for_immigration_officers() -> None:
    assert law("ia1971_s28a").unmet(Person(used_by=Actor.POLICE)) == ["Is used by an immigration officer"]
    assert law("ia1971_s28a").unmet(Person(used_by=Actor.IMMIGRATION_OFFICER)) == []


@pytest.mark.django_db
def test_the_page_shows_red_what_is_to_be_read_again(client: Client) -> None:
    user = a_user(Role.CASE_OWNER)
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False):
        client.force_login(user)
        page = client.get(reverse("law")).content.decode()
    assert page.count('<tr class="govuk-table__row" id=') == len(LAWS)
    assert "Read again" not in page
    with time_machine.travel(datetime(2027, 6, 1, 12, tzinfo=UTC), tick=False):
        client.force_login(user)
        page = client.get(reverse("law")).content.decode()
    assert page.count("govuk-tag--red") == len(LAWS)
