"""A referral in words."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from referrals import actions
from referrals.models import Referral
from referrals.rules.nationalities import COUNTRIES, NATIONALITIES
from referrals.rules.sections import SECTIONS
from referrals.summary import TOLD_ELSEWHERE, SectionSummary, size_in_words, summary_of
from tests.builders import NOON, a_complete_draft, a_draft

pytestmark = pytest.mark.django_db


def answers_of(sections: list[SectionSummary], key: str) -> dict[str, str]:
    (section,) = [section for section in sections if section.key == key]
    return {answer.label: answer.text for answer in section.answers}


def test_every_section_and_every_answer_of_a_complete_draft_is_told() -> None:
    sections = summary_of(a_complete_draft(in_custody=True, custody_clock_started_at=NOON))
    assert [section.key for section in sections] == [section.key for section in SECTIONS]
    identity = answers_of(sections, "identity")
    assert identity["Family name"] == "Zelmanov"
    assert identity["Date of birth"] == "17 May 1988"
    assert identity["Sex"] == "Male"
    referrer = answers_of(sections, "referrer")
    assert referrer["Force"] == "West Midlands Police" or referrer["Force"].startswith("West Midlands")
    assert referrer["In custody now"] == "Yes"
    assert referrer["Detention clock started"] == "16 November 2026 at midday"
    assert answers_of(sections, "harm")["Kind of harm"] == "Physical"
    assert answers_of(sections, "harm")["Who is harmed"] == "Individuals\nThe wider community"
    assert answers_of(sections, "vulnerability")["Children in the UK"] == "Not known"
    (nationalities,) = [t for s in sections for t in s.tables if t.kind == "nationality"]
    assert nationalities.rows[0].title == "Undetermined nationality"
    assert nationalities.rows[0].answers[0].text == "Claimed by the subject"


def test_no_field_of_the_form_is_forgotten() -> None:
    referral = a_complete_draft(
        in_custody=True,
        no_identifiers_known=True,
        active_claim="yes",
        immigration_status="application_pending",  # asks whether leave goes on
        arrived_on=date(2011, 3, 1),  # not at 12: asks why the answers differ
        arrived_on_precision="exact",
        age_at_arrival=12,
        **{f"pending_{matter}": "yes" for matter in ("criminal", "litigation", "appeals")},
    )
    told = {answer.name for section in summary_of(referral) for answer in section.answers}
    asked = {name for section in SECTIONS for name in section.fields}
    assert told - {"force"} == asked - TOLD_ELSEWHERE


def test_an_empty_draft_says_not_provided_and_leaves_out_what_was_not_asked() -> None:
    sections = summary_of(a_draft())
    assert answers_of(sections, "identity")["Family name"] == "Not provided"
    assert "Custody reference" not in answers_of(sections, "referrer")
    assert all(not table.rows and table.none for section in sections for table in section.tables)


def test_year_only_and_several_lines_are_kept() -> None:
    referral = a_complete_draft(
        date_of_birth=date(1986, 1, 1), date_of_birth_precision="year_only", harm_narrative="One.\nTwo."
    )
    sections = summary_of(referral)
    assert answers_of(sections, "identity")["Date of birth"] == "1986 (year only)"
    assert answers_of(sections, "harm")["What happened and its impact"] == "One.\nTwo."


def test_a_victim_is_plainly_not_counted_as_offending() -> None:
    referral = a_draft()
    actions.add_row(
        referral_id=referral.pk, by=referral.created_by, now=NOON, kind="conduct",
        values={"kind": "pending_charge", "part": "victim", "offence": "Assault", "grounding": "fact"},
    )  # fmt: skip
    (conduct,) = [t for s in summary_of(referral) for t in s.tables if t.kind == "conduct"]
    assert conduct.rows[0].note == "The subject is the victim. This is not counted as offending."


def test_rows_do_not_cost_queries() -> None:
    referral = a_complete_draft()
    for number in range(6):
        actions.add_row(
            referral_id=referral.pk, by=referral.created_by, now=NOON, kind="alias",
            values={"name": f"Other Name {number}"},
        )  # fmt: skip
    referral = Referral.objects.select_related("force").get(pk=referral.pk)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        summary_of(referral)
    assert len(queries) <= 5


def test_sizes_and_codes() -> None:
    assert [size_in_words(n) for n in (1, 999, 14_200, 2_340_000)] == [
        "1 byte",
        "999 bytes",
        "14 KB",
        "2.3 MB",
    ]
    assert len(COUNTRIES) == 250
    assert {"XXA", "XXB", "XXC", "XXX", "GBN", "GBD", "GBO", "GBP", "GBS", "RKS"} <= set(NATIONALITIES)
    assert all(len(code) == 3 and code.isupper() for code in NATIONALITIES)
