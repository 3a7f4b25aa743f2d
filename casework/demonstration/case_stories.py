"""The story of one case: assigned, worked, decided, served, perhaps challenged, and ended."""

from collections.abc import Generator
from datetime import datetime
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework import actions
from casework.actions.outcome import goes_on, reasons_not_to_close
from casework.demonstration.case_words import (
    ASKED,
    BARRIERS,
    CARRIED_OVER,
    CONTACT,
    DOCUMENTS,
    END_OF,
    ENDS,
    EVIDENCE,
    INSIDE,
    INVENTED,
    NEXT_ACTIONS,
    NOTES,
    TASKS,
    WATCHED,
)
from casework.demonstration.decision_stories import DecisionStories
from casework.demonstration.duty_desk_stories import conclude_litigation
from casework.demonstration.people import People
from casework.demonstration.timeline import Story, days_later, happens
from casework.models import ENFORCED, Barrier, BarrierKind, Case, CaseOutcome, ProgressKind
from casework.readiness import reasons_not_to_enforce
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from nexus.documents.actions import scan
from nexus.working_days import add_working_days
from referrals.models import TriageDecision
from referrals.rules.terms import Route

LEFT_ALONE_OF_A_HUNDRED = 4  # cases nobody goes on with: the stalled list exists for them
REASSIGNED_OF_A_HUNDRED = 8
REROUTED_OF_A_HUNDRED = 5
BARRED_OF_A_HUNDRED = 22
DOCUMENTED_OF_A_HUNDRED = 15
GIVEN_UP_BY_ITS_TEAM_OF_A_HUNDRED = 20


class CaseStories:
    """Tells how cases go on after their acceptance."""

    def __init__(self, people: People) -> None:
        self.managers = people.having(Role.MANAGER)
        self.owners = [user for user in people.having(Role.CASE_OWNER) if user.nsa_accredited]
        # The case-owner a newcomer signs in as has more than the others.
        self.owners += 2 * self.owners[:1]
        self.seniors = people.having(Role.SENIOR_CASEWORKER)
        self.decisions = DecisionStories(self.seniors, self._plan)

    def story(self, decision: TriageDecision, rng: Random, now: datetime) -> Story:
        """From the acceptance on: flag only while another team has the case, else through Liverpool."""
        case = Case.objects.get(referral=decision.referral_id)
        if decision.held_by_id is not None:
            if not happens(rng, GIVEN_UP_BY_ITS_TEAM_OF_A_HUNDRED):
                return (yield from self._watched(rng, case, now))
            now = days_later(now, rng, 20, 60)
            yield now
            actions.allocate(
                case_id=case.pk,
                by=rng.choice(self.managers),
                now=now,
                reason="The other team has closed its case and gave this one up." + INVENTED,
            )
        now = days_later(now, rng, 1, 6)
        yield now
        owner = self._assign(rng, case, now)
        yield from self._worked(rng, case, owner, now)

    def _watched(self, rng: Random, case: Case, now: datetime) -> Story:
        """Flag only: a Senior Caseworker records how the other team's case ended, and closes this one."""
        now = days_later(now, rng, 1, 3)
        yield now
        senior = rng.choice(self.seniors)
        actions.plan(
            case_id=case.pk,
            by=senior,
            now=now,
            next_action=rng.choice(WATCHED),
            next_action_on=add_working_days(now, rng.randint(40, 120)),
            next_action_by=senior,
        )
        now = days_later(now, rng, 60, 200)
        yield now
        stands = reasons_not_to_enforce(case, on=timezone.localdate(now))[0]
        ends = (CaseOutcome.OTHER,) if stands else (CaseOutcome.DEPORTED, CaseOutcome.OTHER)
        yield from self._finish(rng, case, senior, now, rng.choice(ends))

    def _assign(self, rng: Random, case: Case, now: datetime) -> User:
        owner = rng.choice(self.owners)
        actions.assign(case_id=case.pk, by=rng.choice(self.managers), now=now, case_owner=owner)
        return owner

    def _worked(self, rng: Random, case: Case, owner: User, now: datetime) -> Story:
        """The usual way of a case, with what may happen beside it."""
        if happens(rng, REASSIGNED_OF_A_HUNDRED):
            now = days_later(now, rng, 5, 20)
            yield now
            owner = self._reassign(rng, case, owner, now)
        now = days_later(now, rng, 1, 8)
        yield now
        record(kind="case.viewed", by=owner, subject=case, now=now)
        self._progress(rng, case, owner, now, ProgressKind.EVIDENCE, rng.choice(EVIDENCE), asks=True)
        actions.add_note(case_id=case.pk, by=owner, now=now, text=rng.choice(NOTES) + INVENTED)
        if happens(rng, LEFT_ALONE_OF_A_HUNDRED):
            return
        task, now = yield from self._task_and_contact(rng, case, owner, now)
        if happens(rng, DOCUMENTED_OF_A_HUNDRED):
            self._keep_document(rng, case, owner, now)
        barrier = yield from self._barrier(rng, case, owner, now)
        now = days_later(now, rng, 12, 40)
        yield now
        if task:
            actions.complete_task(case_id=case.pk, task_id=task, by=owner, now=now)
        if happens(rng, REROUTED_OF_A_HUNDRED):
            self._reroute(rng, case, owner, now)
        now = yield from self.decisions.made(rng, case, owner, now)
        now = days_later(now, rng, 4, 16)
        yield now
        self.decisions.served(rng, case, owner, now)
        now, lost = yield from self.decisions.challenged(rng, case, owner, now)
        now = days_later(now, rng, 8, 45)
        yield now
        if barrier and Barrier.objects.filter(pk=barrier.pk, lifted_at=None).exists():
            self._lift(rng, case, barrier, now)
        outcome = CaseOutcome.REFUSED_BY_TRIBUNAL if lost else self._outcome(rng, case, now)
        yield from self._finish(rng, case, owner, now, outcome)

    def _reassign(self, rng: Random, case: Case, owner: User, now: datetime) -> User:
        another = rng.choice([each for each in self.owners if each != owner])
        actions.reassign(
            case_id=case.pk,
            by=rng.choice(self.managers),
            now=now,
            case_owner=another,
            reason="The case-owner has moved to other work." + INVENTED,
        )
        return another

    def _reroute(self, rng: Random, case: Case, owner: User, now: datetime) -> None:
        before = Case.objects.get(pk=case.pk).route
        route = rng.choice([each for each in Route if each != before])
        actions.change_route(
            case_id=case.pk,
            by=owner,
            now=now,
            route=route,
            reason="The evidence supports this route better." + INVENTED,
        )

    def _progress(
        self,
        rng: Random,
        case: Case,
        by: User,
        now: datetime,
        kind: ProgressKind,
        text: str,
        *,
        shared: bool = True,
        asks: bool = False,
    ) -> None:
        """What happened today, and the next action that follows from it."""
        actions.record_progress(
            case_id=case.pk,
            by=by,
            now=now,
            kind=kind,
            happened_on=timezone.localdate(now),
            text=text + INVENTED,
            shared_with_force=shared,
            asked_of_force=rng.choice(ASKED) if asks else "",
        )
        self._plan(rng, case, by, now, kind)

    def _plan(self, rng: Random, case: Case, by: User, now: datetime, kind: ProgressKind) -> None:
        next_action, soonest, latest = rng.choice(NEXT_ACTIONS[kind])
        actions.plan(
            case_id=case.pk,
            by=by,
            now=now,
            next_action=next_action,
            next_action_on=add_working_days(now, rng.randint(soonest, latest)),
            next_action_by=by,
        )

    def _task_and_contact(
        self, rng: Random, case: Case, owner: User, now: datetime
    ) -> Generator[datetime, None, tuple[int | None, datetime]]:
        """A task for most cases, and some news: for the force, or to be kept inside."""
        task = None
        if happens(rng, 60):
            task = actions.add_task(
                case_id=case.pk,
                by=owner,
                now=now,
                title=rng.choice(TASKS),
                owner=owner,
                due_on=add_working_days(now, rng.randint(3, 20)),
            ).pk
        if happens(rng, 70):
            now = days_later(now, rng, 3, 15)
            yield now
            shared = happens(rng, 70)
            self._progress(
                rng,
                case,
                owner,
                now,
                ProgressKind.CONTACT if shared else ProgressKind.OTHER,
                rng.choice(CONTACT if shared else INSIDE),
                shared=shared,
                asks=shared and happens(rng, 40),
            )
        return task, now

    def _keep_document(self, rng: Random, case: Case, owner: User, now: datetime) -> None:
        """A short text file, checked for viruses at once."""
        name, description = rng.choice(DOCUMENTS)
        document = actions.add_document(
            case_id=case.pk,
            by=owner,
            now=now,
            upload=SimpleUploadedFile(name, f"{description}\n\nThis document is invented.\n".encode()),
            description=description,
            marking="official_sensitive",
            disclosable=happens(rng, 50),
        )
        scan(file_id=document.file_id, now=now)

    def _barrier(
        self, rng: Random, case: Case, owner: User, now: datetime
    ) -> Generator[datetime, None, Barrier | None]:
        if not happens(rng, BARRED_OF_A_HUNDRED):
            return None
        now = days_later(now, rng, 1, 5)
        yield now
        kind = rng.choice(list(BARRIERS))
        return actions.record_barrier(
            case_id=case.pk,
            by=owner,
            now=now,
            kind=kind,
            since=timezone.localdate(now),
            details=BARRIERS[kind][0] + INVENTED,
        )

    def _lift(self, rng: Random, case: Case, barrier: Barrier, now: datetime) -> None:
        actions.lift_barrier(
            case_id=case.pk,
            barrier_id=barrier.pk,
            by=rng.choice(self.seniors),
            now=now,
            reason=BARRIERS[BarrierKind(barrier.kind)][1] + INVENTED,
            **END_OF.get(BarrierKind(barrier.kind), {}),
            ended_on=timezone.localdate(now),
        )

    def _outcome(self, rng: Random, case: Case, now: datetime) -> CaseOutcome:
        """Nobody is made to leave while something stands against it, such as litigation the desk watches."""
        case = Case.objects.get(pk=case.pk)
        removal = case.route == Route.ADMINISTRATIVE_REMOVAL
        enforced = CaseOutcome.REMOVED if removal else CaseOutcome.DEPORTED
        stands = reasons_not_to_enforce(case, on=timezone.localdate(now))[0]
        return rng.choices(
            (
                CaseOutcome.LEFT_VOLUNTARILY if stands else enforced,
                CaseOutcome.LEFT_VOLUNTARILY,
                CaseOutcome.NOT_PURSUED,
                CaseOutcome.REVOKED,
                CaseOutcome.OTHER,
            ),
            (60, 14, 14, 8, 4),
        )[0]

    def _finish(self, rng: Random, case: Case, owner: User, now: datetime, outcome: CaseOutcome) -> Story:
        self._end(rng, case, owner, now, outcome)
        now = days_later(now, rng, 2, 25)
        yield now
        if not reasons_not_to_close(Case.objects.get(pk=case.pk), owner):  # an operation may be under way
            actions.close(case_id=case.pk, by=owner, now=now)

    def _end(self, rng: Random, case: Case, by: User, now: datetime, outcome: CaseOutcome) -> None:
        if outcome in ENFORCED:
            conclude_litigation(case, by=by, now=now)
        left = goes_on(Case.objects.get(pk=case.pk), outcome, timezone.localdate(now))
        actions.record_outcome(
            case_id=case.pk,
            by=by,
            now=now,
            outcome=outcome,
            outcome_on=timezone.localdate(now),
            reasons=ENDS[outcome] + INVENTED,
            carried_over={each.key: CARRIED_OVER + INVENTED for each in left},
        )
