"""The totals agree with the rows, and with what plain SQL counts, whatever happened."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casework import actions as casework_actions
from casework.models import Case
from casework.reports.content import TOTALS, totals_of
from casework.reports.models import ProgressReport
from casework.reports.periods import Period
from nexus.accounts.models import User
from nexus.accounts.reference import load_reference_data
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from referrals import actions
from referrals.actions.asking import NewQuestion
from referrals.models import Referral
from tests.builders import ACCEPTANCE, a_force, a_user, an_assigned_case, in_triage, progress
from tests.casework.reports.builders import a_built_report

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 9, 28, 9, tzinfo=UTC)
BUILT = datetime(2026, 12, 1, 9, tzinfo=UTC)
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))

# One referral's story: the force, days between its steps, and what happens at each.
ENDS = ("wait", "withdraw", "ask", "not_accept", "reopen", "redirect", "accept", "flag_only", "work", "close")
STORY = st.tuples(
    st.sampled_from(("20", "20", "20", "06")),
    st.lists(st.integers(0, 18), min_size=6, max_size=6),
    st.sampled_from(ENDS),
)


def live(story: tuple[str, list[int], str], people: dict[str, User]) -> None:
    """Let the story happen through the actions people use."""
    code, gaps, end = story
    moments = [FIRST + timedelta(days=sum(gaps[: n + 1]), hours=n) for n in range(len(gaps))]
    officer, triager = people[code], people["triager"]
    referral = in_triage(
        by=officer,
        officer=triager,
        now=moments[0],
        status_as_at=date(2026, 9, 1),
        interest_on=date(2026, 9, 1),
    )
    step: dict[str, Any] = {"referral_id": referral.pk, "by": triager, "now": moments[1]}
    refusal = {"reasons": "Not shown by the record.", "balance": "Long residence."}
    if end == "withdraw":
        actions.withdraw(**{**step, "by": officer}, reason="A mistake in the entry.")
    elif end == "ask":
        actions.request_information(**step, questions=[NewQuestion("Which?", date(2027, 1, 1))])
    elif end in ("not_accept", "reopen"):
        actions.not_accept(**step, **refusal)
    elif end == "redirect":
        actions.redirect(**step, destination="criminal_casework", reasons="The team at Leeds has it.")
    elif end != "wait":
        held_by = people["triager"].team if end == "flag_only" else None
        actions.accept(**step, **ACCEPTANCE, held_by=held_by)
    if end == "reopen":
        actions.reopen(**{**step, "now": moments[2]}, reason="A new statement came from the force.")
        record(kind="referral.viewed", by=triager, subject=referral, now=moments[2])
        actions.accept(**{**step, "now": moments[3]}, **ACCEPTANCE)
    if end in ("work", "close"):
        work(Case.objects.get(referral=referral), moments, people, closing=end == "close")


def work(case: Case, moments: list[datetime], people: dict[str, User], *, closing: bool) -> None:
    casework_actions.assign(case_id=case.pk, by=people["manager"], now=moments[2], case_owner=people["owner"])
    case = Case.objects.get(pk=case.pk)
    progress(case, now=moments[3], asked_of_force="Send it.")
    progress(case, now=moments[3], text="Kept inside.", shared_with_force=False)
    progress(case, "evidence", now=moments[4])
    if closing:
        casework_actions.record_outcome(
            case_id=case.pk, by=people["owner"], now=moments[4], outcome="not_pursued",
            outcome_on=moments[4].date(), reasons="No longer at the address.",
        )  # fmt: skip
        casework_actions.close(case_id=case.pk, by=people["manager"], now=moments[5])


COUNTS = {
    "made": "SELECT count(*) FROM referrals_referral r WHERE force_id = %(force)s AND submitted_at {here}",
    "decided": "SELECT count(DISTINCT r.id) FROM referrals_referral r JOIN referrals_triagedecision d"
    " ON d.referral_id = r.id WHERE force_id = %(force)s AND decided_at {here}",
    "accepted": "SELECT count(DISTINCT r.id) FROM referrals_referral r JOIN referrals_triagedecision d"
    " ON d.referral_id = r.id WHERE force_id = %(force)s AND d.outcome = 'accepted' AND decided_at {here}",
    "flagged": "SELECT count(*) FROM referrals_specialconditionsflag f JOIN referrals_referral r"
    " ON r.id = f.referral_id WHERE force_id = %(force)s AND set_at {here}",
    "allocated": "SELECT count(*) FROM referrals_allocation a JOIN referrals_referral r"
    " ON r.id = a.referral_id WHERE force_id = %(force)s AND allocated_at {here}",
    "progress": "SELECT count(*) FROM casework_progressevent p JOIN casework_case c ON c.id = p.case_id"
    " JOIN referrals_referral r ON r.id = c.referral_id"
    " WHERE force_id = %(force)s AND shared_with_force AND recorded_at {here}",
    "lines": "SELECT count(*) FROM referrals_referral r LEFT JOIN casework_case c ON c.referral_id = r.id"
    " WHERE force_id = %(force)s AND submitted_at < %(end)s AND ("
    " r.state IN ('submitted', 'in_triage', 'information_requested')"
    " OR (c.id IS NOT NULL AND c.state <> 'closed')"
    " OR r.id IN (SELECT referral_id FROM referrals_referralchange WHERE at {here})"
    " OR c.id IN (SELECT case_id FROM casework_casechange WHERE at {here})"
    " OR c.id IN (SELECT case_id FROM casework_progressevent WHERE shared_with_force AND recorded_at {here}))",
    "asked": "SELECT count(*) FROM referrals_referral r WHERE force_id = %(force)s AND submitted_at < %(end)s"
    " AND (EXISTS (SELECT 1 FROM referrals_informationrequest q WHERE q.referral_id = r.id"
    " AND closed_at IS NULL)"
    " OR COALESCE((SELECT p.asked_of_force FROM casework_progressevent p JOIN casework_case c"
    " ON c.id = p.case_id WHERE c.referral_id = r.id AND c.outcome = '' AND shared_with_force"
    " ORDER BY p.recorded_at DESC, p.id DESC LIMIT 1), '') <> '')",
}


def counted(report: ProgressReport) -> dict[str, int]:
    """Each total as SQL counts it from the records, without the code under test."""
    values = {"force": report.force_id, "start": report.period.start, "end": report.period.end}
    found = {}
    with connection.cursor() as ask:
        for key, sql in COUNTS.items():
            ask.execute(re.sub(r"(\w+) \{here\}", r"\1 >= %(start)s AND \1 < %(end)s", sql), values)
            found[key] = ask.fetchone()[0]
    return found


# Each story costs a second, so a failing one is shown as it was found, not made smaller for minutes.
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(stories=st.lists(STORY, min_size=1, max_size=5))
def test_totals_agree_with_the_rows_and_with_sql(stories: list[tuple[str, list[int], str]]) -> None:
    with transaction.atomic():
        load_reference_data()
        people = {code: a_user(Role.POLICE_OFFICER, force=a_force(code)) for code in ("20", "06")}
        people |= {
            "triager": a_user(Role.REFERRALS_OFFICER),
            "manager": a_user(Role.MANAGER),
            "owner": a_user(Role.CASE_OWNER),
        }
        for story in stories:
            live(story, people)
        for period in (OCTOBER, Period(date(2026, 11, 1), date(2026, 11, 30))):
            report = a_built_report(by=people["manager"], period=period, now=BUILT, at=BUILT)
            assert report.totals == totals_of(report.lines.all())
            assert report.totals == counted(report)
            assert set(report.totals) == set(TOTALS)
        transaction.set_rollback(True)


def test_every_referral_of_the_force_is_in_the_first_report_after_it_was_made() -> None:
    for _ in range(3):
        an_assigned_case()
    report = a_built_report()
    assert report.totals["lines"] == Referral.objects.filter(force=report.force).count() == 3
