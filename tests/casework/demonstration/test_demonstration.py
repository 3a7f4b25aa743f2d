"""The demonstration: everything at once, invented, and the same every time."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models, transaction

from casework.demonstration.case_stories import CaseStories
from casework.demonstration.make import (
    NOT_EMPTY,
    REFERRALS,
    by_itself,
    make,
    make_everybody,
    reasons_not_to_tell,
    referral_stories,
)
from casework.demonstration.names import TRADITIONS, draw_name
from casework.demonstration.people import ADDRESSES, PASSWORD, make_people, sign_ins
from casework.demonstration.referral_stories import ReferralStories
from casework.demonstration.timeline import days_later, play, played, working_hours
from casework.models import Barrier, Case, CaseNote, CaseTask, ProgressEvent
from casework.reports.models import ProgressReport
from casework.reports.states import State as ReportState
from casework.states import State as CaseState
from nexus.accounts.models import Force, User
from nexus.accounts.reference import ENGLAND, WALES
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Mail, Notification
from nexus.refusals import Refused
from nexus.ui.text import has_hidden_characters
from nexus.working_days import is_working_day
from referrals.datawash import queue
from referrals.datawash.linkage.grading import Grade
from referrals.datawash.models import Review, Verdict, Wash, WashRow
from referrals.duty_desk.models import Enquiry, EnquiryChange, HandoverNote
from referrals.duty_desk.queries import gaps_ahead
from referrals.matrix.models import MatrixAssessment
from referrals.models import (
    Alias,
    Attachment,
    Channel,
    ConductEvent,
    Nationality,
    Proposal,
    Question,
    Referral,
    SpecialConditionsFlag,
    Standing,
    TriageDecision,
)
from referrals.quality.models import Draw, Reading
from referrals.rules.identifiers import normal_cro, normal_pnc
from referrals.rules.matrix import MatrixOutcome
from referrals.rules.nationalities import NATIONALITIES
from referrals.rules.terms import ConductKind, Part, Status
from referrals.states import UNDECIDED, ProposalState, State
from tests.builders import a_user

NOW = datetime(2026, 11, 18, 15, 30, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_reading")]


def values_of(model: type[models.Model], field: str) -> set[Any]:
    return set(model._default_manager.values_list(field, flat=True))


def test_the_whole_demonstration() -> None:
    make(now=NOW)

    assert REFERRALS - 20 <= Referral.objects.count() <= REFERRALS
    assert values_of(Referral, "state") == set(State.values)
    # On some days the newcomer's case-owner has too few cases for a decision at every stage.
    assert values_of(Case, "state") >= set(CaseState.values) - {CaseState.REVIEWED}
    assert values_of(ProgressReport, "state") == set(ReportState.values)
    everybody_is_here()
    referrals_are_of_every_kind()
    everything_agrees_with_the_lists_it_is_chosen_from()
    there_is_work_to_do_today()
    lists_are_at_every_stage()
    the_desk_and_the_matrix_are_used()
    decisions_are_read_twice_and_for_quality()
    people_are_told_in_nexus_only()
    nothing_is_later_than_now()
    flags_and_allocations_follow_the_guidance()


def everybody_is_here() -> None:
    assert values_of(User, "role") == set(Role.values)
    for code, *_ in ENGLAND + WALES:
        roles = set(User.objects.filter(force__code=code).values_list("role", flat=True))
        assert roles == {Role.POLICE_OFFICER, Role.FORCE_LEAD}
    assert values_of(Referral, "force__code") == set(ADDRESSES)
    for _, email, password in sign_ins():
        assert User.objects.get(email=email).check_password(password)
    assert {User.objects.get(email=email).role for _, email, _ in sign_ins()} == set(Role.values)


def referrals_are_of_every_kind() -> None:
    assert values_of(Referral, "immigration_status") >= set(Status.values())
    assert values_of(ConductEvent, "kind") == set(ConductKind.values())
    assert values_of(ConductEvent, "part") == set(Part.values())
    assert values_of(ConductEvent, "standing") == set(Standing.values)
    assert values_of(Nationality, "source") == {"claimed", "document", "home_office"}
    assert Nationality.objects.values("referral").annotate(n=models.Count("pk")).filter(n__gt=1).exists()
    assert {unicodedata.bidirectional(name[0]) for name in values_of(Alias, "name")} >= {"L", "R", "AL"}
    assert TriageDecision.objects.exclude(superseded_at=None).exists()
    assert SpecialConditionsFlag.objects.filter(decision__held_by__isnull=False).exists()
    assert values_of(TriageDecision, "destination") == {
        "",
        "criminal_casework",
        "national_removal_command",
        "removals_casework_command",
    }
    for kept in (Attachment, Barrier, CaseNote, CaseTask):
        assert kept._default_manager.exists()
    assert values_of(ProgressEvent, "shared_with_force") == {True, False}


def everything_agrees_with_the_lists_it_is_chosen_from() -> None:
    """What the forms would refuse is not there either."""
    assert values_of(Nationality, "code") <= set(NATIONALITIES)
    for model in (Referral, Alias, Nationality, ConductEvent, Attachment):
        for row in model._default_manager.all():
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                if value not in (None, "") and field.name != "state":
                    field.clean(value, row)
    for referral in Referral.objects.exclude(state=State.DRAFT):
        assert not has_hidden_characters(f"{referral.surname}{referral.forenames}")
        if referral.pnc_id:
            assert normal_pnc(referral.pnc_id, this_year=NOW.year) == referral.pnc_id
        if referral.cro_number:
            assert normal_cro(referral.cro_number) == referral.cro_number
    for referral in Referral.objects.exclude(harm_narrative=""):
        assert "invented" in referral.harm_narrative


def there_is_work_to_do_today() -> None:
    undecided = Referral.objects.filter(state__in=UNDECIDED)
    running = [
        referral for referral in undecided.filter(channel=Channel.LIVE_TIME) if referral.custody_ends_at
    ]
    assert [each for each in running if each.custody_ends_at and each.custody_ends_at > NOW]
    today = NOW.date()
    assert Question.objects.open().filter(due_on__lt=today).exists()
    unfinished = Case.objects.exclude(state=CaseState.CLOSED)
    overdue = unfinished.filter(next_action_on__lt=today).count()
    assert 0 < overdue < unfinished.count() / 2
    mine = Referral.objects.filter(created_by__email="officer@wmp.example")
    assert set(mine.values_list("state", flat=True)) >= {
        "draft",
        "submitted",
        "information_requested",
        "accepted",
    }
    assert Case.objects.filter(case_owner__email="caseowner@liverpool.example").count() > 10
    west_midlands = ProgressReport.objects.filter(force__code="20")
    assert set(west_midlands.values_list("state", flat=True)) >= {"draft", "released", "acknowledged"}


def lists_are_at_every_stage() -> None:
    """Of the data-wash: nothing waits for a worker, and Croydon has pairs to review."""
    assert values_of(Wash, "state") == {"checked", "washed", "stale", "parked", "discarded"}
    # "possible", and two officers who differ, come by chance: half of the referrals may lack them.
    assert values_of(WashRow, "grade") >= {grade.value for grade in Grade} - {Grade.POSSIBLE}
    assert values_of(Review, "verdict") == set(Verdict.values)
    assert WashRow.objects.exclude(purged_at=None).exists()
    rows = queue.reviewable()
    assert queue.awaiting_review(rows).count() > 3


def decisions_are_read_twice_and_for_quality() -> None:
    assert values_of(Proposal, "state") == set(ProposalState.values)
    assert values_of(Proposal, "cause") == {"refusals", "departures"}
    refused = TriageDecision.objects.filter(outcome="not_accepted")
    assert refused.exists() and not refused.filter(second_reader=None).exists()
    assert Draw.objects.count() == 3
    assert Reading.objects.filter(read_at=None).exists() and Reading.objects.exclude(read_at=None).exists()


def the_desk_and_the_matrix_are_used() -> None:
    """One gap ahead in the rota; questions open and answered; every outcome, and what it led to."""
    assert [str(gap) for gap in gaps_ahead(NOW)] == [
        "No CIO or HMI on call on Saturday 28 November 2026 from 6pm to midnight"
    ]
    assert HandoverNote.objects.count() == 1
    assert values_of(Enquiry, "asker") == {"force", "ice", "custody", "criminal_casework"}
    assert Enquiry.objects.filter(state="open").count() == 3
    assert Enquiry.objects.get(referral__isnull=False).state == "answered"
    assert EnquiryChange.objects.filter(verb="reopen").count() == 1
    assert values_of(MatrixAssessment, "outcome") == {outcome.value for outcome in MatrixOutcome}
    assert MatrixAssessment.objects.get(enquiry__isnull=False).outcome == MatrixOutcome.M6
    led = MatrixAssessment.objects.filter(referral__isnull=False)
    assert sorted(led.values_list("referral__state", flat=True)) == ["accepted", "submitted"]


def people_are_told_in_nexus_only() -> None:
    assert not Mail.objects.exists()
    unread = Counter(Notification.objects.filter(read_at=None).values_list("person__email", flat=True))
    assert 0 < unread["referrals@croydon.example"] < 40 and Notification.objects.count() > 1000


def nothing_is_later_than_now() -> None:
    """The audit entries were written in the order in which things happened, and none lies ahead."""
    moments = list(AuditEvent.objects.order_by("pk").values_list("at", flat=True))
    assert moments[-1] <= NOW
    early = sum(later < before for before, later in pairwise(moments))
    assert early < len(moments) / 100  # a month's reports are built in one go, seconds apart
    assert Referral.objects.earliest("created_at").created_at > NOW - timedelta(days=560)


def flags_and_allocations_follow_the_guidance() -> None:
    first_ones = SpecialConditionsFlag.objects.filter(set_because="")
    for flag in first_ones.select_related("referral__force", "decision"):
        regional = not flag.referral.force.metropolitan
        assert flag.text == ("Nexus High Harm (Regional)" if regional else "Nexus High Harm")
        first = flag.referral.allocations.filter(allocated_at=flag.set_at)
        assert first.exists() is (flag.decision.held_by_id is None)


def test_the_same_moment_makes_the_same_rows() -> None:
    """Of the stories with dice: referrals and their cases."""
    people = make_people(Random(1), now=NOW - timedelta(days=600))

    def told() -> list[Any]:
        try:
            with transaction.atomic():
                telling = ReferralStories(people, aftermath=CaseStories(people).story)
                play(referral_stories(telling, now=NOW, referrals=40), until=NOW)
                plain = {Referral: "reference", ConductEvent: "referral__reference", CaseNote: "text"}
                rows: list[Any] = []
                for model, order in plain.items():
                    fields = [
                        field.name
                        for field in model._meta.concrete_fields
                        if not (field.primary_key or field.is_relation or field.name == "idempotency_key")
                    ]
                    rows += model._default_manager.order_by(order, "pk").values_list(*fields)
                rows += AuditEvent.objects.order_by("pk").values_list("kind", "at", "by_role")
                raise InterruptedError
        except InterruptedError:
            return rows

    once = told()
    assert len(once) > 500 and once == told()


def test_it_is_only_made_in_an_empty_database() -> None:
    a_user(Role.ADMINISTRATOR)
    with pytest.raises(CommandError, match="only made in an empty one"):
        call_command("demonstration")
    assert not Referral.objects.exists()


def test_it_says_who_can_sign_in() -> None:
    said = StringIO()
    call_command("demonstration", sign_ins=True, stdout=said)
    for role, email, _ in sign_ins():
        assert f"{role:<32}{email}" in said.getvalue()
    assert PASSWORD in said.getvalue()
    assert not Force.objects.exists()


def test_every_tradition_makes_names() -> None:
    rng = Random(1)
    for tradition in TRADITIONS:
        assert set(tradition.codes) <= set(NATIONALITIES)
        for sex in ("male", "female"):
            names = {
                (name.surname, name.forenames) for name in (draw_name(rng, tradition, sex) for _ in range(40))
            }
            assert len(names) > 5
            assert not any("|" in part or "_" in part or ":" in part for name in names for part in name)


def test_stories_happen_in_the_order_of_time() -> None:
    happened: list[str] = []

    def story(name: str, *days: int) -> Any:
        for day in days:
            yield NOW + timedelta(days=day)
            happened.append(f"{name}{day}")

    events = play([story("a", 0, 3, 9), story("b", 1, 3)], until=NOW + timedelta(days=5))
    assert happened == ["a0", "b1", "a3", "b3"]
    assert events == 4


def test_people_work_in_office_hours() -> None:
    rng = Random(2)
    saturday_night = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
    assert working_hours(saturday_night, rng).date() == datetime(2026, 11, 23, tzinfo=UTC).date()
    assert working_hours(NOW, rng) == NOW
    hours = Counter(days_later(NOW, rng, 0, 9) for _ in range(50))
    assert all(is_working_day(moment.date()) and moment > NOW for moment in hours)


def test_a_story_that_somebody_overtook_ends_and_the_others_go_on() -> None:
    """While the demonstration is filled in people may be at work: what they changed is theirs."""
    happened = []

    def story(name: str, refused: bool = False) -> Iterator[datetime]:
        yield NOW - timedelta(hours=2)
        a_user(Role.AUDITOR, full_name=name)
        if refused:
            raise Refused(["Somebody else has it."])
        yield NOW - timedelta(hours=1)
        happened.append(name)

    for _ in played([story("first", refused=True), story("second")], until=NOW, go_on=by_itself):
        pass
    assert happened == ["second"]
    assert values_of(User, "full_name") == {"second"}  # what the first had done in that event is taken back


def test_stories_are_told_of_the_demonstrations_own_people_only() -> None:
    make_everybody(now=NOW)
    assert reasons_not_to_tell() == []
    a_user(Role.AUDITOR)
    assert reasons_not_to_tell() == [NOT_EMPTY]
