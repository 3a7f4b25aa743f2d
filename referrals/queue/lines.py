"""One line of the queue: its clocks, what is missing, and whether somebody may take it."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from nexus.accounts.models import User
from nexus.waiting import words_of
from nexus.working_days import local_day, working_days_between
from referrals.models import Referral
from referrals.models.place import target_of
from referrals.queue.clocks import Clock, OpenRequest, custody_clock, waiting_for
from referrals.queue.news import news_of
from referrals.risks import risks_on_referral
from referrals.rules.clocks import TargetClock
from referrals.rules.terms import MaterialLevel, Status
from referrals.states import UNDECIDED, State


def missing(referral: Referral, today: date) -> list[str]:
    """What triage waits for or will have to find out, in a few words each."""
    open_request = waiting_for(referral, today)
    found = [open_request.words] if open_request else []
    if referral.immigration_status in ("", Status.UNKNOWN):
        found.append("immigration status")
    if referral.no_identifiers_known:
        found.append("identifiers")
    if referral.date_of_birth is None:
        found.append("date of birth")
    if "not_known" in (referral.may_be_british, referral.may_be_irish, referral.right_of_abode):
        found.append("scope check")
    if referral.material_level == MaterialLevel.NONE:
        found.append("disclosable material")
    return found


@dataclass(frozen=True)
class Line:
    """One line of the queue. `age` in working days; `target` the local one, with what was counted.

    `old_clock` is what is asked of a detention clock that is older than the law allows.
    `news` is what came back to who holds it, and when: Answered 2:38am.
    `risks` are those the referral itself says yes to, and `risk_names` the same in fewer words: a line has no room
    for what is not known.
    """

    referral: Referral
    clock: Clock | None
    target: TargetClock | None
    age: int
    missing: list[str]
    open_request: OpenRequest | None
    claimable: bool
    stamp: str
    risks: list[str]
    risk_names: list[str]
    news: str
    news_colour: str
    old_clock: str

    @property
    def to_judge(self) -> int:
        """How many may be the same person and were not judged yet; once it is decided nobody asks."""
        pairs: int = self.referral.pairs_to_judge  # type: ignore[attr-defined]
        return pairs if self.referral.state in UNDECIDED else 0

    @property
    def same_person(self) -> str:
        """In words: 2 to judge; leads 1 · follows NHH-2026-000123"""
        leads: int = self.referral.followers_count  # type: ignore[attr-defined]
        follows = self.referral.follows
        parts = [f"{self.to_judge} to judge" if self.to_judge else "", f"leads {leads}" if leads else ""]
        return "; ".join(each for each in (*parts, f"follows {follows}" if follows else "") if each)


def stamp(referral: Referral) -> str:
    """What of a referral a verb on many must find unchanged: its state, who holds it, what it says."""
    state = (referral.state, referral.claimed_by_id, referral.claimed_at, referral.changed_at)
    return sha256(repr(state).encode()).hexdigest()[:12]


def line(referral: Referral, *, by: User, now: datetime) -> Line:
    """`referral` is of `queue()`. The age stops at the decision or the withdrawal."""
    ended = referral.decided_at or referral.withdrawn_at or now  # type: ignore[attr-defined]
    submitted = referral.submitted_at or now  # the queue holds what the force has sent
    undecided = referral.state in UNDECIDED
    news = news_of(referral)
    known = [risk for risk in risks_on_referral(referral) if risk.is_known]
    return Line(
        referral,
        custody_clock(referral, now),
        target=target_of(referral, now),
        age=working_days_between(submitted, ended),
        missing=missing(referral, local_day(now)) if undecided else [],
        open_request=waiting_for(referral, local_day(now)) if undecided else None,
        stamp=stamp(referral),
        risks=[str(risk) for risk in known],
        risk_names=[risk.name for risk in known],
        news=words_of(*news, now) if news else "",
        news_colour=news[0].colour if news else "",
        old_clock=referral.detention_question(now) if undecided else "",
        claimable=referral.state == State.SUBMITTED
        and not referral.follows_id
        and referral.created_by_id != by.pk,
    )
