"""Nexus material of the force's own case and of another force's, in the states its pages are for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from casework import actions as casework_actions
from casework.material import actions
from casework.material.actions.checking import Judgement
from casework.models import Case
from casework.support import actions as support
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from tests.access.world import INSIDE, MATERIAL, RELEASED, SHARED, World, canary, upload
from tests.builders import NOON, a_case, a_flag_only_case, a_force, a_user
from tests.casework.material import builders
from tests.casework.material.builders import NOW, by_owner, fresh
from tests.casework.support.builders import ASKED_AT, a_draft, accepted, submitted


def material(world: World) -> None:
    """A case of the force and one of another, each with one piece of material in each state of MATERIAL."""
    for owner, officer in (
        ("own", world.people[Role.POLICE_OFFICER]),
        ("foreign", a_user(Role.POLICE_OFFICER, force=a_force("06"))),
    ):
        of_a_force(world, owner, officer)


def of_a_force(world: World, owner: str, officer: User) -> None:
    case = an_assigned(world, officer)
    for state in MATERIAL:
        world.things[owner, state] = thing(world, case, owner, state)
    for state in RELEASED:
        world.things[owner, state] = {"material_id": a_release(world, officer, state)}
    without = an_assigned(world, officer)
    words = canary(owner, "matreviewed", INSIDE)
    actions.need_no_statement(case_id=without.pk, by=world.people[Role.CASE_OWNER], now=NOW, because=words)
    world.things[owner, "matunneeded"] = {"reference": without.referral.reference}


def a_release(world: World, officer: User, state: str) -> int:
    """The key of material that was asked for by Criminal Casework and is approved, or relied on besides."""
    asker = world.people[Role.CRIMINAL_CASEWORK]
    case = a_flag_only_case(by=officer, now=NOON - timedelta(days=1))
    asked = submitted(a_draft(case=case, by=asker, kind="intelligence"))
    passed = support.pass_on(request_id=asked.pk, by=a_user(Role.REFERRALS_OFFICER), now=ASKED_AT)
    made = builders.approved_for_criminal_casework(accepted(passed).material)
    if state == "matreleasedrelied":
        actions.rely_on(material_id=made.pk, by=asker, now=ASKED_AT, reason="The decision of today.")
    return int(made.pk)


def removed_among(asked: Any, rows: str) -> int:
    """What was attached to it and taken away again."""
    removed = getattr(asked, rows)(manager="with_removed").get(removed_at__isnull=False)
    return int(removed.pk)


def an_assigned(world: World, officer: User) -> Case:
    people, case = world.people, a_case(by=officer)
    casework_actions.assign(
        case_id=case.pk, by=people[Role.MANAGER], now=NOW, case_owner=people[Role.CASE_OWNER]
    )
    return Case.objects.select_related("referral__force", "case_owner").get(pk=case.pk)


def thing(world: World, case: Case, owner: str, state: str) -> dict[str, Any]:
    """One piece of material on its way to one state, with words that say whose it is and who may read them."""
    shared, inside = canary(owner, state, SHARED), canary(owner, state, INSIDE)
    asked = {"what": shared, "why": shared}
    made = fresh(builders.requested(case=case, title=shared, **asked))
    remarked = Judgement("yes", remark=inside)
    senior = world.people[Role.SENIOR_CASEWORKER]

    def write() -> None:
        one = {"material_id": made.pk, "by": builders.officer_of(made), "now": NOW}
        for text in (f"{shared} before", shared):  # the first gives way
            actions.upload_text(**one, upload=upload(text), marking="official", take_text=False)
        builders.written(made, shared, records=2, word=shared, author=shared)
        actions.remove_record(**one, record_id=made.asks.first().records.last().pk)
        actions.write_message(**one, text=shared)

    def told(verb: str, **words: Any) -> Callable[[], object]:
        return lambda: by_owner(verb, made, **words)

    steps: list[tuple[str, Callable[[], object]]] = [
        ("matasked", write),
        ("matsummarised", lambda: builders.supplied(made)),
        ("matreviewed", told("review_summary", reasons=inside)),
        ("", told("commission", **asked)),
        ("", write),
        ("matreceived", lambda: builders.supplied(made)),
        ("", lambda: builders.check(made, remarks=inside, said={1: remarked})),
        ("matchecked", lambda: builders.read(made, senior)),
        ("matapproved", lambda: builders.approve(made, by=senior, reasons=inside)),
        ("matrelied", told("rely_on", reason=inside)),
        ("matappeals", told("ask_for_appeals_review", question=inside)),
    ]
    for name, step in steps:
        step()
        if name == state:
            break
    asked_last = made.asks.first()
    return {
        "material_id": made.pk,
        "reference": case.referral.reference,
        "version_id": getattr(made.versions.first(), "pk", 0),
        "record_id": asked_last.records.get().pk,
        "original_id": asked_last.originals.get().pk,
        "removed_record": removed_among(asked_last, "records"),
        "removed_original": removed_among(asked_last, "originals"),
    }
