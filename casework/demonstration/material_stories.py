"""The story of Nexus material: in every state worth seeing, from the first request to service. All invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework.demonstration.people import People
from casework.demonstration.timeline import Story, office_time
from casework.material import actions
from casework.material.actions.checking import Judgement
from casework.material.models import Kind, Material, Version
from casework.material.rules import CHECKLIST
from casework.models import Case
from casework.states import WORKED
from casework.states import State as CaseState
from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.audit.recording import record
from nexus.documents.actions import scan
from nexus.documents.models import Marking

INVENTED = " (Invented.)"
BEGAN = 14  # working days ago
SUMMARY = (
    "Four incidents are recorded between March and June. (Invented.)\n\n"
    "Two were seen by officers. The others rest on intelligence graded B2."
)
STATEMENT = (
    "I am a police constable of this force, and I make this statement from my own notes. (Invented.)\n\n"
    "On 4 March I saw the subject strike a shop worker outside the station. Mx Tamsin Vale was beside me.\n\n"
    "On 9 May I was called to the same place. The subject was shouting at passers-by.\n\n"
    "A colleague not named here was told that the subject carries a knife."
)
SECOND = STATEMENT + " The source is graded B2: reliable, not known at first hand."
REPORT = b"Crime report, 4 March. Invented for the demonstration.\n"


@dataclass(frozen=True)
class Plan:
    """What the material is about, where its story stops, and whose case it is."""

    title: str
    stops: str
    own: bool = (
        True  # a case of the case-owner a newcomer signs in as; else of a force a newcomer signs in as
    )


PLANS = (
    Plan("Threats at the market", "drafted", own=False),
    Plan("Robberies near the station", "supply summary"),
    Plan("Possession of knives", "review"),
    Plan("Dealing in the park", "write statement", own=False),
    Plan("Assaults outside the station", "second version"),
    Plan("Intimidation of traders", "advise"),
    Plan("Burglaries in the spring", "check"),
    Plan("Violence at home", "approve"),
    Plan("Assaults on officers", "ask appeals"),
    Plan("Harm to a neighbour", "serve"),
)
# The usual way, one step a working day.
STEPS = (
    "request",
    "supply summary",
    "review",
    "commission",
    "write statement",
    "supply statement",
    "check",
    "approve",
    "rely on",
    "ask appeals",
    "advise",
    "serve",
)
ASIDE = {
    "drafted": ("request", "drafted"),
    "reject": (*STEPS[:6], "reject"),
    "second version": (*STEPS[:6], "reject", "second version"),
}


def material_stories(people: People, *, now: datetime) -> list[Story]:
    told = [Telling(people, plan, number, now).story() for number, plan in enumerate(PLANS)]
    return [*told, without_statement(people, now=now)]


def without_statement(people: People, *, now: datetime) -> Story:
    """A case of which nothing is asked, because its case-owner says that no statement is needed."""
    at = office_time(now, BEGAN - 3, time(11, 5))
    yield at
    mine = Case.objects.filter(case_owner=people.by_email["caseowner@liverpool.example"], material=None)
    case = mine.filter(state__in=[CaseState.ASSIGNED, CaseState.EVIDENCE]).order_by("-pk").first()
    if case:
        because = "The convictions of this year and last are enough by themselves." + INVENTED
        actions.need_no_statement(case_id=case.pk, by=owner_of(case), now=at, because=because)


class Telling:
    """Tells one plan, as long as its case is worked."""

    def __init__(self, people: People, plan: Plan, number: int, now: datetime) -> None:
        self.people, self.plan, self.number, self.now = people, plan, number, now

    def story(self) -> Story:
        steps = ASIDE.get(self.plan.stops) or STEPS[: STEPS.index(self.plan.stops) + 1]
        for day, step in enumerate(steps):
            at = office_time(self.now, BEGAN - day, time(9, 20 + 3 * self.number))
            yield at
            if step == "request":
                case = self.case()
            if case is None:
                return
            case = Case.objects.select_related("referral__force", "case_owner").get(pk=case.pk)
            if case.state not in WORKED:
                return
            self.act(step, case, at)

    def case(self) -> Case | None:
        """One that is being worked; a few pieces of material may share it."""
        open_cases = Case.objects.filter(state__in=[CaseState.ASSIGNED, CaseState.EVIDENCE]).order_by("-pk")
        mine = open_cases.filter(case_owner=self.people.by_email["caseowner@liverpool.example"])
        here = open_cases.filter(referral__force__code__in=["20", "01"])
        found = list(mine if self.plan.own else here) or list(open_cases)
        return found[self.number % len(found)] if found else None

    def act(self, step: str, case: Case, at: datetime) -> None:
        if step == "request":
            due = timezone.localdate(self.now) + timedelta(days=-3 if self.plan.stops == "drafted" else 9)
            asked = {**self.asked(max(due, timezone.localdate(at))), "title": self.plan.title}
            made = actions.request_summary(case_id=case.pk, by=owner_of(case), now=at, **asked)
            self.material = made.pk
            return
        getattr(self, step.replace(" ", "_"))(case, at)

    def asked(self, due: Any) -> dict[str, Any]:
        return {
            "what": "Each incident with its date and place, and how it is known." + INVENTED,
            "why": "They may show a current and ongoing threat.",
            "due_on": due,
            "fit_for_force": True,
        }

    def later(self, days: int = 9) -> Any:
        return timezone.localdate(self.now) + timedelta(days=days)

    def one(self, by: User, at: datetime) -> dict[str, Any]:
        return {"material_id": self.material, "by": by, "now": at}

    def force(self, case: Case, at: datetime) -> dict[str, Any]:
        """The officer who raised the referral, where they are of the force; else another of it."""
        raised = case.referral.created_by
        code = case.referral.force.code
        officers = self.people.having(Role.POLICE_OFFICER, force=code)
        return self.one(raised if raised.role in POLICE_ROLES else officers[0], at)

    def write(self, case: Case, at: datetime, text: str, *, attach: bool) -> None:
        force = self.force(case, at)
        if attach:
            upload = SimpleUploadedFile("crime-report.txt", REPORT)
            attached = actions.attach_record(**force, upload=upload, description="Crime report of 4 March")
            scan(file_id=attached.file_id, now=at)
        actions.save_draft(**force, author="PC 4471, invented", text=text)

    def drafted(self, case: Case, at: datetime) -> None:
        """Written and not sent; the force has asked something meanwhile."""
        self.write(case, at, SUMMARY, attach=True)
        force = self.force(case, at)
        actions.write_message(**force, text="Do you need the two older incidents as well?" + INVENTED)
        owner = self.one(owner_of(case), at + timedelta(hours=1))
        actions.write_message(**owner, text="No: only those since March." + INVENTED)

    def supply_summary(self, case: Case, at: datetime) -> None:
        """Sent as a file, whose text the officer has read once more."""
        upload = SimpleUploadedFile("summary.txt", SUMMARY.encode())
        force = self.force(case, at)
        actions.upload_text(**force, upload=upload, marking=Marking.OFFICIAL_SENSITIVE, take_text=True)
        self.write(case, at, SUMMARY, attach=False)
        actions.supply(**self.force(case, at))

    def review(self, case: Case, at: datetime) -> None:
        reasons = "Two incidents bear on the threat and can be spoken to." + INVENTED
        actions.review_summary(
            **self.one(owner_of(case), at), relevant=True, applicable=True, reasons=reasons
        )

    def commission(self, case: Case, at: datetime) -> None:
        actions.commission(**self.one(owner_of(case), at), **self.asked(self.later()))

    def write_statement(self, case: Case, at: datetime) -> None:
        self.write(case, at, STATEMENT, attach=True)

    def supply_statement(self, case: Case, at: datetime) -> None:
        actions.supply(**self.force(case, at))

    def reject(self, case: Case, at: datetime) -> None:
        what = "Paragraph 4 says nothing of its source: grade it." + INVENTED
        owner = self.one(owner_of(case), at)
        actions.reject(**owner, what=what, due_on=self.later(5), fit_for_force=True)

    def second_version(self, case: Case, at: datetime) -> None:
        self.write(case, at, SECOND, attach=True)
        actions.supply(**self.force(case, at))

    def check(self, case: Case, at: datetime) -> None:
        version = self.statement()
        said = {number: Judgement("yes") for number in (1, 3)}
        said[2] = Judgement("redacted", "Mx Tamsin Vale", "A witness who need not be named.")
        said[4] = Judgement("no", remark="It would lead to a source.")
        records = dict.fromkeys(version.ask.records.values_list("pk", flat=True), True)
        points = dict.fromkeys(CHECKLIST, True)
        actions.check_statement(
            **self.one(owner_of(case), at), points=points, paragraphs=said, records=records
        )
        record(kind="material.version_viewed", by=self.senior(case), subject=version, now=at)

    def approve(self, case: Case, at: datetime) -> None:
        reasons = "In the agreed format, pertinent, and fit for an open hearing." + INVENTED
        actions.approve(**self.one(self.senior(case), at), reasons=reasons)

    def rely_on(self, case: Case, at: datetime) -> None:
        actions.rely_on(**self.one(owner_of(case), at), reason="The draft decision of this week." + INVENTED)

    def ask_appeals(self, case: Case, at: datetime) -> None:
        question = "An appeal is expected. How will the second incident stand?" + INVENTED
        actions.ask_for_appeals_review(**self.one(owner_of(case), at), question=question)

    def advise(self, case: Case, at: datetime) -> None:
        appeals = self.people.having(Role.SPECIALIST_APPEALS)[0]
        issues = "The third paragraph rests on one officer." + INVENTED
        actions.advise(**self.one(appeals, at), issues=issues, advice="Call that officer to give evidence.")

    def serve(self, case: Case, at: datetime) -> None:
        how = "With the bundle, on the tribunal and the representative" + INVENTED
        actions.serve(**self.one(owner_of(case), at), served_on=timezone.localdate(at), how=how)

    def statement(self) -> Version:
        versions = Version.objects.filter(material=self.material, kind=Kind.STATEMENT)
        return versions.select_related("ask").latest("number")

    def senior(self, case: Case) -> User:
        """One who commissioned nothing of it."""
        commissioned = Material.objects.get(pk=self.material).commissioned_by_id
        return next(each for each in self.seniors() if each.pk != commissioned)

    def seniors(self) -> Iterator[User]:
        return iter(self.people.having(Role.SENIOR_CASEWORKER))


def owner_of(case: Case) -> User:
    """The case-owner now: a case may have changed hands meanwhile."""
    owner = case.case_owner
    if owner is None:
        raise ValueError("A case that is worked has a case-owner.")
    return owner
