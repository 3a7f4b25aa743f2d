"""The part of a case's story that is its decision: drafted, perhaps reviewed, made, served, perhaps challenged."""

from collections.abc import Callable, Generator
from datetime import datetime
from random import Random
from typing import Any

from django.utils import timezone

from casework.decisions import actions
from casework.decisions.models import Challenge, Decision
from casework.decisions.queries import events_to_find_on
from casework.decisions.rules.law import QUESTIONS
from casework.decisions.states import State as DecisionState
from casework.demonstration.people import People
from casework.demonstration.timeline import Story, days_later, happens
from casework.material.queries import approved_for
from casework.models import Case, ProgressKind
from casework.states import State as CaseState
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from referrals.rules.terms import Route

REVIEWED_OF_A_HUNDRED = 40
RETURNED_OF_A_HUNDRED = 15
LETTERS_OF_A_HUNDRED = 4
CHALLENGED_OF_A_HUNDRED = 32
INVENTED = " (Invented.)"

TOLD = (
    "A decision was made on the evidence the force supplied.",
    "The decision was made; it relies on the convictions and on the statement of two officers.",
)
SERVICE = ("The decision was served in person by officers of the force.", "The decision was served by post.")
CHALLENGE = {
    "appeal": "An appeal was lodged with the First-tier Tribunal.",
    "judicial_review": "An application for judicial review was received.",
}
HEARD = "The hearing is listed."
DISMISSAL = {"appeal": "The appeal was dismissed.", "judicial_review": "Permission was refused."}
RECONSIDERATION = "The tribunal allowed the appeal in part: the decision is to be made afresh."
ALLOWED = "The tribunal allowed the appeal."
ASKED = ("Please say whether the officer in the case can attend the tribunal.", "")

# The answers of every draft, but for route and power: (choice, reasons).
ANSWERS = {
    "article_3": ("no", "The country information shows no such risk."),
    "article_8": ("yes", "There is private life of some years."),
    "gravity": ("yes", "The low threshold is met."),
    "lawful": ("yes", "The power and its rules are published."),
    "necessary": ("yes", "For the prevention of disorder and crime."),
    "proportionate": ("yes", "The conduct outweighs the ties that were shown."),
    "eea_protected": ("no", "No right under EEA law was claimed or found."),
    "certified": ("none", "No claim was made that could be certified."),
    "children": ("no", "No child is known to the force or to the record."),
    "partner": ("not_known", "The subject gave no answer in two interviews."),
    "trafficking": ("none", "The record and the interview notes were read."),
    "adult_at_risk": ("no", "No condition was declared or found."),
    "material": ("no", "The convictions and the record are enough."),
}
POWERS = {
    Route.ADMINISTRATIVE_REMOVAL: ("iaa_1999_s10", "Leave ended and none has been given since."),
    Route.CONVICTION_LED: ("ia_1971_s3_5a", "The convictions show a risk that is not acceptable."),
    Route.INTELLIGENCE_LED: ("ia_1971_s3_5a", "The conduct that is proved is harmful without a conviction."),
}


def answers_for(route: str, *, relies: bool) -> dict[str, dict[str, str]]:
    """Every question answered, with its reasons; `relies` says whether there is Nexus material to rely on."""
    chosen = {
        "route": (route, "The evidence supports this route."),
        "legal_basis": POWERS[Route(route)],
        **ANSWERS,
    }
    if relies:
        chosen["material"] = ("yes", "The approved statement shows the conduct.")
    return {
        name: {"choice": choice, "reasons": reasons + INVENTED}
        for name, (choice, reasons) in chosen.items()
        if name in QUESTIONS
    }


class DecisionStories:
    """Tells how decisions come about. `plan` plans the next action after a kind of progress."""

    def __init__(
        self, seniors: list[User], plan: Callable[[Random, Case, User, datetime, ProgressKind], None]
    ):
        self.seniors, self.plan = seniors, plan

    def made(
        self, rng: Random, case: Case, owner: User, now: datetime
    ) -> Generator[datetime, None, datetime]:
        """Drafted now, perhaps reviewed, and made some days later."""
        decision = self._draft(rng, case, owner, now)
        if happens(rng, REVIEWED_OF_A_HUNDRED) or decision.relies_on_material:
            now = yield from self._reviewed(rng, decision, owner, now)
        now = days_later(now, rng, 1, 6)
        yield now
        read(decision, by=owner, now=now)
        actions.decide(
            decision_id=decision.pk,
            by=owner,
            now=now,
            reasons="The findings outweigh the length of residence." + INVENTED,
            told=rng.choice(TOLD) + INVENTED,
        )
        self.plan(rng, case, owner, now, ProgressKind.DECISION)
        return now

    def _draft(self, rng: Random, case: Case, owner: User, now: datetime) -> Decision:
        decision = actions.draft(case_id=case.pk, by=owner, now=now)
        decision = Decision.objects.select_related("case__referral").get(pk=decision.pk)
        material = list(approved_for(decision.case))
        answers = answers_for(decision.case.route, relies=bool(material))
        decision = actions.save_section(
            decision_id=decision.pk, by=owner, now=now, answers=answers, material=material
        )
        events = list(events_to_find_on(decision)[:1])
        actions.add_finding(
            decision_id=decision.pk,
            by=owner,
            now=now,
            event=events[0] if events else None,
            allegation=(events[0].offence if events else "Repeated threats to neighbours") + INVENTED,
            evidence="The officer’s statement and the crime report." + INVENTED,
            proved=True,
            reasons="Two accounts agree and nothing speaks against them." + INVENTED,
        )
        return decision

    def _reviewed(
        self, rng: Random, decision: Decision, owner: User, now: datetime
    ) -> Generator[datetime, None, datetime]:
        senior = rng.choice(self.seniors)
        one = {"decision_id": decision.pk}
        now = days_later(now, rng, 1, 4)
        yield now
        actions.submit(**one, by=owner, now=now)
        if happens(rng, RETURNED_OF_A_HUNDRED):
            now = days_later(now, rng, 1, 5)
            yield now
            read(decision, by=senior, now=now)
            actions.return_draft(
                **one, by=senior, now=now, reasons="Say more on the length of residence." + INVENTED
            )
            now = days_later(now, rng, 1, 4)
            yield now
            actions.submit(**one, by=owner, now=now)
        now = days_later(now, rng, 1, 6)
        yield now
        read(decision, by=senior, now=now)
        actions.approve(
            **one, by=senior, now=now, reasons="The findings follow from the evidence." + INVENTED
        )
        return now

    def up_to(self, stage: str, rng: Random, case: Case, owner: User, now: datetime) -> None:
        """All at once, as far as this stage of the decision; the last stage stands for a challenge."""
        decision = self._draft(rng, case, owner, now)
        one: dict[str, Any] = {"decision_id": decision.pk, "now": now}
        if stage == DecisionState.DRAFT:
            return
        actions.submit(**one, by=owner)
        if stage == DecisionState.SUBMITTED:
            return
        for person in (self.seniors[0], owner):
            read(decision, by=person, now=now)
        actions.approve(
            **one, by=self.seniors[0], reasons="The findings follow from the evidence." + INVENTED
        )
        if stage == DecisionState.REVIEWED:
            return
        actions.decide(
            **one, by=owner, reasons="They outweigh the residence." + INVENTED, told=TOLD[0] + INVENTED
        )
        actions.make_letter(**one, by=owner, template="notice")
        if stage == DecisionState.DECIDED:
            return
        self.served(rng, case, owner, now)
        if stage != DecisionState.SERVED:
            self._lodge(rng, case, owner, now)

    def served(self, rng: Random, case: Case, owner: User, now: datetime) -> None:
        """Served on the subject today, a few with a letter made here: each takes time to make."""
        told, decision = rng.choice(SERVICE), standing(case)
        letter = None
        if happens(rng, LETTERS_OF_A_HUNDRED):
            letter = actions.make_letter(decision_id=decision.pk, by=owner, now=now, template="notice")
        actions.serve(
            decision_id=decision.pk,
            by=owner,
            now=now,
            on=timezone.localdate(now),
            how="post" if "post" in told else "in_person",
            to="The subject",
            by_whom="Officers of the force",
            letter=letter,
            document="" if letter else "Notice of decision, made before letters were",
            told=told + INVENTED,
        )
        self.plan(rng, case, owner, now, ProgressKind.SERVICE)

    def challenged(
        self, rng: Random, case: Case, owner: User, now: datetime
    ) -> Generator[datetime, None, tuple[datetime, bool]]:
        """Some decisions are challenged; of those some are lost, and some made afresh and served again."""
        if not happens(rng, CHALLENGED_OF_A_HUNDRED):
            return now, False
        now = days_later(now, rng, 5, 14)
        yield now
        challenge = self._lodge(rng, case, owner, now)
        now = days_later(now, rng, 25, 70)
        yield now
        if happens(rng, 25):
            self._end(challenge, owner, now, "allowed", ALLOWED)
            self.plan(rng, case, owner, now, ProgressKind.RECONSIDERATION)
            return now, True
        if happens(rng, 65):
            self._end(challenge, owner, now, "dismissed", DISMISSAL[challenge.kind])
            self.plan(rng, case, owner, now, ProgressKind.DISMISSAL)
            return now, False
        self._end(challenge, owner, now, "remitted", RECONSIDERATION)
        self.plan(rng, case, owner, now, ProgressKind.RECONSIDERATION)
        now = days_later(now, rng, 4, 15)
        yield now
        now = yield from self.made(rng, case, owner, now)
        now = days_later(now, rng, 4, 15)
        yield now
        self.served(rng, case, owner, now)
        return now, False

    def _lodge(self, rng: Random, case: Case, owner: User, now: datetime) -> Challenge:
        kind = rng.choice(sorted(CHALLENGE))
        challenge = actions.lodge(
            decision_id=standing(case).pk,
            by=owner,
            now=now,
            kind=kind,
            lodged_on=timezone.localdate(now),
            court="First-tier Tribunal" if kind == "appeal" else "Administrative Court",
            told=CHALLENGE[kind] + INVENTED,
            asked_of_force=rng.choice(ASKED),
        )
        if happens(rng, 50):
            actions.add_hearing(
                challenge_id=challenge.pk,
                by=owner,
                now=now,
                on=timezone.localdate(days_later(now, rng, 15, 40)),
                place="Birmingham",
                witnesses="The officer in the case" + INVENTED,
                told=HEARD + INVENTED,
            )
        self.plan(rng, case, owner, now, ProgressKind.CHALLENGE)
        return challenge

    def _end(self, challenge: Challenge, owner: User, now: datetime, outcome: str, told: str) -> None:
        actions.conclude(
            challenge_id=challenge.pk,
            by=owner,
            now=now,
            outcome=outcome,
            outcome_on=timezone.localdate(now),
            reasons="As the written reasons of the court say." + INVENTED,
            told=told + INVENTED,
        )


def read(decision: Decision, *, by: User, now: datetime) -> None:
    """The page with the whole decision is opened, as it must be before anybody reviews or decides."""
    record(kind="decision.viewed", by=by, subject=decision, now=now)


def standing(case: Case) -> Decision:
    return Decision.objects.exclude(state="superseded").get(case=case)


def todays_decisions(people: People, *, now: datetime) -> Story:
    """A decision at every stage, for the case-owner a newcomer signs in as.

    It comes last of all, when no other story goes on with these cases.
    """
    yield now
    rng, owner = Random("today's decisions"), people.having(Role.CASE_OWNER)[0]
    telling = DecisionStories(people.having(Role.SENIOR_CASEWORKER), lambda *_: None)
    cases = Case.objects.filter(case_owner=owner, state=CaseState.EVIDENCE).order_by("pk")
    for stage, case in zip(DecisionState.values, cases, strict=False):
        telling.up_to(stage, rng, case, owner, now)
