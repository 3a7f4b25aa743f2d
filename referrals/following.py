"""What the force may know of its referral: stage, what is asked of it, outcome, what happened.

"Police partners will be provided with regular reports detailing all recorded progress" (p. 11). Never
internal notes, never the balance text, never who holds the referral.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from nexus.parts import the_one
from nexus.ui.formatting import date as written
from nexus.ui.formatting import weekday
from referrals.models import (
    Outcome,
    Question,
    Referral,
    ReferralChange,
    TriageDecision,
)
from referrals.parts import Progress, referral_parts
from referrals.queries import flag_changes, open_questions, standing_decision
from referrals.states import MOVES, WHAT_A_FOLLOWERS_FORCE_IS_TOLD, State

# Moves of which the force reads; a release is the Referrals Office's own affair.
SHARED_MOVES = {verb: move for verb, move in MOVES.items() if move.force_title}
OWN_MOVES = frozenset({"submit", "withdraw"})  # the force's own acts carry a name


@dataclass(frozen=True)
class Following:
    """Everything the force's page and PDF say besides the answers themselves."""

    stage: str
    state_words: str
    last_action: datetime | date
    questions: list[Question]
    requests_in_progress: tuple[str, ...]
    outcome: TriageDecision | None
    happenings: list[dict[str, Any]]

    @property
    def outcome_in_words(self) -> str:
        """Accepted · Not accepted · Redirected: National Removal Command"""
        if self.outcome is None:
            return ""
        words = str(self.outcome.get_outcome_display())
        if self.outcome.outcome == Outcome.REDIRECTED:
            return f"{words}: {self.outcome.get_destination_display()}"
        return words


def following(referral: Referral) -> Following:
    """At most seven queries, and what the case's progress takes."""
    progress = shared_progress(referral)
    happenings = sorted(
        [*_own(referral), *(_shared(row) for row in progress)],
        key=lambda entry: _at(entry["at"]),
        reverse=True,
    )
    return Following(
        stage=stage(referral, progress),
        state_words=state_words(referral),
        last_action=happenings[0]["at"] if happenings else referral.changed_at,
        questions=list(open_questions(referral).order_by("number")),
        requests_in_progress=tuple(row.asked_of_force for row in progress if row.asked_of_force),
        outcome=standing_decision(referral),
        happenings=happenings,
    )


def state_words(referral: Referral) -> str:
    """What the stage means, in a sentence; also that a flag no longer stands."""
    flag = referral.flag if referral.state == State.ACCEPTED else None
    if flag and flag.removed_at:
        return f"Accepted. The Nexus High Harm flag was removed on {written(flag.removed_at)}."
    if referral.follows:
        return WHAT_A_FOLLOWERS_FORCE_IS_TOLD[referral.follows.state == State.ACCEPTED]
    return referral.state_record.force_reads


def stage(referral: Referral, progress: list[Progress]) -> str:
    """The referral's state, and for an accepted one the latest that its case shares: Accepted: Decision made.

    One that follows an accepted referral of the same person is accepted with it.
    """
    if referral.follows and referral.follows.state == State.ACCEPTED:
        return str(State.ACCEPTED.label)
    state = str(referral.get_state_display())
    return f"{state}: {progress[0].title}" if progress else state


def shared_progress(referral: Referral) -> list[Progress]:
    """Progress of the case, as far as it is shared with the force."""
    if referral.state != State.ACCEPTED:
        return []
    return list(the_one(part.shared_progress for part in referral_parts())(referral=referral))


def _shared(row: Progress) -> dict[str, Any]:
    text = "\n\n".join(part for part in (row.text, row.asked_of_force) if part)
    tag = "Asks something of the force" if row.asked_of_force else ""
    return {"title": row.title, "at": row.on, "by": "", "text": text, "tag": tag}


def _own(referral: Referral) -> list[dict[str, Any]]:
    requests = referral.information_requests.prefetch_related("questions__answered_by")
    questions_at = {request.asked_at: list(request.questions.all()) for request in requests}
    changes = ReferralChange.objects.filter(referral=referral, verb__in=SHARED_MOVES).select_related("by")
    settled = [_settled(question) for questions in questions_at.values() for question in questions]
    happened = [
        *(_happening(change, questions_at) for change in changes),
        *(entry for entry in settled if entry),
    ]
    return [*_flag_changes(referral), *happened]


def _flag_changes(referral: Referral) -> list[dict[str, Any]]:
    """That the flag was removed or set again, and why, without a name."""
    title = "The Nexus High Harm flag was {}"
    return [
        {"title": title.format(done), "at": at, "by": "", "text": why, "tag": ""}
        for done, _by, at, why in flag_changes(referral)
    ]


def _happening(change: ReferralChange, questions_at: dict[datetime, list[Question]]) -> dict[str, Any]:
    move = SHARED_MOVES[change.verb]
    text = change.reason if move.reason_shared else ""
    if change.verb == "request_information":
        text = "\n\n".join(
            f"{question.text}\nPlease answer by {weekday(question.due_on)}."
            for question in questions_at.get(change.at, [])
        )
    by = change.by.full_name if change.verb in OWN_MOVES and change.by else ""
    return {"title": move.force_title, "at": change.at, "by": by, "text": text, "tag": ""}


def _settled(question: Question) -> dict[str, Any] | None:
    """An answer, with who of the force gave it; or that the question was withdrawn, and why."""
    if question.answered_at and question.answered_by:
        text, by = f"{question.text}\n\n{question.answer}", question.answered_by.full_name
        return {"title": "Information given", "at": question.answered_at, "by": by, "text": text, "tag": ""}
    if question.withdrawn_at:
        text, at = f"{question.text}\n\n{question.withdrawn_reason}", question.withdrawn_at
        title = "The Referrals Office withdrew a question"
        return {"title": title, "at": at, "by": "", "text": text, "tag": ""}
    return None


def _at(when: datetime | date) -> datetime:
    """A day without a time counts as its end, so that it stands above what happened on it."""
    if isinstance(when, datetime):
        return when
    return datetime.combine(when, time(23, 59), timezone.get_default_timezone())
