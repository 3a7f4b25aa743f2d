"""From the request to its outcome: every move, who may not make it, and why it is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from casework import actions as casework_actions
from casework.engagement import actions
from casework.engagement.models import Authorisation, Engagement, EngagementChange, RiskAnswer
from casework.engagement.permissions import WHO_MAY
from casework.engagement.queries import exact_text, sha256_of
from casework.engagement.rules.authorising import Check
from casework.engagement.rules.powers import POWERS, Kind, powers_for
from casework.engagement.rules.risks import Answered
from casework.engagement.states import DEEDS, ENDED, MOVES, PENDING, State
from casework.models import Case
from nexus.accounts.models import Force, User
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from tests.builders import NOON, a_case_in, a_force, a_user, an_assigned_case
from tests.engagement.builders import (
    DAWN,
    NO,
    a_draft,
    accepted,
    assessed,
    assured,
    at,
    authorised,
    authorising,
    details,
    executed,
    filled,
    read,
    requested,
    standing,
    tasked,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cio() -> User:
    return a_user(Role.CIO_HMI, full_name="Maud Winterbourne")


@pytest.fixture
def officer() -> User:
    return a_user(Role.POLICE_OFFICER, full_name="Rowan Ashdown")


def refusal(act: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(**kwargs)
    return " ".join(refused.value.reasons)


def told(engagement: Engagement, kind: str) -> set[str]:
    rows = Notification.objects.filter(kind=kind, subject_id=str(engagement.pk))
    return {row.person.role for row in rows}


def test_from_request_to_outcome(case: Case, cio: User, officer: User) -> None:
    lead = a_user(Role.FORCE_LEAD)
    engagement = executed(cio=cio, officer=officer, case=case)
    one = {"engagement_id": engagement.pk, "by": officer}
    actions.record_outcome(
        **one, now=DAWN + timedelta(hours=4), what_happened="Arrested.", custody_reference="BX/44"
    )
    engagement.refresh_from_db()
    assert (engagement.state, engagement.what_happened) == ("concluded", "Arrested.")
    verbs = "request quality_assure assess_risk authorise task accept execute record_outcome".split()
    assert [change.verb for change in engagement.changes.order_by("pk")] == verbs
    kinds = AuditEvent.objects.filter(subject_type="engagement.engagement").values_list("kind", flat=True)
    assert {f"engagement.{MOVES[verb].done}" for verb in verbs} <= set(kinds)
    assert told(engagement, "engagement_requested") == {Role.CIO_HMI}
    assert told(engagement, "engagement_authorised") == {Role.CASE_OWNER}
    assert lead.pk in Notification.objects.filter(kind="engagement_tasked").values_list("person", flat=True)
    assert told(engagement, "engagement_ended") == {Role.CASE_OWNER, Role.CIO_HMI}


def test_the_tables_leave_nothing_out() -> None:
    by_itself = {"expire"}
    seeing = {verb for verb in WHO_MAY if verb.startswith("view")}
    assert set(WHO_MAY) - seeing - {"start"} == (set(MOVES) | set(DEEDS)) - by_itself
    assert {*PENDING, *ENDED} == set(State)
    assert {move.target for move in MOVES.values()} == set(State) - {State.DRAFT}
    assert all(powers_for(kind) for kind in Kind)
    assert all(power.words and power.as_at.year >= 2026 for power in POWERS)


def test_a_request_is_begun_on_ones_own_case(cio: User) -> None:
    case = an_assigned_case()
    other = a_user(Role.CASE_OWNER)
    said = {"case_id": case.pk, "now": at(3), "kind": "arrest", "force": a_force()}
    assert "is the case-owner" in refusal(actions.start, **said, by=other)
    with pytest.raises(PermissionDenied):
        actions.start(**said, by=cio)
    owner = case.case_owner
    assert "what kind" in refusal(actions.start, **{**said, "kind": "raid"}, by=owner)
    assert "Select the force" in refusal(actions.start, **{**said, "force": None}, by=owner)
    btp = Force.objects.get(code="93")
    assert "is not engaged" in refusal(actions.start, **{**said, "force": btp}, by=owner)
    ended = a_case_in("outcome")
    assert "no operation can be asked" in refusal(
        actions.start, **{**said, "case_id": ended.pk}, by=ended.case_owner
    )


@pytest.mark.parametrize("kind", ["detention", "detention_on_reporting"])
def test_adults_at_risk_precede_detention(case: Case, kind: str) -> None:
    draft = a_draft(kind=kind, case=case)
    one = {"engagement_id": draft.pk, "by": draft.requested_by, "now": at(4)}
    assert "adult at risk before" in refusal(actions.save_details, **one, **details(kind))
    actions.save_risks(**one, risks={"adults_at_risk": Answered("no", "")}, at_risk_level="2", safety_note="")
    saved = actions.save_details(**one, **details(kind))
    assert saved.at_risk_level == ""  # a level belongs to a yes


def test_blank_is_no_answer_and_what_is_said_needs_words(case: Case) -> None:
    draft = a_draft(case=case)
    one = {"engagement_id": draft.pk, "by": draft.requested_by, "now": at(4)}
    missing = refusal(actions.request, **one)
    for part in (
        "Is the person an adult at risk?",
        "Select the legal power",
        "Enter the address",
        "why it is",
    ):
        assert part in missing
    risks = {**NO, "medical": Answered("not_known", ""), "adults_at_risk": Answered("yes", "Says so.")}
    actions.save_risks(**one, risks=risks, at_risk_level="", safety_note="")
    actions.save_details(**one, **details())
    missing = refusal(actions.request, **one)
    assert "medical condition" in missing and "level of evidence" in missing


DETAILS_REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"legal_power": "notices2003"}, "Select the legal power."),
    ({"window_ends_at": DAWN}, "must be after its beginning"),
    ({"window_starts_at": NOON, "window_ends_at": at(1)}, "is over"),
    ({"window_starts_at": None}, "from when until when"),
]


def test_details_are_refused(case: Case) -> None:
    draft = a_draft(case=case)
    one = {"engagement_id": draft.pk, "by": draft.requested_by, "now": at(4)}
    for answers, sentence in DETAILS_REFUSED:
        assert sentence in refusal(actions.save_details, **one, **details(**answers))


def test_quality_assurance_reads_first_and_confirms_every_point(case: Case, cio: User) -> None:
    engagement = requested(case=case)
    one: dict[str, Any] = {"engagement_id": engagement.pk, "by": cio, "now": at(6)}
    checked = Check.values()
    assert "Open and read" in refusal(actions.quality_assure, **one, checked=checked, findings="Seen.")
    read(engagement, cio)
    assert Check.ADDRESS.label in refusal(
        actions.quality_assure, **one, checked=[Check.POWER], findings="Seen."
    )
    assert "what you checked" in refusal(actions.quality_assure, **one, checked=checked, findings=" ")
    actions.quality_assure(**one, checked=checked, findings="Seen.")
    assert "Select how high" in refusal(actions.assess_risk, **one, risk_level="", risk_controls="x")
    assert "what is done" in refusal(actions.assess_risk, **one, risk_level="low", risk_controls="")


def test_it_is_returned_with_issues_that_are_settled_first(case: Case, cio: User) -> None:
    engagement = requested(case=case)
    one: dict[str, Any] = {"engagement_id": engagement.pk, "now": at(6)}
    assert "at least one issue" in refusal(actions.send_back, **one, by=cio, issues=["  "])
    actions.send_back(**one, by=cio, issues=["Whose is the address?", "Why at night?"])
    owner = engagement.requested_by
    assert "Whose is the address?" in refusal(actions.request, **one, by=owner)
    for issue in engagement.issues.all():
        assert "how the issue" in refusal(actions.settle_issue, **one, by=owner, issue_id=issue.pk, reply="")
        actions.settle_issue(**one, by=owner, issue_id=issue.pk, reply="His sister’s.")
    assert actions.request(**one, by=owner).state == State.REQUESTED
    assert told(engagement, "engagement_returned") == {Role.CASE_OWNER}


def test_a_request_is_refused_with_reasons(case: Case, cio: User) -> None:
    engagement = requested(case=case)
    one = {"engagement_id": engagement.pk, "by": cio, "now": at(6)}
    read(engagement, cio)
    assert "your reasons" in refusal(actions.refuse, **one, reasons="")
    assert actions.refuse(**one, reasons="Not proportionate.").state == State.REFUSED
    assert told(engagement, "engagement_refused") == {Role.CASE_OWNER}
    assert "now “Refused”" in refusal(
        actions.reopen, **{**one, "by": engagement.requested_by}, reason="Again."
    )


AUTHORISING_REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"reasons": " "}, "Enter your reasons."),
    ({"expires_at": at(8)}, "must end in the future"),
    ({"expires_at": DAWN}, "before the operation is to begin"),
    ({"confirmed_at": None}, "pass phrase again"),
    ({"confirmed_at": at(7.9)}, "pass phrase again"),
    ({"confirmed_at": at(8.1)}, "pass phrase again"),
]


def test_an_authorisation_is_refused(case: Case, cio: User) -> None:
    one = {"engagement_id": assessed(cio=cio, case=case).pk, "by": cio}
    for answers, sentence in AUTHORISING_REFUSED:
        assert sentence in refusal(actions.authorise, **one, **authorising(**answers))
    assert not Authorisation.objects.exists()


def test_an_authorisation_is_read_first_by_whoever_gives_it(case: Case, cio: User) -> None:
    engagement, another = assessed(cio=cio, case=case), a_user(Role.CIO_HMI)
    assert "Open and read" in refusal(
        actions.authorise, engagement_id=engagement.pk, by=another, **authorising()
    )


def test_never_by_the_requester(cio: User) -> None:
    """Somebody who asked and became a CIO: the rule, and the database below it."""
    owner = a_user(Role.CASE_OWNER)
    engagement = assessed(cio=cio, case=an_assigned_case(case_owner=owner))
    owner.role, owner.nsa_accredited = Role.CIO_HMI, False
    owner.save()
    read(engagement, owner)
    for act, more in (
        (actions.authorise, authorising()),
        (actions.refuse, {"now": at(8), "reasons": "No."}),
        (actions.send_back, {"now": at(8), "issues": ["No."]}),
    ):
        assert "somebody else must decide" in refusal(act, engagement_id=engagement.pk, by=owner, **more)
    with pytest.raises(IntegrityError, match="nobody_authorises_their_own_request"), transaction.atomic():
        Authorisation.objects.create(
            engagement=engagement,
            requested_by=owner,
            authorised_by=owner,
            authorised_at=at(8),
            confirmed_at=at(8),
            reasons="I may.",
            expires_at=DAWN,
            text="x",
            sha256=sha256_of("x"),
        )
    with pytest.raises(DatabaseError, match="does not decide on it"), transaction.atomic():
        EngagementChange.objects.create(
            engagement=engagement, verb="refuse", from_state="x", to_state="y", at=at(8), by=owner
        )


# A role that may not, for some of the verbs; all of them are in the access matrix.
WRONG_ROLE: list[tuple[str, Role, dict[str, Any]]] = [
    ("request", Role.CIO_HMI, {}),
    ("quality_assure", Role.SENIOR_CASEWORKER, {"checked": [], "findings": ""}),
    ("refuse", Role.MANAGER, {"reasons": "No."}),
    ("task", Role.SPECIALIST_APPEALS, {}),
    ("record_trafficking", Role.CASE_OWNER, {"outcome": "negative", "reasons": "x"}),
    ("execute", Role.CIO_HMI, {"happened_at": NOON, "officers": "x"}),
]


def test_wrong_role(case: Case) -> None:
    engagement = a_draft(case=case)
    for verb, role, answers in WRONG_ROLE:
        with pytest.raises(PermissionDenied):
            getattr(actions, verb)(engagement_id=engagement.pk, by=a_user(role), now=at(9), **answers)


def test_each_verb_is_refused_in_every_other_state(case: Case) -> None:
    """Asked of one row that is made to say each state in turn; the database is not asked."""
    engagement = a_draft(case=case)
    for verb, move in MOVES.items():
        for state in set(State) - set(move.source):
            engagement.__dict__["state"] = state
            assert f"now “{state.label}”" in engagement.reasons_not_to_move(verb)[0]


def test_no_tasking_before_an_authorisation(case: Case, cio: User) -> None:
    engagement = assessed(cio=cio, case=case)
    assert "cannot be tasked" in refusal(actions.task, engagement_id=engagement.pk, by=cio, now=at(9))
    with pytest.raises(DatabaseError), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(state="authorised")
        Engagement.objects.filter(pk=engagement.pk).update(
            state="tasked", tasked_at=at(9), tasked_by=cio, tasked_sha256=sha256_of(exact_text(engagement))
        )


def test_the_database_tasks_only_what_was_authorised(case: Case, cio: User) -> None:
    """Round the action: with another text, after its end, and before it was given."""
    engagement = authorised(cio=cio, case=case)
    bound = standing(engagement).sha256
    for hour, sha256 in ((9, "0" * 64), (90, bound), (7.5, bound)):
        with pytest.raises(DatabaseError, match="live authorisation"), transaction.atomic():
            Engagement.objects.filter(pk=engagement.pk).update(
                state="tasked", tasked_at=at(hour), tasked_by=cio, tasked_sha256=sha256
            )


def test_an_expired_authorisation_tasks_nothing(case: Case, cio: User) -> None:
    engagement = authorised(cio=cio, case=case)
    late = DAWN + timedelta(hours=8)
    assert "has expired" in refusal(actions.task, engagement_id=engagement.pk, by=cio, now=late)


def test_what_was_sent_stays(case: Case, cio: User) -> None:
    engagement = authorised(cio=cio, case=case)
    with pytest.raises(DatabaseError, match="by reopening it"), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(address="Another address")
    with pytest.raises(DatabaseError, match="by reopening the request"), transaction.atomic():
        RiskAnswer.objects.filter(engagement=engagement, question="warnings").update(answer="yes", words="x")
    with pytest.raises(DatabaseError, match="risk"), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(risk_level="low")
    with pytest.raises(DatabaseError), transaction.atomic():
        Authorisation.objects.filter(engagement=engagement).update(expires_at=DAWN + timedelta(days=9))
    with pytest.raises(DatabaseError), transaction.atomic():
        Authorisation.objects.filter(engagement=engagement).delete()
    assert "cannot be changed" in refusal(
        actions.save_details,
        engagement_id=engagement.pk,
        by=engagement.requested_by,
        now=at(9),
        **details(address="Another"),
    )


def test_a_tampered_text_is_found_when_it_is_tasked(
    case: Case, cio: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if somebody had gone round the database's guard."""
    engagement = authorised(cio=cio, case=case)
    monkeypatch.setattr("casework.engagement.queries.exact_text", lambda found: "something else")
    assert "no longer the text" in refusal(actions.task, engagement_id=engagement.pk, by=cio, now=at(9))


def test_a_material_change_voids_it_visibly_and_tells_the_force(case: Case, cio: User, officer: User) -> None:
    lead = a_user(Role.FORCE_LEAD)
    engagement = accepted(cio=cio, officer=officer, case=case)
    one: dict[str, Any] = {"engagement_id": engagement.pk, "by": engagement.requested_by, "now": at(11)}
    assert "what changes" in refusal(actions.reopen, **one, reason="")
    reopened = actions.reopen(**one, reason="He has moved.")
    row = Authorisation.objects.get(engagement=engagement)
    assert (row.voided_because, row.voided_by) == ("He has moved.", engagement.requested_by)
    assert (reopened.state, reopened.is_with_force, reopened.risk_level) == ("returned", False, "")
    called = Notification.objects.filter(kind="engagement_called_back").values_list("person", flat=True)
    assert lead.pk in called
    with pytest.raises(DatabaseError), transaction.atomic():
        Authorisation.objects.filter(pk=row.pk).update(voided_at=None, voided_by=None, voided_because="")
    actions.save_details(**one, **details(address="2 Sorrel Lane"))
    actions.request(**one)
    with pytest.raises(Refused, match="cannot be tasked"):
        actions.task(engagement_id=engagement.pk, by=cio, now=at(11))


def test_withdrawn_it_is_void(case: Case, cio: User, officer: User) -> None:
    engagement = tasked(cio=cio, case=case)
    one = {"engagement_id": engagement.pk, "by": engagement.requested_by, "now": at(11)}
    assert "why it is not wanted" in refusal(actions.withdraw, **one, reason="")
    assert actions.withdraw(**one, reason="He left the country.").state == State.WITHDRAWN
    assert Authorisation.objects.get(engagement=engagement).voided_because == "He left the country."
    assert Engagement.objects.visible_to(officer).get(pk=engagement.pk).is_with_force is False


def test_the_force_declines_with_a_reason(case: Case, cio: User, officer: User) -> None:
    engagement = tasked(cio=cio, case=case)
    one = {"engagement_id": engagement.pk, "by": officer, "now": at(10)}
    assert "why the force declines" in refusal(actions.decline, **one, kind="busy", words="")
    declined = actions.decline(**one, kind="resource", words="No van before Friday.")
    assert (declined.state, declined.decline_kind) == ("declined", "resource")
    assert told(engagement, "engagement_answered") == {Role.CASE_OWNER, Role.CIO_HMI}
    assert "did not accept" not in refusal(actions.execute, **one, happened_at=at(10), officers="x")


def test_another_force_sees_nothing_and_nobody_before_it_is_tasked(
    case: Case, cio: User, officer: User
) -> None:
    engagement = authorised(cio=cio, case=case)
    foreign = a_user(Role.POLICE_OFFICER, force=a_force("06"))
    for by in (officer, foreign):
        with pytest.raises(Engagement.DoesNotExist):
            actions.accept(engagement_id=engagement.pk, by=by, now=at(10))
    actions.task(engagement_id=engagement.pk, by=cio, now=at(9))
    with pytest.raises(Engagement.DoesNotExist):
        actions.accept(engagement_id=engagement.pk, by=foreign, now=at(10))
    assert actions.accept(engagement_id=engagement.pk, by=officer, now=at(10)).state == State.ACCEPTED
    for role in set(Role) - POLICE_ROLES - WHO_MAY["view_inside"]:
        assert not Engagement.objects.visible_to(a_user(role)).exists()


def test_carrying_out_and_breaking_off(case: Case, cio: User, officer: User) -> None:
    engagement = accepted(cio=cio, officer=officer, case=case)
    one: dict[str, Any] = {"engagement_id": engagement.pk, "by": officer, "now": DAWN}
    assert "in the past" in refusal(actions.execute, **one, happened_at=DAWN + timedelta(1), officers="x")
    assert "after the force was tasked" in refusal(actions.execute, **one, happened_at=NOON, officers="x")
    assert "who was there" in refusal(actions.execute, **one, happened_at=DAWN, officers="")
    assert "why it was broken off" in refusal(
        actions.abort, **one, happened_at=DAWN, officers="Two", reason=""
    )
    aborted = actions.abort(**one, happened_at=DAWN, officers="Two", reason="Nobody in.")
    assert aborted.state == State.ABORTED
    assert "what happened" in refusal(actions.record_outcome, **one, what_happened="", custody_reference="")


def test_it_expires_by_itself_once(case: Case, cio: User, officer: User) -> None:
    engagement = accepted(cio=cio, officer=officer, case=case)
    over = DAWN + timedelta(hours=8)
    assert actions.expire(now=over - timedelta(minutes=1)) == 0
    assert actions.expire(now=over) == 1
    assert actions.expire(now=over + timedelta(hours=1)) == 0
    engagement.refresh_from_db()
    assert engagement.state == State.EXPIRED
    assert told(engagement, "engagement_expired") >= {Role.CASE_OWNER, Role.CIO_HMI}
    late = {"engagement_id": engagement.pk, "by": officer, "now": over + timedelta(hours=2)}
    done = actions.execute(**late, happened_at=DAWN + timedelta(hours=1), officers="Two")
    assert done.state == State.EXECUTED


def test_what_expired_before_it_was_accepted_was_not_carried_out(
    case: Case, cio: User, officer: User
) -> None:
    engagement = tasked(cio=cio, case=case)
    over = DAWN + timedelta(hours=8)
    assert "has expired" in refusal(actions.accept, engagement_id=engagement.pk, by=officer, now=over)
    actions.expire(now=over)
    assert "did not accept" in refusal(
        actions.execute, engagement_id=engagement.pk, by=officer, now=over, happened_at=over, officers="x"
    )


@pytest.mark.parametrize("where", ["request", "referral", "barrier", "later barrier"])
def test_a_trafficking_indicator_blocks_until_a_senior_caseworker_records_it(cio: User, where: str) -> None:
    case = an_assigned_case(
        **({"trafficking_indicator": "yes", "vulnerability_details": "Seen."} if where == "referral" else {})
    )
    barrier = {
        "case_id": case.pk,
        "by": case.case_owner,
        "kind": "trafficking",
        "since": NOON.date(),
        "details": "Pending.",
    }
    if where == "barrier":
        casework_actions.record_barrier(**barrier, now=at(3))
    senior = a_user(Role.SENIOR_CASEWORKER)
    risks = {"trafficking": Answered("yes", "NRM pending.")} if where == "request" else {}
    engagement = assessed(cio=cio, case=case, risks=risks)
    one: dict[str, Any] = {"engagement_id": engagement.pk}
    record = {**one, "by": senior}
    if where == "later barrier":
        assert "Nothing shows" in refusal(
            actions.record_trafficking, **record, now=at(7), outcome="negative", reasons="x"
        )
        casework_actions.record_barrier(**barrier, now=at(7))
    assert "A Senior Caseworker must record" in refusal(actions.authorise, **one, by=cio, **authorising())
    assert "your reasons" in refusal(
        actions.record_trafficking, **record, now=at(7), outcome="negative", reasons=""
    )
    actions.record_trafficking(**record, now=at(7), outcome="stops", reasons="Positive decision.")
    assert "stops this operation" in refusal(actions.authorise, **one, by=cio, **authorising())
    actions.record_trafficking(**record, now=at(7.5), outcome="negative", reasons="Withdrawn.")
    actions.authorise(**one, by=cio, **authorising())
    assert actions.task(**one, by=cio, now=at(9)).state == State.TASKED


def test_a_barrier_recorded_after_the_authorisation_stops_the_tasking(case: Case, cio: User) -> None:
    engagement = authorised(cio=cio, case=case)
    case = engagement.case
    casework_actions.record_barrier(
        case_id=case.pk,
        by=case.case_owner,
        now=at(8.5),
        kind="trafficking",
        since=NOON.date(),
        details="Pending.",
    )
    assert "has an open barrier" in refusal(actions.task, engagement_id=engagement.pk, by=cio, now=at(9))


def test_an_answer_that_stays_keeps_its_moment(case: Case) -> None:
    draft = filled(a_draft(case=case))
    before = {row.question: row.answered_at for row in draft.risks.all()}
    one = {"engagement_id": draft.pk, "by": draft.requested_by, "now": at(6)}
    actions.save_risks(
        **one, risks={**NO, "language": Answered("yes", "Tigrinya.")}, at_risk_level="", safety_note=""
    )
    changed = {row.question for row in draft.risks.all() if row.answered_at != before[row.question]}
    assert changed == {"language"}


def test_the_hash_is_of_every_word(case: Case, cio: User) -> None:
    engagement = assured(cio=cio, case=case)
    text = exact_text(engagement)
    for part in ("14 Quince Row", "absconded twice", "Two large dogs", "ia1971_s2_17", '"warnings"'):
        assert part in text
    with pytest.raises(IntegrityError, match="the_hash_is_of_the_text"), transaction.atomic():
        Authorisation.objects.create(
            engagement=engagement,
            requested_by=engagement.requested_by,
            authorised_by=cio,
            authorised_at=at(8),
            confirmed_at=at(8),
            reasons="x",
            expires_at=DAWN,
            text=text,
            sha256="0" * 64,
        )
