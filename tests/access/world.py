"""Everything there is to see, three times: the force's own, another force's, and what an immigration officer
raised. Every typed text is a canary that says whose it is and who may read it.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from casework import actions as casework_actions
from casework.decisions import actions as decision_actions
from casework.decisions.models import Hearing
from casework.keying import actions as keying_actions
from casework.models import Absence, Case
from casework.reports.periods import Period
from casework.tribunal import actions as tribunal_actions
from nexus.accounts import actions as account_actions
from nexus.accounts.models import Team, User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.audit.recording import record
from nexus.documents.models import Scan, StoredFile
from nexus.notifications.actions import sending
from nexus.notifications.models import Mail, Notification
from nexus.retention import actions as retention_actions
from nexus.rights import actions as rights_actions
from referrals import actions
from referrals.actions.asking import NewQuestion
from referrals.datawash import actions as datawash_actions
from referrals.datawash.models import Candidate, Person, WashRow
from referrals.desk import actions as desk_actions
from referrals.duplicates import actions as duplicates_actions
from referrals.duplicates.models import Merge, Pair
from referrals.duty_desk import actions as duty_desk_actions
from referrals.matrix import actions as matrix_actions
from referrals.models import Referral, TriageDecision
from referrals.quality.models import Draw, Reading
from referrals.quality.rules import METHOD
from tests.access import operations, support
from tests.builders import (
    ACCEPTANCE,
    NOON,
    SERVICE,
    a_complete_draft,
    a_force,
    a_user,
    an_assigned_case,
    decision_answers,
)
from tests.casework.reports.builders import a_built_report, a_released_report, opened
from tests.identity import code_of
from tests.programs import a_program
from tests.referrals.datawash.builders import HEAD, a_checked_wash, a_register
from tests.referrals.duplicates.pairs import a_referral
from tests.referrals.matrix.sheets import a_result

NOW = NOON + timedelta(days=2)  # when the walk takes place; everything below has happened by then
BEFORE_LAST_PERIOD = Period(date(2026, 11, 1), date(2026, 11, 16))

# What a canary's last word says of the text it stands for.
SHARED, INSIDE = "shared", "inside"
CANARY = re.compile(r"zq(own|foreign|raised)0([a-z]+)0([a-z]+)0qz")
DRAFTS = ("draft",)
UNSENT = (*DRAFTS, "assessed")  # what has not reached the Home Office
DECISIONS = ("drafting", "reviewing", "disputed")
CASES = ("allocated", "flagonly", "worked", "ended", *DECISIONS)
ENQUIRIES = ("enquiry", "answered")
LISTS = ("heading", "checked", "washed")
MATERIAL = (
    "matasked",
    "matsummarised",
    "matreviewed",
    "matreceived",
    "matchecked",
    "matapproved",
    "matrelied",
    "matappeals",
)
# Asked for by Criminal Casework: approved, and relied on besides.
RELEASED = ("matreleased", "matreleasedrelied")
TWICE = ("twice", "said", "merged")
PROPOSED = ("proposed", "putforward")  # by another officer, and by the office's own
STATES = (*DRAFTS, "submitted", "triage", *PROPOSED, "asked", "refused", *CASES)


def canary(owner: str, state: str, place: str) -> str:
    """A word nothing else contains."""
    return f"Zq{owner}0{state}0{place}0qz"


@dataclass
class World:
    """The people, by role; and for each (owner, state) what the addresses need."""

    people: dict[Role, User]
    things: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def of(self, owner: str, state: str) -> dict[str, Any]:
        """What stands in the address of this thing, by the name of the address's part."""
        return self.things[owner, state]


def make() -> World:
    """The whole world, by the actions people use."""
    world = World({role: a_user(role) for role in Role})
    people = world.people
    owners = {
        "own": people[Role.POLICE_OFFICER],
        "foreign": a_user(Role.POLICE_OFFICER, force=a_force("06")),
        "raised": people[Role.IMMIGRATION_OFFICER],
    }
    for owner, officer in owners.items():
        for state in STATES:
            world.things[owner, state] = Making(world, owner, state, officer).thing()
        if owner != "raised":
            reports(world, owner, officer)
            lists(world, owner, officer)
            supported(world, owner, officer)
            engaged(world, owner, officer)
            call(world, owner, officer)
        world.things[owner, "call"] = world.things.get((owner, "call"), world.things["own", "call"])
        enquiries(world, owner, officer)
        matrix(world, owner, officer)
        notified(world, owner, officer)
    twice(world)
    drawn(world)
    settings(world)
    return world


@dataclass
class Making:
    """One referral of one owner on its way to one state."""

    world: World
    owner: str
    state: str
    officer: User
    clock: datetime = NOON

    def word(self, place: str = SHARED) -> str:
        return canary(self.owner, self.state, place)

    def later(self) -> datetime:
        self.clock += timedelta(minutes=1)
        return self.clock

    def by(self, role: Role) -> dict[str, Any]:
        return {"by": self.world.people[role], "now": self.later()}

    def thing(self) -> dict[str, Any]:
        referral, found = self.draft()
        if self.state in DRAFTS:
            return found
        one = {"referral_id": referral.pk}
        office = self.world.people[Role.REFERRALS_OFFICER]
        actions.submit(**one, by=self.officer, now=self.later())
        appeal = {"kind": "appeal", "what": self.word(INSIDE)}
        matter = duty_desk_actions.add_litigation(**one, **self.by(Role.REFERRALS_OFFICER), **appeal)
        if self.state == "triage":
            self.world.things[self.owner, "matter"] = {"matter_id": matter.pk}
        if self.state == "submitted":
            return found
        if self.state in PROPOSED:
            return found | {"proposal_id": self.proposal(referral, office)}
        actions.claim(**one, **self.by(Role.REFERRALS_OFFICER))
        record(kind="referral.viewed", by=office, subject=referral, now=self.later())
        if self.state == "asked":
            questions = [NewQuestion(self.word(), date(2026, 11, 30))]
            asked = actions.request_information(**one, **self.by(Role.REFERRALS_OFFICER), questions=questions)
            return found | {"question_id": asked.questions.get().pk}
        if self.state == "refused":
            words = {"reasons": self.word(), "balance": self.word(INSIDE)}
            actions.not_accept(**one, **self.by(Role.REFERRALS_OFFICER), **words)
        if self.state in CASES:
            return found | self.case(referral)
        return found

    def draft(self) -> tuple[Referral, dict[str, Any]]:
        """Every section answered, and a row of every kind."""
        word = self.word()
        texts = dict.fromkeys(("surname", "scope_evidence", "interest_what", "harm_narrative"), word)
        referral = a_complete_draft(by=self.officer, **texts)
        one: dict[str, Any] = {"referral_id": referral.pk, "by": self.officer, "now": self.later()}
        alias, removed = (
            actions.add_row(**one, kind="alias", values={"name": name}) for name in (word, f"{word} removed")
        )
        actions.remove_row(**one, kind="alias", row_id=removed.pk)
        conviction = {"kind": "conviction", "part": "convicted", "offence": word, "grounding": "fact"}
        event = actions.add_row(
            **one, kind="conduct", values={**conviction, "convicted_on": date(2025, 3, 4)}
        )
        paper = actions.attach(
            **one, upload=upload(word), description=word, marking="official", disclosable=True
        )
        clean()
        return referral, {
            "reference": referral.reference,
            "alias": alias.pk,
            "removed_alias": removed.pk,
            "conduct": event.pk,
            "attachment": paper.pk,
        }

    def proposal(self, referral: Referral, office: User) -> int:
        """A refusal waits for its second reader."""
        proposer = a_user(Role.REFERRALS_OFFICER) if self.state == "proposed" else office
        actions.claim(referral_id=referral.pk, by=proposer, now=self.later())
        for reader in {proposer, office}:
            record(kind="referral.viewed", by=reader, subject=referral, now=self.later())
        words = {"reasons": self.word(INSIDE), "balance": self.word(INSIDE), "outcome": "not_accepted"}
        with override_settings(NEXUS_SECOND_READING=["refusals"]):
            return actions.propose(referral_id=referral.pk, by=proposer, now=self.later(), **words).pk

    def case(self, referral: Referral) -> dict[str, Any]:
        held_by = Team.objects.get(code="criminal_casework") if self.state == "flagonly" else None
        words = {
            "reasons": self.word(),
            "balance": self.word(INSIDE),
            "scope_confirmation": self.word(INSIDE),
        }
        actions.accept(
            referral_id=referral.pk,
            **self.by(Role.REFERRALS_OFFICER),
            held_by=held_by,
            **{**ACCEPTANCE, **words},
        )
        case = Case.objects.get(referral=referral)
        if self.state in DECISIONS:
            return self.decide(case)
        if self.state == "worked":
            self.keying(case)
        if self.state not in ("worked", "ended"):
            return {}
        return self.work(case) | (self.correct(referral) if self.state == "worked" else {})

    def correct(self, referral: Referral) -> dict[str, Any]:
        """A recorded fact was wrong: its decision is stale, and its force is told."""
        made = actions.correct(
            referral_id=referral.pk,
            **self.by(Role.REFERRALS_OFFICER),
            page="identifiers",
            values={"prison_number": "A1234BC"},
            because=self.word(INSIDE),
        )
        return {"stale_id": made.stale.get().pk, "recipient_id": made.recipients.get().pk}

    def decide(self, case: Case) -> dict[str, Any]:
        """A decision that is drafted, waits for its review, or is challenged."""
        owner, word = self.world.people[Role.CASE_OWNER], self.word(INSIDE)
        case = casework_actions.assign(case_id=case.pk, **self.by(Role.MANAGER), case_owner=owner)
        decision = decision_actions.draft(case_id=case.pk, **self.by(Role.CASE_OWNER))
        one: dict[str, Any] = {"decision_id": decision.pk}
        answers = {
            name: {**given, "reasons": word}
            for name, given in decision_answers(appealable="refuses_claim").items()
        }
        about: dict[str, Any] = {"kind": "human_rights", "made_on": NOON.date(), "how": "interview"}
        claim, other = (
            decision_actions.record_claim(case_id=case.pk, **self.by(Role.CASE_OWNER), **about, grounds=word)
            for _ in range(2)
        )
        decision_actions.save_section(
            **one, **self.by(Role.CASE_OWNER), answers=answers, claims=[claim, other]
        )
        finding, removed = (
            decision_actions.add_finding(
                **one, **self.by(Role.CASE_OWNER), allegation=word, evidence=word, proved=True, reasons=word
            )
            for _ in range(2)
        )
        decision_actions.remove_finding(**one, **self.by(Role.CASE_OWNER), finding_id=removed.pk)
        found = {
            "claim_id": other.pk,
            "decision_id": decision.pk,
            "finding_id": finding.pk,
            "removed_finding": removed.pk,
        }
        if self.state == "reviewing":
            decision_actions.submit(**one, **self.by(Role.CASE_OWNER))
        for role in (Role.CASE_OWNER, Role.SENIOR_CASEWORKER):  # whoever decides has read it
            record(kind="decision.viewed", subject=decision, **self.by(role))
        return found | self.dispute(one) if self.state == "disputed" else found

    def dispute(self, one: dict[str, Any]) -> dict[str, Any]:
        told = {"shared_text": self.word(), "asked_of_force": self.word()}
        decision_actions.decide(**one, **self.by(Role.CASE_OWNER), reasons=self.word(INSIDE), **told)
        served = {**SERVICE, "to": self.word(INSIDE), "on": NOON.date(), "document_on": NOON.date(), **told}
        decision_actions.serve(**one, **self.by(Role.CASE_OWNER), **served)
        appeal: dict[str, Any] = {"kind": "appeal", "lodged_on": NOON.date(), **told}
        lodged = decision_actions.lodge(**one, **self.by(Role.CASE_OWNER), **appeal)
        listed: dict[str, Any] = {"on": date(2026, 12, 3), "place": self.word(INSIDE), "witnesses": ""}
        hearing = decision_actions.add_hearing(
            challenge_id=lodged.pk, **self.by(Role.CASE_OWNER), **listed, shared_text=self.word()
        )
        letter = decision_actions.make_letter(**one, **self.by(Role.CASE_OWNER), template="notice")
        found = {"challenge_id": lodged.pk, "hearing_id": hearing.pk, "letter_id": letter.pk}
        return found | self.papers(hearing)

    def papers(self, hearing: Hearing) -> dict[str, Any]:
        """The bundle of the hearing, made once; a redaction that somebody else marked."""
        case = hearing.challenge.decision.case
        one: dict[str, Any] = {"case_id": case.pk}
        papers = tribunal_actions.start_bundle(**one, hearing_id=hearing.pk, **self.by(Role.CASE_OWNER))
        version = tribunal_actions.make_bundle(
            bundle_id=papers.pk, **self.by(Role.CASE_OWNER), is_final=False
        )
        tribunal_actions.build(version_id=version.pk, clock=lambda: NOON)
        marked = tribunal_actions.mark_redaction(
            **one,
            by=a_user(Role.SENIOR_CASEWORKER),
            now=NOON,
            passage="Priory Road",
            because="address",
            found_in=self.word(INSIDE),
        )
        entry = papers.entries.first()
        return {
            "bundle_id": papers.pk,
            "version_id": version.pk,
            "entry_id": entry.pk if entry else 0,
            "redaction_id": marked.pk,
        }

    def keying(self, case: Case) -> None:
        """The flag is to be keyed, the allocation is."""
        made = f"allocation-made-{case.referral.allocations.get().pk}"
        keying_actions.confirm(key=made, **self.by(Role.MANAGER), system="atlas")
        self.world.things[self.owner, "to_key"] = {"key": f"flag-set-{case.referral.flag.pk}"}
        self.world.things[self.owner, "keyed"] = {"key": made}

    def work(self, case: Case) -> dict[str, Any]:
        one, owner = {"case_id": case.pk}, self.world.people[Role.CASE_OWNER]
        casework_actions.assign(**one, **self.by(Role.MANAGER), case_owner=owner)
        for shared, place in ((True, SHARED), (False, INSIDE)):
            told: dict[str, Any] = {"kind": "contact", "happened_on": NOON.date(), "text": self.word(place)}
            asked = self.word() if shared else ""
            casework_actions.record_progress(
                **one, **self.by(Role.CASE_OWNER), **told, shared_with_force=shared, asked_of_force=asked
            )
        casework_actions.add_note(**one, **self.by(Role.CASE_OWNER), text=self.word(INSIDE))
        if self.state == "ended":
            ended: dict[str, Any] = {
                "outcome": "not_pursued",
                "outcome_on": NOON.date(),
                "reasons": self.word(),
            }
            casework_actions.record_outcome(**one, **self.by(Role.CASE_OWNER), **ended)
            return {}
        inside = self.word(INSIDE)
        next_action: dict[str, Any] = {"next_action": inside, "next_action_on": date(2026, 12, 1)}
        casework_actions.plan(**one, **self.by(Role.CASE_OWNER), **next_action, next_action_by=owner)
        task = casework_actions.add_task(
            **one, **self.by(Role.CASE_OWNER), title=inside, owner=owner, due_on=date(2026, 12, 1)
        )
        barrier = casework_actions.record_barrier(
            **one, **self.by(Role.CASE_OWNER), kind="claim", since=NOON.date(), details=inside
        )
        paper = casework_actions.add_document(
            **one,
            **self.by(Role.CASE_OWNER),
            upload=upload(inside),
            description=inside,
            marking="official",
            disclosable=False,
        )
        clean()
        allocated = Case.objects.get(referral__reference=self.world.of(self.owner, "allocated")["reference"])
        related = casework_actions.relate(
            **one, **self.by(Role.CASE_OWNER), other=allocated, kind="family", reason=inside
        )
        person = casework_actions.add_person(
            **one,
            **self.by(Role.CASE_OWNER),
            name=inside,
            relation="victim",
            known=inside,
            source=inside,
            disclosable=False,
        )
        return {
            "related_id": related.pk,
            "person_id": person.pk,
            "task_id": task.pk,
            "barrier_id": barrier.pk,
            "document_id": paper.pk,
        }


def upload(word: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{word}.txt", f"It says {word}.\n".encode())


def clean() -> None:
    """What the virus check would find of these files."""
    StoredFile.objects.filter(scan=Scan.QUARANTINED).update(scan=Scan.CLEAN, scanned_at=NOON)


def reports(world: World, owner: str, officer: User) -> None:
    """A report to be checked, read by the manager; and a released one, read by the force lead."""
    manager = world.people[Role.MANAGER]
    built = a_built_report(by=manager, force=officer.force, period=BEFORE_LAST_PERIOD)
    opened(built, manager)
    out = a_released_report(by=manager, force=officer.force)
    opened(out, world.people[Role.FORCE_LEAD], now=NOW)
    for state, report in (("built", built), ("released", out)):
        world.things[owner, state] = {
            "report_id": report.pk,
            "first": report.period_from,
            "last": report.period_to,
        }


def lists(world: World, owner: str, officer: User) -> None:
    """Lists of the force, one with a heading to be asked about, one of them washed. What the register says of a person is the Home Office's own."""
    if not Person.objects.exists():
        a_register()
    for state in LISTS:
        word = canary(owner, state, SHARED)
        Person.objects.create(
            person_id=canary(owner, state, INSIDE),
            surname=word,
            forenames="Person",
            dob="1980-04-05",
            aliases=canary(owner, state, INSIDE),
            immigration_status="overstayer",
            changed_at=NOON,
        )
        head = f"{HEAD},Note" if state == "heading" else HEAD
        rows = f"{head}\n{word},{word},Person,1980-04-05,,,,,,,,\n"
        rows += f"{word}2,{word},,never\n" if state == "heading" else ""
        wash = a_checked_wash(rows, by=officer, name=f"{word}.csv")
        world.things[owner, state] = {"wash_id": wash.pk, "agreement_id": wash.agreement_id}
    datawash_actions.queue(wash_id=wash.pk, by=officer, now=NOON)
    assert datawash_actions.wash(wash_id=wash.pk, clock=lambda: NOON)
    world.things[owner, "washed"]["row_id"] = WashRow.objects.get(wash=wash).pk
    candidate = Candidate.objects.filter(row__wash=wash).earliest("place")
    world.things[owner, "paired"] = {"candidate_id": candidate.pk}


def engaged(world: World, owner: str, officer: User) -> None:
    """Operational engagement on the force's worked case and on others of its, in every state."""
    case = Case.objects.get(referral__reference=world.of(owner, "worked")["reference"])

    def word(state: str, shared: bool) -> str:
        return canary(owner, state, SHARED if shared else INSIDE)

    def another() -> Case:
        return an_assigned_case(by=officer, case_owner=world.people[Role.CASE_OWNER])

    made = operations.make(case, another, world.people, officer, word, NOW - timedelta(hours=1))
    world.things.update({(owner, state): thing for state, thing in made.items()})


def supported(world: World, owner: str, officer: User) -> None:
    """What is asked of the force to support a case, in every state that somebody else may not see."""
    paper = upload(canary(owner, support.REACHED[1], SHARED))
    made = support.make(lambda state: canary(owner, state, SHARED), world.people, officer, paper)
    world.things |= {(owner, state): things for state, things in made.items()}
    clean()


def twice(world: World) -> None:
    """The force's and the other force's referrals may be of one person; of two of them an officer has said so."""
    for state, place in (("twice", "submitted"), ("said", "triage")):
        own, foreign = (
            Referral.objects.get(reference=world.of(owner, place)["reference"])
            for owner in ("own", "foreign")
        )
        pair = Pair.objects.create(referral=own, other=foreign, probability=0.9, found_at=NOON)
        things = {"pair_id": pair.pk}
        if state == "said":
            words = canary("own", state, INSIDE)
            office = {"by": world.people[Role.REFERRALS_OFFICER], "now": NOON}
            said = duplicates_actions.judge(**office, pair_id=pair.pk, verdict="same", reason=words)
            things["judgement_id"] = said.pk
        world.things["own", state] = world.things["foreign", state] = things
    world.things["own", "merged"] = world.things["foreign", "merged"] = {"merge_id": merged(world).pk}


def merged(world: World) -> Merge:
    """Two more referrals of one person, of which one follows the other."""
    own, foreign = a_referral("20"), a_referral("06")
    pair = Pair.objects.create(referral=own, other=foreign, probability=0.9, found_at=NOON)
    office: dict[str, Any] = {"by": world.people[Role.REFERRALS_OFFICER], "now": NOON}
    words = canary("own", "merged", INSIDE)
    said = duplicates_actions.judge(**office, pair_id=pair.pk, verdict="same", reason=words)
    return duplicates_actions.merge(**office, judgement_id=said.pk, leading=str(own), reason=words)


def call(world: World, owner: str, officer: User) -> None:
    """A live-time call the desk took; the force has not completed its draft."""
    word, office = canary(owner, "call", SHARED), world.people[Role.REFERRALS_OFFICER]
    told = {"force": officer.force, "caller": word, "why_urgent": word, "surname": word}
    taken = duty_desk_actions.take_call(by=office, now=NOON, idempotency_key=uuid4(), **told)
    world.things[owner, "call"] = {"call_id": taken.pk}


def drawn(world: World) -> None:
    """Two refusals were drawn to be read for quality."""
    draw = Draw.objects.create(
        month=NOON.date().replace(day=1), percentage=10, seed="a", method=METHOD, decisions=2, drawn_at=NOON
    )
    for place, owner in enumerate(("own", "foreign"), start=1):
        decision = TriageDecision.objects.get(referral__reference=world.of(owner, "refused")["reference"])
        reading = Reading.objects.create(draw=draw, decision=decision, place=place)
        world.things[owner, "drawn"] = {"draw_id": draw.pk, "reading_id": reading.pk}


def enquiries(world: World, owner: str, officer: User) -> None:
    """Two questions to the Duty Desk, one of them answered. The desk's own notes are for the desk."""
    office = world.people[Role.REFERRALS_OFFICER]
    for state in ENQUIRIES:
        word, asker = canary(owner, state, SHARED), "ice" if owner == "raised" else "force"
        asked: dict[str, Any] = {"force": officer.force, "contact": "", "caller": word, "question": word}
        enquiry = duty_desk_actions.log(by=officer, now=NOON, asker=asker, **asked)
        one: dict[str, Any] = {"enquiry_id": enquiry.pk, "by": office, "now": NOON}
        duty_desk_actions.add_note(**one, text=canary(owner, state, INSIDE))
        if state == "answered":
            duty_desk_actions.answer(**one, reply=word)
        world.things[owner, state] = {"pk": enquiry.pk, "enquiry_id": enquiry.pk}


def matrix(world: World, owner: str, officer: User) -> None:
    """Two results of the matrix, one of them discussed with the Referrals Office."""
    for state in ("assessed", "discussed"):
        word = canary(owner, state, SHARED)
        result = a_result(by=officer, own_reference=word)
        world.things[owner, state] = {"assessment_id": result.pk}
        if state == "discussed":
            asked = {"asker": "ice" if owner == "raised" else "force", "caller": word, "question": word}
            matrix_actions.discuss(assessment_id=result.pk, by=officer, now=NOON, contact="", **asked)


def notified(world: World, owner: str, officer: User) -> None:
    """What the officer was told: that there is a question about their referral."""
    told = Notification.objects.get(person=officer, kind="information_requested")
    world.things[owner, "notified"] = {"notification_id": told.pk}


def a_parked_mail() -> Mail:
    """An e-mail that a mail server refused too often."""
    row = Mail.objects.earliest("pk")
    token = sending.begin(mail_id=row.pk, now=NOW)
    assert token
    sending.park(mail_id=row.pk, token=token, now=NOW, failure="Refused.", may_have_arrived=False)
    return row


def an_absence(world: World) -> Absence:
    days = {"first_day": date(2026, 11, 20), "last_day": date(2026, 11, 27)}
    away = {"person": a_user(Role.CASE_OWNER), **days}
    return casework_actions.record_absence(by=world.people[Role.MANAGER], now=NOW, **away)


def an_app(person: User) -> Authenticator:
    code_of(person)
    return Authenticator.objects.get(user=person)


def settings(world: World) -> None:
    """What the administrator and the auditor look at."""
    person, disabled = a_user(Role.AUDITOR), a_user(Role.AUDITOR, is_active=False)
    view = desk_actions.save_view(
        by=world.people[Role.REFERRALS_OFFICER], now=NOON, name="Shared", query="state=submitted", shared=True
    )
    on_call = {"by": world.people[Role.MANAGER], "duty": "on_call", "person": world.people[Role.CIO_HMI]}
    shift = duty_desk_actions.add_shift(
        **on_call, now=NOW, starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=2)
    )
    entry = AuditEvent.objects.filter(kind="referral.submitted").earliest("id")
    review = retention_actions.open_review(
        by=world.people[Role.MANAGER],
        now=NOON,
        reference=world.of("own", "submitted")["reference"],
        reason="A court may ask for it.",
    )
    access = rights_actions.receive(
        by=world.people[Role.MANAGER],
        now=NOW,
        name="Somebody",
        born_on=None,
        contact="By post",
        identity="A passport was seen.",
        received_on=NOON.date(),
    )
    holiday = account_actions.add_bank_holiday(
        by=world.people[Role.ADMINISTRATOR], now=NOW, day=date(2026, 12, 15), reason="A royal wedding"
    )
    program = a_program(person, by=world.people[Role.ADMINISTRATOR])
    world.things["own", "settings"] = world.things["foreign", "settings"] = {
        "user_id": person.pk,
        "disabled": disabled.pk,
        "factor_id": an_app(person).pk,
        "code": "06",
        "another": a_user(Role.CASE_OWNER).pk,
        "holiday_id": holiday.pk,
        "integration_id": program.pk,
        "key_id": program.keys.get().pk,
        "team_id": Team.objects.get(code="asylum_casework").pk,
        "entry_id": entry.pk,
        "review_id": review.pk,
        "request_id": access.pk,
        "mail_id": a_parked_mail().pk,
        "shift_id": shift.pk,
        "another_cio": a_user(Role.CIO_HMI).pk,
        "referrals_officer": a_user(Role.REFERRALS_OFFICER).pk,
        "view_id": view.pk,
        "officer": a_user(Role.REFERRALS_OFFICER).pk,
        "person_id": world.people[Role.CASE_OWNER].pk,
        "absence_id": an_absence(world).pk,
    }
