"""A decision relies on approved Nexus material, and its litigation is watched by the Duty Desk."""

from datetime import timedelta
from typing import Any

import pytest

from casework.decisions import actions
from casework.decisions.models import Decision
from casework.decisions.queries import gaps_of
from casework.material.models import Material
from casework.readiness import reasons_not_ready
from nexus.accounts.roles import Role
from nexus.refusals import Refused
from tests.builders import (
    NOON,
    a_draft_decision,
    a_served_decision,
    a_user,
    an_assigned_case,
    decision_answers,
    read_in_full,
)
from tests.casework.material.builders import approved

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=4)


def test_what_it_relies_on_is_approved_reviewed_and_then_relied_on() -> None:
    material = approved()
    case = material.case
    owner, now = case.case_owner, LATER
    decision = a_draft_decision(case, now=now)
    one: dict[str, Any] = {"decision_id": decision.pk, "now": now}
    actions.save_section(
        **one, by=owner, answers=decision_answers(material="yes", appealable="refuses_claim")
    )
    assert "choose which approved material" in gaps_of(decision_again(decision), now=now)[0].sentence
    actions.save_section(
        **one,
        by=owner,
        answers=decision_answers(material="yes", appealable="refuses_claim"),
        material=[material],
    )
    actions.submit(**one, by=owner)
    senior = a_user(Role.SENIOR_CASEWORKER)
    for reader in (senior, owner):
        read_in_full(decision, reader, now=now)
    actions.approve(**one, by=senior, reasons="It holds, as the file shows.")
    actions.decide(
        **one, by=owner, reasons="The convictions outweigh the rest.", shared_text="A decision was made."
    )
    assert Material.objects.get(pk=material.pk).state == "relied_on"


def decision_again(decision: Decision) -> Decision:
    return Decision.objects.select_related("case").get(pk=decision.pk)


def test_only_approved_material_of_this_case() -> None:
    decision = a_draft_decision(an_assigned_case())
    with pytest.raises(Refused, match="is not approved material on this case"):
        actions.save_section(
            decision_id=decision.pk, by=decision.drafted_by, now=LATER, answers={}, material=[approved()]
        )


@pytest.mark.parametrize(
    ("suspends", "stands"),
    [(True, "until it ends, or"), (False, ""), (None, "records whether it suspends removal")],
)
def test_an_appeal_is_watched_by_the_duty_desk(suspends: bool | None, stands: str) -> None:
    decision = a_served_decision(an_assigned_case())
    by = decision.case.case_owner
    before = set(reasons_not_ready(decision.case, today=LATER.date()))
    challenge = actions.lodge(
        decision_id=decision.pk,
        by=by,
        now=LATER,
        kind="appeal",
        lodged_on=LATER.date(),
        court="First-tier Tribunal",
        suspends_removal=suspends,
        suspends_reason="As the Act says." if suspends is not None else "",
        shared_text="An appeal was lodged.",
    )
    matter = challenge.matter
    assert (matter.kind, matter.court, matter.suspends_removal) == ("appeal", "First-tier Tribunal", suspends)
    against = " ".join(set(reasons_not_ready(challenge.decision.case, today=LATER.date())) - before)
    assert ("under challenge" in against) == (suspends is not False) and stands in against.lower()
    assert bool(against) == (suspends is not False)
    hearing = LATER.date() + timedelta(days=40)
    actions.add_hearing(
        challenge_id=challenge.pk,
        by=by,
        now=LATER,
        on=hearing,
        place="Leeds",
        witnesses="",
        shared_text="It is listed for May by the court.",
    )
    matter.refresh_from_db()
    assert matter.hearing_on == hearing
    actions.conclude(
        challenge_id=challenge.pk,
        by=by,
        now=LATER,
        outcome="dismissed",
        outcome_on=LATER.date(),
        reasons="No error of law.",
        shared_text="Dismissed.",
    )
    matter.refresh_from_db()
    assert matter.ended_at == LATER and matter.ending == "dismissed"
    case = Decision.objects.get(pk=decision.pk).case
    permission = "Permission to appeal further can be asked for in time until 4 December 2026."
    assert set(reasons_not_ready(case, today=LATER.date())) - before == {permission}
    assert permission not in reasons_not_ready(case, today=LATER.date() + timedelta(days=15))


def test_representations_are_no_litigation() -> None:
    decision = a_served_decision(an_assigned_case())
    one: dict[str, Any] = {"decision_id": decision.pk, "by": decision.case.case_owner, "now": LATER}
    one |= {"kind": "representations", "lodged_on": LATER.date(), "shared_text": "Representations came."}
    with pytest.raises(Refused, match="record it as a barrier"):
        actions.lodge(**one, suspends_removal=True, suspends_reason="A claim is pending.")
    assert actions.lodge(**one).matter is None
