"""Operational engagement in the world of the access matrix: one in every state that somebody else may not see."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from casework.actions import record_barrier
from casework.engagement import actions
from casework.engagement.exact_text import exact_text, sha256_of, text_to_sign
from casework.engagement.models import Engagement
from casework.engagement.rules.authorising import Check
from casework.engagement.rules.risks import Answered, Question
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import CASEWORK_ROLES, POLICE_ROLES, Role
from nexus.audit.recording import record

STAGES = (
    "opdraft",
    "oprequested",
    "opassured",
    "opassessed",
    "opauthorised",
    *("optasked", "opaccepted", "opdone"),
)
STATES = (*STAGES, "opreturned", "opverbal", "opstopped")
REACHED = ("optasked", "opaccepted", "opdone", "opstopped")
# What stops every other operation of its case, or would be stopped by one of them, has a case to itself.
BY_ITSELF = ("opauthorised", "optasked", "opaccepted", "opreturned", "opverbal", "opstopped")
HOME_OFFICE = CASEWORK_ROLES | {Role.REFERRALS_OFFICER}
NO = {question.value: Answered("no", "") for question in Question}
Word = Callable[[str, bool], str]  # a state's canary, and whether the force may read it


def exists_for(role: Role, owner: str, state: str) -> bool:
    return role in HOME_OFFICE or (role in POLICE_ROLES and owner == "own" and state in REACHED)


def may_know(role: Role | None, whose: str, state: str, *, shared: bool) -> bool:
    return role in HOME_OFFICE or (role in POLICE_ROLES and whose == "own" and shared and state in REACHED)


def make(
    case: Case,
    another: Callable[[], Case],
    people: Mapping[Role, User],
    officer: User,
    word: Word,
    now: datetime,
) -> dict[str, Any]:
    """The address of an engagement in each state, on one case or `another`, asked of the officer's force."""

    def making(state: str) -> Making:
        return Making(another() if state in BY_ITSELF else case, people, officer, word, now)

    return {state: {"engagement_id": making(state).to(state).pk} for state in STAGES} | {
        "opreturned": making("opreturned").returned(),
        "opverbal": {"engagement_id": making("opverbal").verbal().pk},
        "opstopped": {"engagement_id": making("opstopped").stopped().pk},
    }


class Making:
    """One engagement on its way."""

    def __init__(
        self, case: Case, people: Mapping[Role, User], officer: User, word: Word, now: datetime
    ) -> None:
        self.case, self.people, self.officer, self.word, self.now = case, people, officer, word, now
        self.owner, self.cio = people[Role.CASE_OWNER], people[Role.CIO_HMI]

    def draft(self, state: str) -> Engagement:
        begun = {"case_id": self.case.pk, "by": self.owner, "now": self.now}
        made = actions.start(**begun, kind="arrest", force=self.officer.force)
        one: dict[str, Any] = {"engagement_id": made.pk, "by": self.owner, "now": self.now}
        inside, shared = self.word(state, False), self.word(state, True)
        trafficking = {"trafficking": Answered("yes", inside)} if state == "opreturned" else {}
        risks = {**NO, "medical": Answered("yes", inside), "warnings": Answered("yes", shared), **trafficking}
        actions.save_risks(**one, risks=risks, at_risk_level="", safety_note=shared)
        return actions.save_details(**one, **{**DETAILS, "asked": shared, "why": inside}, **self.window())

    def window(self) -> dict[str, datetime]:
        return {
            "window_starts_at": self.now + timedelta(days=1),
            "window_ends_at": self.now + timedelta(days=2),
        }

    def stopped(self) -> Engagement:
        """Accepted by the force; then something became known."""
        engagement = self.to("opaccepted", "opstopped")
        about = {"kind": "claim", "since": self.now.date(), "details": "Made."}
        record_barrier(case_id=self.case.pk, by=self.owner, now=self.now, **about)
        return engagement

    def to(self, state: str, named: str = "") -> Engagement:
        """As far as `state`, with the words of the state it is `named` after."""
        engagement = self.draft(named or state)
        one: dict[str, Any] = {"engagement_id": engagement.pk, "now": self.now}
        lead = {"by": self.officer}
        words = self.word(named or state, True)
        steps: tuple[tuple[str, dict[str, Any]], ...] = (
            ("request", {"by": self.owner}),
            (
                "quality_assure",
                {"by": self.cio, "checked": Check.values(), "findings": "Seen and read through."},
            ),
            (
                "assess_risk",
                {"by": self.cio, "risk_level": "low", "risk_controls": self.word(named or state, False)},
            ),
            ("authorise", {"by": self.cio, **self.authorising(named or state)}),
            ("task", {"by": self.cio}),
            ("accept", {**lead, "words": words}),
            ("execute", {**lead, "happened_at": self.now, "officers": words}),
        )
        for verb, said in steps[: STAGES.index(state)]:
            record(kind="engagement.viewed", by=self.cio, subject=engagement, now=self.now)
            more = {"sha256": text_of(engagement.pk)} if verb == "authorise" else {}
            getattr(actions, verb)(**one, **said, **more)
        record(kind="engagement.viewed", by=self.cio, subject=engagement, now=self.now)
        return engagement

    def authorising(self, state: str) -> dict[str, Any]:
        words = {"reasons": self.word(state, False), "conditions": self.word(state, True)}
        return {**words, "expires_at": self.now + timedelta(days=2), "confirmed_at": self.now}

    def returned(self) -> dict[str, int]:
        engagement = self.draft("opreturned")
        one: dict[str, Any] = {"engagement_id": engagement.pk, "now": self.now}
        actions.request(**one, by=self.owner)
        actions.send_back(**one, by=self.cio, issues=[self.word("opreturned", False)])
        return {"engagement_id": engagement.pk, "issue_id": engagement.issues.get().pk}

    def verbal(self) -> Engagement:
        """Logged, and every section of it written: only the signature is missing."""
        words = self.word("opverbal", False)
        made = actions.log_verbal(
            case_id=self.case.pk,
            by=self.cio,
            now=self.now,
            kind="arrest",
            force=self.officer.force,
            asked_by=self.owner,
            asked_at=self.now,
            said=words,
            conditions=words,
            expires_at=self.now + timedelta(hours=9),
            risks={name: NO[name] for name in ("adults_at_risk", "trafficking")},
            confirmed_at=self.now,
        )
        one: dict[str, Any] = {"engagement_id": made.pk, "by": self.cio, "now": self.now}
        actions.save_risks(**one, risks=NO, at_risk_level="", safety_note=words)
        return actions.save_details(**one, **{**DETAILS, "why": words}, **self.window())


def text_of(engagement_id: int) -> str:
    """The digest of what somebody is about to sign."""
    rows = Engagement.objects.select_related("case__referral", "force")
    engagement = rows.get(pk=engagement_id)
    return sha256_of(text_to_sign(engagement) if engagement.to_write_up else exact_text(engagement))


DETAILS = {
    "legal_power": "ia1971_s2_17",
    "address": "14 Quince Row",
    "asked": "A van.",
    "why": "He absconded in May.",
}


# The section of a verbal authorisation: what is asked was said.
SECTION = {name: words for name, words in DETAILS.items() if name != "asked"}


def moment(name: str, day: str, clock: str) -> dict[str, str]:
    year, month, number = day.split("-")
    parts = {f"{name}_on-day": number, f"{name}_on-month": month, f"{name}_on-year": year}
    return {**parts, f"{name}_time": clock}


WINDOW = {**moment("window_starts", "2026-12-01", "6am"), **moment("window_ends", "2026-12-01", "9am")}
UNTIL = moment("expires", "2026-12-02", "6am")
DONE = {**moment("happened", "2026-11-18", "12pm"), "officers": "Two officers"}
ANSWERS = dict.fromkeys(Question.values(), "no")
AUTHORISING = {
    "reasons": "Necessary and proportionate.",
    **moment("expires", "2026-11-20", "10am"),
}
SIGNING = {
    "risk_level": "low",
    "risk_controls": "None known to the force.",
    "reasons": "As said on the telephone.",
}
QUALITY = {"checked": Check.values(), "findings": "Seen and read through."}
VERBAL = {
    "kind": "arrest",
    "force": "20",
    "said": "He may leave the address tonight.",
    **moment("asked", "2026-11-18", "9am"),
    **UNTIL,
    **ANSWERS,
}
