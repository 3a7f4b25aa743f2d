"""Nexus material of the force's own case and of another force's, in the states its pages are for."""

from datetime import date, timedelta
from typing import Any

from casework import actions as casework_actions
from casework.material import actions
from casework.material.actions.checking import Judgement
from casework.material.models import Material, Version
from casework.material.rules import CHECKLIST
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from nexus.documents.models import Scan, StoredFile
from tests.access.world import INSIDE, MATERIAL, SHARED, World, canary, upload
from tests.builders import NOON, a_case, a_force, a_user

NOW = NOON + timedelta(hours=4)


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
        world.things[owner, state] = Making(world, owner, state, officer).thing(case)
    without = an_assigned(world, officer)
    words = canary(owner, "matreviewed", INSIDE)
    actions.need_no_statement(case_id=without.pk, by=world.people[Role.CASE_OWNER], now=NOW, because=words)
    world.things[owner, "matunneeded"] = {"reference": without.referral.reference}


def an_assigned(world: World, officer: User) -> Case:
    people, case = world.people, a_case(by=officer)
    casework_actions.assign(
        case_id=case.pk, by=people[Role.MANAGER], now=NOW, case_owner=people[Role.CASE_OWNER]
    )
    return case


class Making:
    """One piece of material on its way to one state."""

    def __init__(self, world: World, owner: str, state: str, officer: User) -> None:
        self.officer, self.people, self.state = officer, world.people, state
        self.shared, self.inside = canary(owner, state, SHARED), canary(owner, state, INSIDE)
        self.one: dict[str, Any] = {}

    def by(self, role: Role) -> dict[str, Any]:
        return {**self.one, "by": self.people[role], "now": NOW}

    def asked(self, **more: Any) -> dict[str, Any]:
        words = {"what": self.shared, "why": self.shared, "due_on": date(2026, 11, 30), "fit_for_force": True}
        return {**words, **more}

    def thing(self, case: Case) -> dict[str, Any]:
        title = {"title": self.shared}
        made = actions.request_summary(case_id=case.pk, **self.by(Role.CASE_OWNER), **self.asked(**title))
        self.one = {"material_id": made.pk}
        found = {"material_id": made.pk, "reference": case.referral.reference}
        self.write()
        for name, step in self.steps():
            step()
            if name == self.state:
                break
        version = Version.objects.filter(material=made).first()
        asked = version.ask if version else made.asks.get()
        attached = {"record_id": asked.records.get().pk, "original_id": asked.original.pk}
        return found | {"version_id": version.pk if version else 0, **attached}

    def steps(self) -> list[tuple[str, Any]]:
        """What happens one after the other, and which state it makes."""
        owner = lambda verb, **said: lambda: getattr(actions, verb)(**self.by(Role.CASE_OWNER), **said)  # noqa: E731
        review = {"relevant": True, "applicable": True, "reasons": self.inside}
        return [
            ("matasked", lambda: None),
            ("matsummarised", self.send),
            ("matreviewed", owner("review_summary", **review)),
            ("", owner("commission", **self.asked())),
            ("", self.write),
            ("matreceived", self.send),
            ("matchecked", self.check),
            ("matapproved", self.approve),
            ("matrelied", owner("rely_on", reason=self.inside)),
            ("matappeals", owner("ask_for_appeals_review", question=self.inside)),
        ]

    def write(self) -> None:
        force = {**self.one, "by": self.officer, "now": NOW}
        actions.attach_record(**force, upload=upload(self.shared), description=self.shared)
        StoredFile.objects.filter(scan=Scan.QUARANTINED).update(scan=Scan.CLEAN, scanned_at=NOW)
        file = {"upload": upload(self.shared), "marking": "official", "take_text": False}
        actions.upload_text(**force, **file)
        actions.save_draft(**force, author=self.shared, text=self.shared)
        actions.write_message(**force, text=self.shared)

    def send(self) -> None:
        actions.supply(**self.one, by=self.officer, now=NOW)

    def check(self) -> None:
        version = Version.objects.filter(material=self.one["material_id"], kind="statement").latest("pk")
        said = {
            "points": dict.fromkeys(CHECKLIST, True),
            "paragraphs": {1: Judgement("yes", remark=self.inside)},
            "records": dict.fromkeys(version.ask.records.values_list("pk", flat=True), True),
            "remarks": self.inside,
        }
        actions.check_statement(**self.by(Role.CASE_OWNER), **said)
        senior = self.people[Role.SENIOR_CASEWORKER]
        record(kind="material.version_viewed", by=senior, subject=version, now=NOW)

    def approve(self) -> None:
        actions.approve(**self.by(Role.SENIOR_CASEWORKER), reasons=self.inside)
        assert Material.objects.get(pk=self.one["material_id"]).approval
