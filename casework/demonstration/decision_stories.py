"""The part of a case's story that is its decision: drafted, perhaps reviewed, made, served, perhaps challenged."""

from collections.abc import Callable, Generator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from casework.actions import change_route, lift_barrier, plan, record_barrier
from casework.decisions import actions
from casework.decisions.models import Challenge, Claim, Decision, Hearing
from casework.decisions.queries import (
    claims_of,
    events_to_find_on,
    reasons_for_two_of,
    unproven_offence,
)
from casework.decisions.states import State as DecisionState
from casework.demonstration.case_words import END_OF
from casework.demonstration.decision_words import (
    ALLOWED,
    ASKED,
    CHALLENGE,
    CLAIMED,
    DISMISSAL,
    HEARD,
    INVENTED,
    NEXT,
    NO_STATEMENT,
    RECONSIDERATION,
    SERVICE,
    TOLD,
    UNDISCLOSED,
    answers_for,
)
from casework.demonstration.people import People
from casework.demonstration.timeline import Story, days_later, happens
from casework.material.actions import need_no_statement
from casework.material.models import Material
from casework.material.queries import approved_for, no_statement_needed, statement_indicated
from casework.material.states import ENDED, LOCKED
from casework.models import BarrierKind, Case, ProgressKind
from casework.states import State as CaseState
from casework.support import actions as support
from casework.support.queries import leads_of
from casework.trafficking import trafficking_of
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from nexus.ui import formatting
from nexus.working_days import add_working_days
from referrals.models import ConductEvent
from referrals.rules.terms import CONVICTIONS, Route, StatementNeed

REVIEWED_OF_A_HUNDRED = 40
RETURNED_OF_A_HUNDRED = 15
LETTERS_OF_A_HUNDRED = 4
CHALLENGED_OF_A_HUNDRED = 32


class DecisionStories:
    """Tells how decisions come about. `plan` plans the next action after a kind of progress."""

    def __init__(
        self, seniors: list[User], plan: Callable[[Random, Case, User, datetime, ProgressKind], None]
    ):
        self.seniors, self.plan = seniors, plan

    def made(
        self, rng: Random, case: Case, owner: User, now: datetime
    ) -> Generator[datetime, None, datetime]:
        """Drafted once no material is awaited any more, perhaps reviewed, and made some days later.

        Where the case has passed to somebody else meanwhile, this story waits for good."""
        while is_awaited(case) or not Case.objects.filter(pk=case.pk, case_owner=owner).exists():
            now = days_later(now, rng, 3, 6)
            yield now
        decision = self._draft(rng, case, owner, now)
        if happens(rng, REVIEWED_OF_A_HUNDRED) or reasons_for_two_of(decision, now=now):
            now = yield from self._reviewed(rng, decision, owner, now)
        now = days_later(now, rng, 1, 6)
        yield now
        read(decision, by=owner, now=now)
        actions.decide(
            decision_id=decision.pk,
            by=owner,
            now=now,
            reasons="What you did outweighs the length of your residence and the ties you have here."
            + INVENTED,
            shared_text=rng.choice(TOLD) + INVENTED,
        )
        self.plan(rng, case, owner, now, ProgressKind.DECISION)
        return now

    def _draft(self, rng: Random, case: Case, owner: User, now: datetime) -> Decision:
        self._settle_grounds(case, owner, now)
        self._settle_trafficking(Case.objects.select_related("referral").get(pk=case.pk), owner, now)
        return self.begin(case, owner, now)

    def begin(self, case: Case, owner: User, now: datetime) -> Decision:
        """A draft with every question answered, whatever it may still wait for."""
        decision = actions.draft(case_id=case.pk, by=owner, now=now)
        decision = Decision.objects.select_related("case__referral").get(pk=decision.pk)
        material = list(approved_for(decision.case))
        answers = answers_for(decision.case.route, relies=bool(material))
        decision = actions.save_section(
            decision_id=decision.pk,
            by=owner,
            now=now,
            answers=answers,
            material=material,
            claims=[claimed(decision.case, owner, now)],
        )
        events = list(events_to_find_on(decision)[:1])
        actions.add_finding(
            decision_id=decision.pk,
            by=owner,
            now=now,
            event=events[0] if events else None,
            allegation=alleged(events[0] if events else None) + INVENTED,
            evidence="The officer’s statement and the crime report." + INVENTED,
            proved=True,
            reasons="Two accounts agree and nothing speaks against them." + INVENTED,
        )
        return decision

    def _settle_trafficking(self, case: Case, owner: User, now: datetime) -> None:
        """Nobody is decided on while an indicator stands: a Senior Caseworker records what was decided about it."""
        if not trafficking_of(case).standing:
            return
        one: dict[str, Any] = {"case_id": case.pk, "now": now}
        barrier = case.barriers.filter(kind=BarrierKind.TRAFFICKING, lifted_at=None).first()
        if barrier is None:
            about: dict[str, Any] = {"kind": BarrierKind.TRAFFICKING, "since": timezone.localdate(now)}
            details = "What was seen was referred to the National Referral Mechanism." + INVENTED
            barrier = record_barrier(**one, by=owner, **about, details=details)
        end: dict[str, Any] = {**END_OF[BarrierKind.TRAFFICKING], "ended_on": timezone.localdate(now)}
        lift_barrier(
            **one,
            barrier_id=barrier.pk,
            by=self.seniors[0],
            reason="Conclusive grounds were not found." + INVENTED,
            **end,
        )

    def _settle_grounds(self, case: Case, owner: User, now: datetime) -> None:
        """Without approved material the case is not led by intelligence, and a statement must be done without."""
        case = Case.objects.select_related("referral").get(pk=case.pk)
        one: dict[str, Any] = {"case_id": case.pk, "by": owner, "now": now}
        if approved_for(case).exists():
            return
        if case.route == Route.INTELLIGENCE_LED:
            convicted = case.referral.conduct.filter(kind__in=CONVICTIONS).exists()
            route = Route.CONVICTION_LED if convicted else Route.ADMINISTRATIVE_REMOVAL
            change_route(**one, route=route, reason=UNDISCLOSED + INVENTED)
        if statement_indicated(case) == StatementNeed.REQUIRED and not no_statement_needed(case):
            need_no_statement(**one, because=NO_STATEMENT + INVENTED)

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
            **one,
            by=owner,
            reasons="What you did outweighs the length of your residence and the ties you have here."
            + INVENTED,
            shared_text=TOLD[0] + INVENTED,
        )
        actions.make_letter(**one, by=owner, template="notice")
        if stage == DecisionState.DECIDED:
            return
        self.served(rng, case, owner, now)
        if stage != DecisionState.SERVED:
            self._lodge(rng, case, owner, now)

    def served(self, rng: Random, case: Case, owner: User, now: datetime) -> None:
        """Served on the subject today, a few with a letter made here: each takes time to make."""
        self._settle_trafficking(Case.objects.select_related("referral").get(pk=case.pk), owner, now)
        shared_text, decision = rng.choice(SERVICE), standing(case)
        letter = None
        if happens(rng, LETTERS_OF_A_HUNDRED):
            letter = actions.make_letter(decision_id=decision.pk, by=owner, now=now, template="notice")
        actions.serve(
            decision_id=decision.pk,
            by=owner,
            now=now,
            on=timezone.localdate(now),
            how="post",
            rule="Immigration (Notices) Regulations 2003, regulation 7" + INVENTED,
            to="The subject",
            by_whom="Nexus High Harm",
            letters=[letter] if letter else [],
            document="The reasons"
            if letter
            else "Notice of decision and the reasons, made before letters were",
            document_on=timezone.localdate(now),
            place="in_uk",
            shared_text=shared_text + INVENTED,
        )
        self.plan(rng, case, owner, now, ProgressKind.SERVICE)

    def challenged(
        self, rng: Random, case: Case, owner: User, now: datetime
    ) -> Generator[datetime, None, tuple[datetime, bool]]:
        """Some decisions are challenged; of those some are lost, and some made again and served."""
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
            shared_text=CHALLENGE[kind] + INVENTED,
            asked_of_force=rng.choice(ASKED),
        )
        if happens(rng, 50):
            self.listed(challenge, owner, now, on=timezone.localdate(days_later(now, rng, 15, 40)))
        self.plan(rng, case, owner, now, ProgressKind.CHALLENGE)
        return challenge

    def listed(self, challenge: Challenge, owner: User, now: datetime, *, on: date) -> None:
        """A hearing, and the officer in the case asked of the force as its witness."""
        actions.add_hearing(
            challenge_id=challenge.pk,
            by=owner,
            now=now,
            on=on,
            place="Birmingham, Sheldon Court, hearing room 7",
            witnesses="The officer in the case, on what was seen in March" + INVENTED,
            to_bring="Pocket notebook, the crime report and the exhibits list",
            shared_text=HEARD + INVENTED,
        )

    def _heard(self, hearing: Hearing, owner: User, now: datetime) -> None:
        """What came of a day in court that is past."""
        if not hearing.result and hearing.on <= timezone.localdate(now):
            actions.record_hearing(
                challenge_id=hearing.challenge_id,
                hearing_id=hearing.pk,
                by=owner,
                now=now,
                result="heard",
                words="Evidence was heard and judgment reserved." + INVENTED,
                shared_text="It was heard by the Tribunal." + INVENTED,
            )

    def _attended(self, hearing: Hearing, now: datetime) -> None:
        """The force sent its officer, and its lead says so."""
        request = hearing.attendance
        lead = request and leads_of(request.force).first()
        if request and lead and hearing.on <= timezone.localdate(now):
            one: dict[str, Any] = {"request_id": request.pk, "by": lead, "now": now}
            support.accept(**one, answer="The officer is warned for the day." + INVENTED)
            support.fulfil(**one, done="The officer gave evidence." + INVENTED, done_on=hearing.on)

    def _end(self, challenge: Challenge, owner: User, now: datetime, outcome: str, shared_text: str) -> None:
        for hearing in challenge.hearings.select_related("attendance__force"):
            self._heard(hearing, owner, now)
            self._attended(hearing, now)
        actions.conclude(
            challenge_id=challenge.pk,
            by=owner,
            now=now,
            outcome=outcome,
            outcome_on=timezone.localdate(now),
            reasons="As the written reasons of the court say." + INVENTED,
            shared_text=shared_text + INVENTED,
        )


def alleged(event: ConductEvent | None) -> str:
    """A conviction by its name; of anything else what was done, and when."""
    if event is None:
        return "You threatened your neighbours again and again"
    if not unproven_offence(event):
        return event.offence
    when = f"On {formatting.date(event.offence_on)}" if event.offence_on else "On a day that is not recorded"
    return f"{when} you hurt or threatened somebody, as the crime report describes"


def claimed(case: Case, owner: User, now: datetime) -> Claim:
    """The claim the decision answers; one that an earlier decision refused is answered again."""
    standing = claims_of(case).filter(end="").first()
    made_on = timezone.localdate(now)
    return standing or actions.record_claim(case_id=case.pk, by=owner, now=now, made_on=made_on, **CLAIMED)


def read(decision: Decision, *, by: User, now: datetime) -> None:
    """The page with the whole decision is opened, as it must be before anybody reviews or decides."""
    record(kind="decision.viewed", by=by, subject=decision, now=now)


def is_awaited(case: Case) -> bool:
    """Whether material is asked for, checked or approved at this moment: the decision waits for it."""
    return Material.objects.filter(case=case.pk).exclude(state__in=[*LOCKED, *ENDED]).exists()


def needs_material(case: Case) -> bool:
    """Whether a decision on it cannot do without what is awaited."""
    return case.route == Route.INTELLIGENCE_LED or statement_indicated(case) == StatementNeed.REQUIRED


def standing(case: Case) -> Decision:
    return Decision.objects.exclude(state="superseded").get(case=case)


# The most worth seeing first, where there are not cases enough; the last state of all stands for a challenge.
TODAY = (
    DecisionState.SUBMITTED,
    DecisionState.SUPERSEDED,
    DecisionState.DRAFT,
    DecisionState.DECIDED,
    DecisionState.REVIEWED,
    DecisionState.SERVED,
)


def next_thursday(today: date) -> date:
    return today + timedelta(days=(3 - today.weekday()) % 7 or 7)


def todays_decisions(people: People, *, now: datetime) -> Story:
    """A decision at every stage, for the case-owner a newcomer signs in as.

    It comes last of all, when no other story goes on with these cases.
    """
    yield now
    rng, owner = Random("today's decisions"), people.having(Role.CASE_OWNER)[0]
    telling = DecisionStories(people.having(Role.SENIOR_CASEWORKER), lambda *_: None)
    before = (CaseState.EVIDENCE, CaseState.ASSIGNED)
    found = Case.objects.filter(case_owner=owner, state__in=before).order_by("-state", "pk")
    # What relies on material comes first, so that the decision to review does; what still waits for it last.
    ready = [each for each in found if not is_awaited(each) or not needs_material(each)]
    cases = sorted(ready, key=lambda case: (is_awaited(case), not approved_for(case)))
    for case in [each for each in found if each not in ready][:1]:
        telling.begin(case, owner, now)  # what it lacks is the statement
    for stage, case in zip(TODAY, cases, strict=False):
        telling.up_to(stage, rng, case, owner, now)
        next_action, days = NEXT[stage]
        plan(
            case_id=case.pk,
            by=owner,
            now=now,
            next_action=next_action,
            next_action_on=add_working_days(now, days),
            next_action_by=owner,
        )
    challenged = Challenge.objects.filter(decision__case__case_owner=owner, state="open").last()
    if challenged:
        telling.listed(challenged, owner, now, on=next_thursday(timezone.localdate(now)))
