"""The CIO's or HMI's part: quality, risk, and the decision, bound to every word; never by the requester."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from casework import actions as casework_actions
from casework.engagement import actions
from casework.engagement.exact_text import exact_text, sha256_of
from casework.engagement.models import Authorisation, Engagement, EngagementChange, RiskAnswer
from casework.engagement.queries import points_to_look_at
from casework.engagement.rules.authorising import Check
from casework.engagement.rules.powers import Kind
from casework.engagement.states import State
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from referrals.duty_desk.actions import add_litigation
from tests.builders import NOON, a_user, an_assigned_case
from tests.casework.engagement.builders import (
    DAWN,
    accepted,
    assessed,
    assured,
    at,
    authorised,
    authorising,
    details,
    read,
    refusal,
    requested,
    told,
)
from tests.casework.engagement.test_pages import page

pytestmark = pytest.mark.django_db


def test_quality_assurance_reads_first_and_confirms_every_point(case: Case, cio: User) -> None:
    engagement = requested(case=case)
    one: dict[str, Any] = {"engagement_id": engagement.pk, "by": cio, "now": at(6)}
    checked = Check.values()
    assert "Open and read" in refusal(
        actions.quality_assure, **one, checked=checked, findings="Seen and read through."
    )
    read(engagement, cio)
    assert Check.ADDRESS.label in refusal(
        actions.quality_assure, **one, checked=[Check.POWER], findings="Seen and read through."
    )
    assert "what you checked" in refusal(actions.quality_assure, **one, checked=checked, findings=" ")
    actions.quality_assure(**one, checked=checked, findings="Seen and read through.")
    assert "Select how high" in refusal(actions.assess_risk, **one, risk_level="", risk_controls="x")
    assert "how the risk is controlled" in refusal(
        actions.assess_risk, **one, risk_level="low", risk_controls=""
    )


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
    assert actions.refuse(**one, reasons="Not proportionate to the harm.").state == State.REFUSED
    assert told(engagement, "engagement_refused") == {Role.CASE_OWNER}
    assert "now “Refused”" in refusal(
        actions.reopen, **{**one, "by": engagement.requested_by}, reason="Again, after a new call."
    )


AUTHORISING_REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"reasons": " "}, "Enter your reasons."),
    ({"expires_at": at(8)}, "must end in the future"),
    ({"expires_at": DAWN}, "before the operation begins"),
    ({"expires_at": DAWN + timedelta(hours=9)}, "or at most 2 hours later"),
    ({"expires_at": DAWN + timedelta(hours=7), "margin_reason": ""}, "why it must last longer"),
    ({"sha256": ""}, "The text has changed since your page was made. You were shown no text"),
    ({"sha256": "0" * 64}, "You were shown 000000000000, and it is now"),
    ({"confirmed_at": None}, "Confirm that it is you"),
    ({"confirmed_at": at(7.9)}, "Confirm that it is you"),
    ({"confirmed_at": at(8.1)}, "Confirm that it is you"),
]


def test_an_authorisation_is_refused(case: Case, cio: User) -> None:
    engagement = assessed(cio=cio, case=case)
    one = {"engagement_id": engagement.pk, "by": cio}
    for answers, sentence in AUTHORISING_REFUSED:
        assert sentence in refusal(actions.authorise, **one, **authorising(engagement, **answers))
    assert not Authorisation.objects.exists()


def test_an_authorisation_is_read_first_by_whoever_gives_it(case: Case, cio: User) -> None:
    engagement, another = assessed(cio=cio, case=case), a_user(Role.CIO_HMI)
    assert "Open and read" in refusal(
        actions.authorise, engagement_id=engagement.pk, by=another, **authorising(engagement)
    )


def test_never_by_the_requester(cio: User) -> None:
    """Somebody who asked and became a CIO: the rule, and the database below it."""
    owner = a_user(Role.CASE_OWNER)
    engagement = assessed(cio=cio, case=an_assigned_case(case_owner=owner))
    owner.role, owner.nsa_accredited = Role.CIO_HMI, False
    owner.save()
    read(engagement, owner)
    for act, more in (
        (actions.authorise, authorising(engagement)),
        (actions.refuse, {"now": at(8), "reasons": "No, the papers differ."}),
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
            reasons="I may authorise it.",
            expires_at=DAWN,
            text="x",
            sha256=sha256_of("x"),
        )
    with pytest.raises(DatabaseError, match="does not decide on it"), transaction.atomic():
        EngagementChange.objects.create(
            engagement=engagement, verb="refuse", from_state="x", to_state="y", at=at(8), by=owner
        )


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


@pytest.mark.parametrize("kind", list(Kind))
def test_a_barrier_to_removal_stands_against_an_escort_and_is_said_of_every_other(
    kind: Kind, cio: User
) -> None:
    engagement = assessed(cio=cio, kind=kind)
    case = engagement.case
    barrier = {"kind": "injunction", "since": NOON.date(), "details": "Granted on paper."}
    casework_actions.record_barrier(case_id=case.pk, by=case.case_owner, now=at(7), **barrier)
    said = "Injunction since 16 November 2026: a barrier to removal until the case-owner"
    assert any(point.startswith(said) for point in points_to_look_at(engagement))
    one: dict[str, Any] = {"engagement_id": engagement.pk, "by": cio, **authorising(engagement)}
    if kind != Kind.ESCORT:
        assert actions.authorise(**one).pk
        return
    assert said in refusal(actions.authorise, **one)


def test_an_authorisation_is_bound_to_the_text_on_its_own_page(case: Case, cio: User) -> None:
    """The page shows the text above its form and posts its digest; a text that changed since is refused with both."""
    engagement = assessed(cio=cio, case=case)
    text = page(cio, "engagement:authorise", engagement.pk)
    digest = sha256_of(exact_text(engagement))
    assert f'value="{digest}"' in text
    assert text.index("14 Quince Row") < text.index('name="reasons"')
    shown = authorising(engagement, shown_text=exact_text(engagement))
    actions.reopen(
        engagement_id=engagement.pk, by=case.case_owner, now=at(8.1), reason="He has moved to Leeds."
    )
    moved = {**details(), "address": "2 Elm Row"}
    actions.save_details(engagement_id=engagement.pk, by=case.case_owner, now=at(8.2), **moved)
    actions.request(engagement_id=engagement.pk, by=case.case_owner, now=at(8.3))
    read(engagement, cio, at(8.4))
    one: dict[str, Any] = {"engagement_id": engagement.pk, "by": cio, "now": at(8.4)}
    actions.quality_assure(**one, checked=Check.values(), findings="All records were seen.")
    actions.assess_risk(**one, risk_level="medium", risk_controls="Dog handler first.")
    said = refusal(actions.authorise, **{**shown, **one, "confirmed_at": at(8.4)})
    now_is = sha256_of(exact_text(Engagement.objects.get(pk=engagement.pk)))
    assert f"You were shown {digest[:12]}, and it is now {now_is[:12]}" in said
    assert "Address: your page said “14 Quince Row, Port Selby”, it is now “2 Elm Row”." in said


def test_an_authorisation_ends_with_its_window_or_a_margin_with_a_reason(case: Case, cio: User) -> None:
    engagement = assessed(cio=cio, case=case)
    text = exact_text(engagement)
    for until in (DAWN + timedelta(hours=6, minutes=1), DAWN + timedelta(hours=9)):
        with pytest.raises(DatabaseError, match="ends with the time asked for"), transaction.atomic():
            Authorisation.objects.create(
                engagement=engagement,
                requested_by=engagement.requested_by,
                authorised_by=cio,
                authorised_at=at(8),
                confirmed_at=at(8),
                reasons="It is necessary to prevent harm.",
                expires_at=until,
                margin_reason="" if until < DAWN + timedelta(hours=7) else "They may be late.",
                text=text,
                sha256=sha256_of(text),
            )
    made = actions.authorise(engagement_id=engagement.pk, by=cio, **authorising(engagement))
    assert (made.expires_at, made.margin_reason) == (
        DAWN + timedelta(hours=8),
        "Officers may be held up on the way.",
    )


@pytest.mark.parametrize("what", ["barrier", "litigation", "outcome", "second operation"])
def test_what_becomes_known_makes_an_authorisation_void(what: str, cio: User, officer: User) -> None:
    case = an_assigned_case()
    engagement = accepted(cio=cio, officer=officer, case=case)
    about: dict[str, Any] = {"by": case.case_owner, "now": at(11)}
    if what == "barrier":
        barred = {"kind": "claim", "since": NOON.date(), "details": "It was made."}
        casework_actions.record_barrier(case_id=case.pk, **about, **barred)
    if what == "litigation":
        add_litigation(
            referral_id=case.referral_id,
            **about,
            kind="injunction",
            what="A stay of removal.",
            suspends_removal=True,
            suspends_reason="The order says so.",
        )
    if what == "outcome":
        ended = {"outcome": "left_voluntarily", "outcome_on": NOON.date(), "reasons": "He left by himself."}
        carried_over = {f"operation_{engagement.pk}": "The force is told to stop."}
        casework_actions.record_outcome(case_id=case.pk, **about, **ended, carried_over=carried_over)
    if what == "second operation":
        second = assessed(cio=cio, case=case)
        warned = [point for point in points_to_look_at(second) if "makes its authorisation void" in point]
        assert len(warned) == 1
        actions.authorise(engagement_id=second.pk, by=cio, **authorising(second, now=at(11)))
        assert Engagement.objects.get(pk=second.pk).state == State.AUTHORISED
    engagement.refresh_from_db()
    voided = engagement.authorisations.get()
    assert (engagement.state, voided.voided_at) == (State.STOPPED, at(11)) and voided.voided_because


@pytest.mark.parametrize(
    ("happened_at", "words"),
    [
        (at(10.5), "before the time asked for"),
        (DAWN + timedelta(hours=8), "no authorisation, or after it had ended"),
        (DAWN + timedelta(hours=1), "while it was stopped"),
        (DAWN, ""),
    ],
)
def test_carrying_out_outside_the_authorisation_is_recorded_marked_and_told(
    happened_at: datetime, words: str, cio: User, officer: User
) -> None:
    case = an_assigned_case()
    a_user(Role.AUDITOR)
    engagement = accepted(cio=cio, officer=officer, case=case)
    if "stopped" in words:
        barred = {"kind": "claim", "since": NOON.date(), "details": "It was made."}
        casework_actions.record_barrier(case_id=case.pk, by=case.case_owner, now=DAWN, **barred)
    late = DAWN + timedelta(hours=12)
    actions.expire(now=late)
    one: dict[str, Any] = {"engagement_id": engagement.pk, "by": officer, "now": late}
    if words:
        with pytest.raises(DatabaseError, match="is marked"), transaction.atomic():
            Engagement.objects.filter(pk=engagement.pk).update(
                state="executed", happened_at=happened_at, ended_by=officer, officers="Two"
            )
    done = actions.execute(**one, happened_at=happened_at, officers="Two officers")
    assert words in done.irregular and bool(words) == bool(done.irregular)
    heard = told(engagement, "engagement_irregular")
    assert heard == ({Role.CIO_HMI, Role.CASE_OWNER, Role.AUDITOR} if words else set())
    assert not words or "Carried out outside its authorisation" in page(
        cio, "engagement:detail", engagement.pk
    )


def test_an_authorised_operation_whose_window_is_over_says_so_and_offers_no_tasking(
    case: Case, cio: User
) -> None:
    engagement = authorised(cio=cio, case=case)
    over = DAWN + timedelta(hours=6, minutes=30)  # the authorisation lasts longer
    text = page(cio, "engagement:detail", engagement.pk, now=over)
    assert (
        "The time asked for is over" in text and reverse("engagement:task", args=[engagement.pk]) not in text
    )
    assert "The time asked for is over" in refusal(
        actions.task, engagement_id=engagement.pk, by=cio, now=over
    )
