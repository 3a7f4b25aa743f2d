"""What happened to the case, told to the force or not, and the moves that follow from it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casework import actions
from casework.models import MOVED_BY, WRITTEN, Case, ProgressEvent, ProgressKind
from casework.states import MOVES, State
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from tests.builders import NOON, a_case_in, a_flag_only_case, a_user, an_assigned_case, progress

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=6)


def test_what_happened_is_kept_and_the_stalled_clock_starts_anew() -> None:
    case = an_assigned_case()
    event = progress(
        case, text="The officer sent the summary.", asked_of_force="Send the statement.", now=LATER
    )
    case = Case.objects.get(pk=case.pk)
    assert (event.text, event.shared_with_force, event.asked_of_force) == (
        "The officer sent the summary.",
        True,
        "Send the statement.",
    )
    assert (event.recorded_by, event.recorded_at) == (case.case_owner, LATER)
    assert (case.state, case.last_progress_at) == ("assigned", LATER)


# The moves that people make by recording progress, straight from the tables.
ALLOWED = {(kind, state) for kind in WRITTEN if kind in MOVED_BY for state in MOVES[MOVED_BY[kind]].source}


def test_the_table_names_verbs_that_exist_and_leaves_no_stage_out() -> None:
    assert set(MOVED_BY.values()) <= set(MOVES)
    reached_otherwise = {"allocate", "assign", "draft", "review", "redraft", "record_outcome", "close"}
    assert set(MOVED_BY.values()) | reached_otherwise == set(MOVES)
    assert len(set(MOVED_BY.values())) == len(MOVED_BY)


@pytest.mark.parametrize("state", [state for state in State if state != State.CLOSED])
def test_every_kind_in_every_state(state: State) -> None:
    """Evidence gathering begins where the move is allowed; what a decision brings is never typed."""
    case, senior = a_case_in(state), a_user(Role.SENIOR_CASEWORKER)
    for kind in sorted(ProgressKind, key=lambda kind: kind == ProgressKind.EVIDENCE):
        try:
            actions.record_progress(
                case_id=case.pk,
                by=senior,
                now=LATER,
                kind=kind,
                happened_on=NOON.date(),
                text="It happened.",
                shared_with_force=False,
            )
            happened = True
        except Refused as refused:
            assert f"“{kind.label}”" in str(refused)
            happened = False
        assert happened == (kind in WRITTEN and (kind not in MOVED_BY or (kind, state) in ALLOWED))
        now_in = Case.objects.get(pk=case.pk).state
        assert now_in == (MOVES[MOVED_BY[kind]].target if happened and kind in MOVED_BY else state)


def test_a_refusal_says_when_it_could_be_recorded() -> None:
    with pytest.raises(Refused, match="only while it is “Assigned to a case-owner”"):
        progress(a_case_in("evidence"), "evidence")


def test_what_is_done_to_a_decision_is_not_typed() -> None:
    with pytest.raises(Refused, match="on the Decision page of the case"):
        progress(a_case_in("evidence"), "decision")


def test_nothing_is_preselected_for_the_force() -> None:
    with pytest.raises(Refused, match="Select whether the force may see this"):
        progress(an_assigned_case(), shared_with_force=None)


def test_what_is_asked_of_the_force_must_be_shared() -> None:
    with pytest.raises(Refused, match="The force reads what you ask of it"):
        progress(an_assigned_case(), shared_with_force=False, asked_of_force="Send the statement.")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"happened_on": NOON.date() + timedelta(days=1)}, "must be today or in the past"),
        ({"happened_on": NOON.date() - timedelta(days=1)}, "on or after 16 November 2026, when the referral"),
        ({"text": " "}, "Enter what happened"),
        ({"kind": "invented"}, "Select what kind of progress"),
    ],
)
def test_each_reason(values: dict[str, object], sentence: str) -> None:
    case = an_assigned_case()
    with pytest.raises(Refused, match=sentence):
        progress(case, **values)
    assert not ProgressEvent.objects.exists()


def test_another_case_owner_is_refused() -> None:
    case = an_assigned_case()
    case.case_owner = a_user(Role.CASE_OWNER)
    with pytest.raises(Refused, match="is the case-owner"):
        progress(case)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CASE_OWNER, Role.SENIOR_CASEWORKER}))
def test_who_may_not(role: Role) -> None:
    case = an_assigned_case()
    case.case_owner = a_user(role)
    with pytest.raises((PermissionDenied, Case.DoesNotExist)):
        progress(case)


def test_a_senior_caseworker_records_for_a_case_another_team_holds() -> None:
    case = a_flag_only_case()
    case.case_owner = a_user(Role.SENIOR_CASEWORKER)
    assert progress(case).case_id == case.pk


def test_the_entry_names_the_force_that_may_read_it() -> None:
    case = an_assigned_case()
    progress(case)
    progress(case, shared_with_force=False)
    kept, shared = AuditEvent.objects.filter(kind="case.progress_recorded")
    assert (shared.recipient, kept.recipient) == ("West Midlands Police", "")
    assert "text" not in shared.detail
