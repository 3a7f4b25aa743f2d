"""The story of one referral: drafted, sent, triaged, decided — as far as there has been time for it."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework.demonstration.people import People
from casework.demonstration.second_reading_stories import ENDS, decide, stops
from casework.demonstration.subjects import PROFILES, Profile, Subject, draw_subject
from casework.demonstration.timeline import Story, days_later, happens, minutes_later, working_hours
from nexus.accounts.models import Team, User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from nexus.documents.actions import scan
from nexus.documents.storing import store
from nexus.working_days import add_working_days
from referrals import actions
from referrals.actions.asking import NewQuestion
from referrals.models import Destination, Outcome, Referral, TriageDecision
from referrals.queries import assessment_of
from referrals.rules.sections import SECTIONS
from referrals.rules.terms import Impact, Route, StatementNeed

# How many referrals of a hundred each force makes, where it is not one of the many with few.
SHARE = {"01": 20, "20": 13, "06": 9, "13": 5, "43": 4, "44": 4, "52": 4, "47": 4, "31": 3, "33": 3, "48": 2}
LIVE_TIME_OF_A_HUNDRED = 10
ABANDONED_OF_A_HUNDRED = 4
WITHDRAWN_OF_A_HUNDRED = 5
ASKED_OF_A_HUNDRED = 34
BY_PAGE_OF_A_HUNDRED = 14
ATTACHED_OF_A_HUNDRED = 40  # of those drafted page by page
RELEASED_OF_A_HUNDRED = 7
REOPENED_OF_A_HUNDRED = 40

# What follows an acceptance: the story of its case goes on where the referral's ends.
Aftermath = Callable[[TriageDecision, Random, datetime], Story]


@dataclass(frozen=True)
class Verdict:
    """How a profile is usually decided, of a hundred: the rest are not accepted."""

    accepted: int
    redirected: int
    route: Route
    significant: bool | None
    why: str
    why_not: str


VERDICTS: dict[str, Verdict] = {
    "no_leave": Verdict(
        76,
        18,
        Route.ADMINISTRATIVE_REMOVAL,
        None,
        "No valid leave, active police interest and conduct that makes removal a priority.",
        "The record now shows an application made in time, so removal is not open at present.",
    ),
    "persistent": Verdict(
        86,
        4,
        Route.CONVICTION_LED,
        True,
        "Repeated convictions within three years, with harm to the wider community shown for each.",
        "The convictions are minor and apart in time, and harm to the wider community is not shown.",
    ),
    "intelligence": Verdict(
        82,
        0,
        Route.INTELLIGENCE_LED,
        False,
        "Disclosable material shows a current and ongoing threat, told by several independent sources.",
        "The material rests on one source and cannot be disclosed, so it could not be relied on.",
    ),
    "custody": Verdict(
        66,
        32,
        Route.CONVICTION_LED,
        True,
        "A custodial sentence and continued police interest: the flag is set so that both commands know of it.",
        "The sentence was quashed on appeal and nothing else is put forward.",
    ),
    "overseas": Verdict(
        78,
        0,
        Route.CONVICTION_LED,
        True,
        "Serious convictions overseas, confirmed by the central authority, and present police interest.",
        "The overseas record could not be confirmed to belong to the subject.",
    ),
    "undetermined": Verdict(
        55,
        8,
        Route.ADMINISTRATIVE_REMOVAL,
        None,
        "The status was established during triage: no valid leave. Removal is a priority.",
        "The application is still undecided, so no limb of the guidance can be met today.",
    ),
    "thin": Verdict(
        0,
        0,
        Route.CONVICTION_LED,
        None,
        "",
        "Arrests without charge, acquittals and events in which the subject was the victim are not offending.",
    ),
    "out_of_scope": Verdict(
        0, 0, Route.CONVICTION_LED, None, "", "The subject is outside the scope of Operation Nexus."
    ),
    "no_interest": Verdict(
        0,
        0,
        Route.CONVICTION_LED,
        None,
        "",
        "No active police interest is recorded, and every limb needs it.",
    ),
}
DISCUSS = " If your concern remains, discuss the case with the Referrals Office. (Invented.)"
QUESTIONS = (
    "Which of the incidents were witnessed, and are the witnesses willing to be named?",
    "Please give the dates of the convictions that are listed without one.",
    "Who has the passport now? A copy of its photograph page is needed.",
    "Is the threat described in the summary still current? When was the last incident?",
    "Please say what is known of the children and who cares for them.",
    "Can an officer give evidence in person at the tribunal on the third incident?",
)
HOW_MANY_QUESTIONS = (1, 1, 1, 2, 3)
ANSWERS = (
    "Two of the incidents were witnessed and both witnesses are willing to be named.",
    "The dates have been checked with the court and are in the note sent with this answer.",
    "The passport is held in the property store; a copy will follow today.",
    "Yes. The last incident was in the past fortnight and is recorded.",
    "The children live with their other parent and see the subject at weekends.",
    "Yes, the officer in the case will attend and has been told.",
)
OUTWEIGHS = (
    "Weighed against status and length of residence: no family life is shown that outweighs the harm.",
    "A partner and a child here weigh against; the number and nature of the incidents weigh more.",
    "Short residence, no dependants known, and harm that several people describe alike.",
)
IMPACTS = (
    "Two people were hurt, one of them badly enough for hospital. (Invented.)",
    "Older people lost their savings, and one has not left the house since. (Invented.)",
    "A street of shops closes early since the thefts began; three owners describe it. (Invented.)",
)
DOES_NOT_OUTWEIGH = (
    "Long residence weighs heavily, and the evidence as it stands does not outweigh it.",
    "Lawful residence and a family here; what is put forward does not outweigh them.",
)
# An acceptance of what the rules reject, with the reasons for it.
DEPARTURE: dict[str, Any] = {
    "reasons": "The force’s interest was recorded under another name, and it confirmed it by telephone. (Invented.)",
    "balance": "A short stay, no family here, and three incidents in the last year.",
    "significant_impact": Impact.SIGNIFICANT,
    "impact_reasons": "Two people were hurt, and a family moved away. (Invented.)",
    "scope_confirmation": "Nationality document seen on the record; not British, Irish or exempt.",
    "route": Route.INTELLIGENCE_LED,
    "police_statement": StatementNeed.REQUIRED,
    "significant_conviction": False,
}
PROFILE_OF = {profile.name: profile for profile in PROFILES}
SCOPE_CHECKS = (
    "Nationality document seen on the record; not British, Irish or exempt.",
    "Record and fingerprints agree; no claim to British or Irish citizenship found.",
    "Right of abode considered and none found on the records looked at.",
)
STATEMENTS = (
    ("Statement of a neighbourhood officer. Three incidents seen in person.", "statement-neighbourhood.txt"),
    ("Summary of calls to the address. Eleven calls in fourteen months.", "summary-of-calls.txt"),
    ("Extract of the risk assessment. Made for the multi-agency conference.", "risk-extract.txt"),
)
# The kinds of row a page of the form has.
ROWS_OF = {"identity": ("alias", "nationality"), "conduct": ("conduct",)}
WITHDRAWALS = (
    "The subject has left the country of their own accord.",
    "Sent in error: another force leads on this subject and has referred already.",
    "The investigation was closed and there is no police interest any more.",
)
REOPENINGS = (
    "The force discussed the case with the Referrals Office and sent two new statements.",
    "A new conviction was recorded after the decision.",
)


@dataclass(frozen=True)
class Script:
    """What is settled about a story beforehand; everything else is drawn."""

    live: bool | None = None
    force: str = ""
    raised_by: str = ""
    # "draft", "sent", "question" or an end of a proposed decision: for the sign-ins a newcomer is shown
    stops_after: str = ""
    officer: str = ""  # who claims it
    profile: str = ""


class ReferralStories:
    """Draws referrals and tells their stories."""

    def __init__(self, people: People, *, aftermath: Aftermath) -> None:
        self.people = people
        self.aftermath = aftermath
        self.teams = {team.code: team for team in Team.objects.all()}
        self.officers = people.having(Role.REFERRALS_OFFICER)
        self.manager = people.having(Role.MANAGER)[0]

    def story(self, rng: Random, begins: datetime, script: Script = Script()) -> Story:
        """One referral from its first page on."""
        live = happens(rng, LIVE_TIME_OF_A_HUNDRED) if script.live is None else script.live
        begins = begins if live else working_hours(begins, rng)
        yield begins
        subject = draw_subject(rng, today=timezone.localdate(begins), profile=PROFILE_OF.get(script.profile))
        force = script.force or draw_force(rng, sorted(self.people.forces))
        by = self.people.by_email.get(script.raised_by) or self._raiser(rng, force, live)
        pages = len(SECTIONS)
        if script.stops_after == "draft" or (not live and happens(rng, ABANDONED_OF_A_HUNDRED)):
            pages = rng.randint(3, 11)
        referral = yield from self._draft(rng, begins, subject, by, force, live, pages)
        if pages < len(SECTIONS):
            return  # nobody came back to it
        sent = (
            minutes_later(begins, rng, 35, 80)
            if live
            else working_hours(minutes_later(begins, rng, 50, 4000), rng)
        )
        yield sent
        actions.submit(referral_id=referral.pk, by=by, now=sent)
        if script.stops_after in ENDS:
            yield from self._propose(rng, sent, referral, subject, script)
        elif script.stops_after != "sent":
            yield from self._triage(rng, sent, referral, subject, live, script.stops_after)

    def refer(self, rng: Random, subject: Subject, force: str, at: datetime) -> Referral:
        """A police officer of this force sends this subject's referral at once; nobody has claimed it."""
        by = self._raiser(rng, force, live=False)
        referral = actions.start(
            by=by,
            now=at,
            idempotency_key=UUID(int=rng.getrandbits(128), version=4),
            force=self.people.forces[force],
            **subject.answers | self._referrer(rng, by, force, at, live=False),
        )
        self._add_rows(referral, by, at, subject, tuple(subject.rows))
        return actions.submit(referral_id=referral.pk, by=by, now=at)

    def finish(
        self, rng: Random, referral: Referral, subject: Subject, at: datetime, *, stops_after: str = ""
    ) -> Story:
        """The rest of a draft begun from the matrix: what it lacks, sent an hour later, then triaged."""
        by, sent = referral.created_by, at + timedelta(hours=1)
        answers = subject.answers | self._referrer(rng, by, referral.force.code, at, live=False)
        self._add_rows(referral, by, at, subject, ("alias",))
        for row, values in zip(referral.conduct.order_by("pk"), subject.rows["conduct"], strict=True):
            actions.change_row(
                referral_id=referral.pk, by=by, now=at, kind="conduct", row_id=row.pk, values=values
            )
        for section in SECTIONS:
            values = {name: answers[name] for name in section.fields if name in answers}
            actions.save_section(referral_id=referral.pk, by=by, now=at, section=section.key, values=values)
        yield sent
        actions.submit(referral_id=referral.pk, by=by, now=sent)
        if stops_after != "sent":
            yield from self._triage(rng, sent, referral, subject, live=False, stops_after=stops_after)

    def _draft(
        self, rng: Random, begins: datetime, subject: Subject, by: User, force: str, live: bool, pages: int
    ) -> Generator[datetime, None, Referral]:
        """Mostly sent whole, as the API does; some page by page, and some of those never finished."""
        answers = subject.answers | self._referrer(rng, by, force, begins, live)
        by_page = pages < len(SECTIONS) or happens(rng, BY_PAGE_OF_A_HUNDRED)
        referral = actions.start(
            by=by,
            now=begins,
            idempotency_key=UUID(int=rng.getrandbits(128), version=4),
            force=self.people.forces[force],
            **({} if by_page else answers),
        )
        if not by_page:
            self._add_rows(referral, by, begins, subject, tuple(subject.rows))
        elif happens(rng, ATTACHED_OF_A_HUNDRED):
            self._attach(rng, referral, by, begins)
        moment = begins
        for section in SECTIONS[:pages] if by_page else ():
            moment = moment + timedelta(seconds=rng.randint(40, 150))
            yield moment
            self._add_rows(referral, by, moment, subject, ROWS_OF.get(section.key, ()))
            actions.save_section(
                referral_id=referral.pk,
                by=by,
                now=moment,
                section=section.key,
                values={name: answers[name] for name in section.fields if name in answers},
            )
        return referral

    def _attach(self, rng: Random, referral: Referral, by: User, now: datetime) -> None:
        """A short statement as a text file, checked at once."""
        words, name = rng.choice(STATEMENTS)
        upload = SimpleUploadedFile(name, f"{words}\n\nThis document is invented.\n".encode())
        stored = store(upload=upload, by=by, now=now)
        scan(file_id=stored.pk, now=now)
        values = {
            "file": stored,
            "description": words.partition(".")[0],
            "marking": "official_sensitive",
            "disclosable": happens(rng, 60),
        }
        actions.add_row(referral_id=referral.pk, by=by, now=now, kind="attachment", values=values)

    def _add_rows(
        self, referral: Referral, by: User, now: datetime, subject: Subject, kinds: tuple[str, ...]
    ) -> None:
        for kind in kinds:
            for values in subject.rows[kind]:
                actions.add_row(referral_id=referral.pk, by=by, now=now, kind=kind, values=values)

    def _raiser(self, rng: Random, force: str, live: bool) -> User:
        """Police, or for a part of the live-time referrals an immigration officer in the custody suite."""
        if live and happens(rng, 50):
            return rng.choice(self.people.having(Role.IMMIGRATION_OFFICER))
        return rng.choice(self.people.having(Role.POLICE_OFFICER, force=force))

    def _referrer(self, rng: Random, by: User, force: str, begins: datetime, live: bool) -> dict[str, Any]:
        lead = self.people.having(Role.FORCE_LEAD, force=force)[0]
        custody = (
            {
                "in_custody": True,
                "custody_reference": f"{rng.choice('BCDKSW')}{rng.choice('ADLNZ')}/{rng.randint(10000, 99999)}",
                "custody_clock_started_at": (begins - timedelta(minutes=rng.randint(20, 200))).replace(
                    second=0, microsecond=0
                ),
            }
            if live
            else {"in_custody": False}
        )
        return custody | {
            "officer": by.full_name,
            "officer_contact": by.email,
            "supervisor": rng.choice(("Sergeant Corwen Blythe", "Inspector Hester Vane", "DS Anil Rookwood")),
            "channel": "live_time" if live else "standard",
            "commits_information": True,
            "commits_tracing": True,
            "commits_evidence": True,
            "commits_resources": True,
            "signatory": lead.full_name,
            "signatory_post": "Force lead for Nexus",
        }

    def _triage(
        self, rng: Random, sent: datetime, referral: Referral, subject: Subject, live: bool, stops_after: str
    ) -> Story:
        """Claimed, perhaps given back, perhaps asked about, perhaps withdrawn, then decided."""
        if not stops_after and happens(rng, WITHDRAWN_OF_A_HUNDRED):
            return (yield from self._withdraw(rng, sent, referral))
        claimed = minutes_later(sent, rng, 10, 70) if live else days_later(sent, rng, 1, 7)
        yield claimed
        officer = self._claim(rng, referral, claimed)
        if happens(rng, RELEASED_OF_A_HUNDRED):
            released = days_later(claimed, rng, 1, 2)
            yield released
            actions.release(
                referral_id=referral.pk,
                by=self.manager,
                now=released,
                reason="The officer is on leave this week.",
            )
            claimed = days_later(released, rng, 0, 2)
            yield claimed
            officer = self._claim(rng, referral, claimed)
        moment = claimed
        if stops_after == "question" or happens(rng, ASKED_OF_A_HUNDRED):
            stops_here = stops_after == "question"
            moment = yield from self._ask(rng, claimed, referral, officer, stops_here=stops_here)
            if stops_here:
                return
        decided = minutes_later(moment, rng, 60, 900) if live else days_later(moment, rng, 1, 9)
        yield decided
        yield from self._decide(rng, decided, referral, subject, officer)

    def _propose(
        self, rng: Random, sent: datetime, referral: Referral, subject: Subject, script: Script
    ) -> Story:
        """Claimed, and a decision that needs a second reader proposed: no limb is met, or it is not accepted."""
        claimed = days_later(sent, rng, 0, 1)
        yield claimed
        self._claim(rng, referral, claimed, self.people.by_email.get(script.officer))
        refusal = {"reasons": VERDICTS[subject.profile.name].why_not + DISCUSS}
        said = {**refusal, "balance": rng.choice(DOES_NOT_OUTWEIGH)}
        outcome = Outcome.NOT_ACCEPTED
        if script.profile == "no_interest":
            outcome, said = Outcome.ACCEPTED, DEPARTURE
        yield from stops(
            rng, claimed, referral, self.officers, self.manager, outcome, said, script.stops_after
        )

    def _withdraw(self, rng: Random, sent: datetime, referral: Referral) -> Story:
        moment = days_later(sent, rng, 0, 6)
        yield moment
        actions.withdraw(
            referral_id=referral.pk, by=referral.created_by, now=moment, reason=rng.choice(WITHDRAWALS)
        )

    def _claim(self, rng: Random, referral: Referral, now: datetime, officer: User | None = None) -> User:
        """An officer takes the referral and opens it."""
        officer = officer or rng.choice(self.officers)
        actions.claim(referral_id=referral.pk, by=officer, now=now)
        record(kind="referral.viewed", by=officer, subject=referral, now=now)
        return officer

    def _ask(
        self, rng: Random, claimed: datetime, referral: Referral, officer: User, *, stops_here: bool
    ) -> Generator[datetime, None, datetime]:
        """One question or several, and when the last is answered; some stay open past their date."""
        numbers = rng.sample(range(len(QUESTIONS)), rng.choice(HOW_MANY_QUESTIONS))
        asked = days_later(claimed, rng, 0, 2)
        yield asked
        request = actions.request_information(
            referral_id=referral.pk,
            by=officer,
            now=asked,
            questions=[
                NewQuestion(QUESTIONS[number], add_working_days(asked, rng.choice((3, 5, 10))))
                for number in numbers
            ],
        )
        moment = asked
        open_ones = list(zip(request.questions.order_by("number"), numbers, strict=True))
        for question, number in open_ones[:-1] if stops_here else open_ones:
            moment = days_later(moment, rng, 1, 12 // len(numbers))
            yield moment
            actions.answer_information(
                referral_id=referral.pk,
                question_id=question.pk,
                by=referral.created_by,
                now=moment,
                answer=f"{ANSWERS[number]} (Invented.)",
            )
        if not stops_here:
            record(kind="referral.viewed", by=officer, subject=referral, now=moment)
        return moment

    def _decide(
        self, rng: Random, decided: datetime, referral: Referral, subject: Subject, officer: User
    ) -> Story:
        verdict = VERDICTS[subject.profile.name]
        drawn = rng.randrange(100)
        if drawn < verdict.accepted:
            yield from self._accept(rng, decided, referral, subject.profile, officer)
        elif drawn < verdict.accepted + verdict.redirected:
            self._redirect(rng, decided, referral, subject.profile, officer)
        else:
            yield from self._not_accept(rng, decided, referral, subject.profile, officer)

    def _accept(
        self, rng: Random, now: datetime, referral: Referral, profile: Profile, officer: User
    ) -> Story:
        verdict = VERDICTS[profile.name]
        held_by = self._holder(rng, profile)
        found = assessment_of(
            Referral.objects.get(pk=referral.pk),
            held_by=held_by.code if held_by else None,
            significant_conviction=verdict.significant,
        ).police_statement
        decision = yield from decide(
            rng,
            now,
            referral,
            officer,
            self.officers,
            Outcome.ACCEPTED,
            reasons=f"{verdict.why} (Invented.)",
            balance=rng.choice(OUTWEIGHS),
            significant_impact=Impact.SIGNIFICANT,
            impact_reasons=IMPACTS[referral.pk % len(IMPACTS)],
            scope_confirmation=rng.choice(SCOPE_CHECKS),
            route=verdict.route,
            police_statement=StatementNeed.NOT_NECESSARILY if found is StatementNeed.UNDETERMINED else found,
            significant_conviction=verdict.significant,
            held_by=held_by,
        )
        yield from self.aftermath(decision, rng, decision.decided_at)

    def _holder(self, rng: Random, profile: Profile) -> Team | None:
        """Criminal Casework has most of those with a custodial sentence, and others a few."""
        if profile.name == "custody" and happens(rng, 75):
            return self.teams["criminal_casework"]
        return self.teams["asylum_casework"] if happens(rng, 3) else None

    def _redirect(
        self, rng: Random, now: datetime, referral: Referral, profile: Profile, officer: User
    ) -> None:
        if profile.name == "custody":
            destination, why = Destination.CRIMINAL_CASEWORK, "Criminal Casework already has the case."
        else:
            destination = rng.choice(
                (Destination.NATIONAL_REMOVAL_COMMAND, Destination.REMOVALS_CASEWORK_COMMAND)
            )
            why = "An illegal entrant suitable for detention, without High Harm: a matter for removals."
        actions.redirect(
            referral_id=referral.pk,
            by=officer,
            now=now,
            destination=destination,
            reasons=f"{why} (Invented.)",
        )

    def _not_accept(
        self, rng: Random, now: datetime, referral: Referral, profile: Profile, officer: User
    ) -> Story:
        why_not = VERDICTS[profile.name].why_not
        decision = yield from decide(
            rng,
            now,
            referral,
            officer,
            self.officers,
            Outcome.NOT_ACCEPTED,
            reasons=why_not + DISCUSS,
            balance=rng.choice(DOES_NOT_OUTWEIGH),
        )
        if not VERDICTS[profile.name].accepted or not happens(rng, REOPENED_OF_A_HUNDRED):
            return
        reopened = days_later(decision.decided_at, rng, 5, 30)
        yield reopened
        actions.reopen(referral_id=referral.pk, by=officer, now=reopened, reason=rng.choice(REOPENINGS))
        decided = days_later(reopened, rng, 1, 6)
        yield decided
        yield from self._accept(rng, decided, referral, profile, officer)


def draw_force(rng: Random, codes: list[str]) -> str:
    return rng.choices(codes, [SHARE.get(code, 1) for code in codes])[0]
