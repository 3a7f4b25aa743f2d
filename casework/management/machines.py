"""Every state machine of the service, for the page that draws them and the tests that hold them.

States and moves come from each `states.py`, who may from each `WHO_MAY`, the audit kinds from the moves. Only what
no table holds is said here: which verb makes a move that people do not name themselves, and which moves nobody makes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices

from casework.decisions.permissions import WHO_MAY as DECISION_WHO_MAY
from casework.decisions.states import CHALLENGE_MOVES, CHALLENGE_STATES, VERB_OF, ChallengeState
from casework.decisions.states import MOVES as DECISION_MOVES
from casework.decisions.states import STATES as DECISION_STATES
from casework.decisions.states import State as DecisionState
from casework.engagement.permissions import WHO_MAY as ENGAGEMENT_WHO_MAY
from casework.engagement.states import ALLOWED as ALLOWED_ON_ENGAGEMENT
from casework.engagement.states import MOVES as ENGAGEMENT_MOVES
from casework.engagement.states import STATES as ENGAGEMENT_STATES
from casework.engagement.states import State as EngagementState
from casework.material.permissions import WHO_MAY as MATERIAL_WHO_MAY
from casework.material.states import MOVES as MATERIAL_MOVES
from casework.material.states import STATES as MATERIAL_STATES
from casework.material.states import State as MaterialState
from casework.models import MOVED_BY, ProgressKind
from casework.permissions import WHO_MAY as CASE_WHO_MAY
from casework.reports.permissions import WHO_MAY as REPORT_WHO_MAY
from casework.reports.states import MOVES as REPORT_MOVES
from casework.reports.states import STATES as REPORT_STATES
from casework.reports.states import State as ReportState
from casework.states import ALLOWED
from casework.states import MOVES as CASE_MOVES
from casework.states import STATES as CASE_STATES
from casework.states import State as CaseState
from casework.support.permissions import WHO_MAY as SUPPORT_WHO_MAY
from casework.support.states import MAY_BE_AMENDED, MAY_BE_TALKED_ABOUT
from casework.support.states import MOVES as SUPPORT_MOVES
from casework.support.states import STATES as SUPPORT_STATES
from casework.support.states import State as SupportState
from casework.tribunal.permissions import WHO_MAY as BUNDLE_WHO_MAY
from casework.tribunal.states import MOVES as BUNDLE_MOVES
from casework.tribunal.states import STATES as BUNDLE_STATES
from casework.tribunal.states import State as BundleState
from nexus.accounts.permissions import WhoMay
from nexus.accounts.roles import Role
from nexus.fsm import Moves
from nexus.notifications.permissions import WHO_MAY as MAIL_WHO_MAY
from nexus.notifications.states import MOVES as MAIL_MOVES
from nexus.notifications.states import STATES as MAIL_STATES
from nexus.notifications.states import State as MailState
from nexus.retention.permissions import WHO_MAY as REVIEW_WHO_MAY
from nexus.retention.states import MOVES as REVIEW_MOVES
from nexus.retention.states import STATES as REVIEW_STATES
from nexus.retention.states import State as ReviewState
from nexus.rights.permissions import WHO_MAY as ACCESS_WHO_MAY
from nexus.rights.states import MOVES as ACCESS_MOVES
from nexus.rights.states import STATES as ACCESS_STATES
from nexus.rights.states import State as AccessState
from nexus.states import StateRecord
from referrals.datawash.permissions import WHO_MAY as DATAWASH_WHO_MAY
from referrals.datawash.states import MOVES as DATAWASH_MOVES
from referrals.datawash.states import STATES as DATAWASH_STATES
from referrals.datawash.states import State as DatawashState
from referrals.duty_desk.permissions import WHO_MAY as ENQUIRY_WHO_MAY
from referrals.duty_desk.states import MOVES as ENQUIRY_MOVES
from referrals.duty_desk.states import STATES as ENQUIRY_STATES
from referrals.duty_desk.states import State as EnquiryState
from referrals.permissions import PROPOSALS
from referrals.permissions import WHO_MAY as REFERRAL_WHO_MAY
from referrals.states import MOVES as REFERRAL_MOVES
from referrals.states import PROPOSAL_MOVES, PROPOSAL_STATES, VOIDS_A_PROPOSAL, ProposalState
from referrals.states import STATES as REFERRAL_STATES
from referrals.states import State as ReferralState

WORKER = "The worker that builds reports"
WASHER = "The worker that washes lists"
BINDER = "The worker that makes bundles"


@dataclass(frozen=True)
class Machine:
    """One life: its states and moves, who may make them, and under which audit kind each is written.

    `records` says everything of each state. `through` names, for a move people make by doing something else, that verb and its audit kind.
    `by_itself` names who makes a move that no person makes. `when` says in which states a verb that
    moves nothing may be done.
    """

    title: str
    noun: str
    states: type[TextChoices]
    records: Mapping[Any, StateRecord]
    initial: str
    moves: Moves
    who_may: WhoMay
    through: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    by_itself: Mapping[str, str] = field(default_factory=dict)
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def doers(self, verb: str) -> str:
        """Who makes a move. KeyError when no table says."""
        by_hand = self.through.get(verb, (verb,))[0]
        people = roles(self.who_may[by_hand]) if by_hand in self.who_may else ""
        return "; ".join(each for each in (people, self.by_itself.get(verb, "")) if each) or self._nobody(
            verb
        )

    def _nobody(self, verb: str) -> str:
        raise KeyError(f"{self.noun}: no table says who may {verb}")

    def kind(self, verb: str) -> str:
        """The audit kind under which a move is written."""
        made_by = self.through.get(verb)
        return f"{self.noun}.{made_by[1] if made_by else self.moves[verb].done}"


def roles(allowed: frozenset[Role]) -> str:
    return "; ".join(role.label for role in Role if role in allowed)  # one label has commas of its own


MACHINES = (
    Machine(
        "Referral",
        "referral",
        ReferralState,
        REFERRAL_STATES,
        ReferralState.DRAFT,
        REFERRAL_MOVES,
        REFERRAL_WHO_MAY,
        through={"hand_over_asked": ("hand_over", "handed_over")},
        by_itself={"release": "the service, when a claim has been idle"},
        when={"edit": (ReferralState.DRAFT,)},
    ),
    Machine(
        "Proposed decision",
        "proposal",
        ProposalState,
        PROPOSAL_STATES,
        ProposalState.PROPOSED,
        PROPOSAL_MOVES,
        PROPOSALS,
        by_itself={
            "lapse": "whoever does "
            + ", ".join(f"`{verb}`" for verb in VOIDS_A_PROPOSAL)
            + " to the referral"
        },
    ),
    Machine(
        "Case",
        "case",
        CaseState,
        CASE_STATES,
        CaseState.OPEN,
        CASE_MOVES,
        CASE_WHO_MAY,
        through={MOVED_BY[ProgressKind.EVIDENCE]: ("record_progress", "progress_recorded")},
        by_itself={
            "allocate": "acceptance of the referral, where no team holds the case",
            **dict.fromkeys(("draft", "review", "redraft", "decide", "serve"), "who does so to its decision"),
            **dict.fromkeys(("challenge", "uphold", "reconsider"), "who records it of its decision"),
        },
        when={verb: allowed.when for verb, allowed in ALLOWED.items()},
    ),
    Machine(
        "Decision",
        "decision",
        DecisionState,
        DECISION_STATES,
        DecisionState.DRAFT,
        DECISION_MOVES,
        DECISION_WHO_MAY,
        through={"supersede": ("reconsider", "superseded")},
        by_itself={
            "supersede": "a challenge that is allowed or sends it back",
            "void_review": "The service, when a trafficking indicator becomes known",
        },
        when={
            **dict.fromkeys(
                (
                    "save_section",
                    "write_letter",
                    "add_finding",
                    "change_finding",
                    "remove_finding",
                    "restore_finding",
                ),
                (DecisionState.DRAFT,),
            ),
            "lodge": (DecisionState.SERVED,),
            "record_appeal_right": (DecisionState.SERVED,),
            **dict.fromkeys(("add_hearing", "conclude"), (DecisionState.SERVED, DecisionState.SUPERSEDED)),
            "make_letter": (DecisionState.DECIDED, DecisionState.SERVED),
        },
    ),
    Machine(
        "Challenge",
        "challenge",
        ChallengeState,
        CHALLENGE_STATES,
        ChallengeState.OPEN,
        CHALLENGE_MOVES,
        WhoMay({verb: DECISION_WHO_MAY[verb] for verb in ("add_hearing", "conclude")}),
        through=dict.fromkeys(VERB_OF.values(), ("conclude", "concluded")),
    ),
    Machine(
        "Support request",
        "support",
        SupportState,
        SUPPORT_STATES,
        SupportState.DRAFT,
        SUPPORT_MOVES,
        SUPPORT_WHO_MAY,
        by_itself={"pass_on": "whoever submits it at Liverpool"},
        when={"amend": MAY_BE_AMENDED, "add_message": MAY_BE_TALKED_ABOUT},
    ),
    Machine(
        "Nexus material",
        "material",
        MaterialState,
        MATERIAL_STATES,
        MaterialState.SUMMARY_REQUESTED,
        MATERIAL_MOVES,
        MATERIAL_WHO_MAY,
        through={
            "supply_summary": ("supply", "summary_supplied"),
            "supply_statement": ("supply", "statement_supplied"),
        },
    ),
    Machine(
        "Bundle for a tribunal",
        "bundle",
        BundleState,
        BUNDLE_STATES,
        BundleState.WAITING,
        BUNDLE_MOVES,
        WhoMay({verb: BUNDLE_WHO_MAY[verb] for verb in ("make_bundle", "remake_bundle")}),
        by_itself={"begin": BINDER, "finish": BINDER, "requeue": BINDER, "fail": BINDER},
        when={"make_bundle": (BundleState.MADE, BundleState.FAILED)},
    ),
    Machine(
        "Progress report",
        "report",
        ReportState,
        REPORT_STATES,
        ReportState.SCHEDULED,
        REPORT_MOVES,
        REPORT_WHO_MAY,
        by_itself={"begin": WORKER, "finish": WORKER, "park": WORKER, "requeue": WORKER},
    ),
    Machine(
        "Data-wash",
        "datawash",
        DatawashState,
        DATAWASH_STATES,
        DatawashState.RECEIVED,
        DATAWASH_MOVES,
        DATAWASH_WHO_MAY,
        by_itself={
            **dict.fromkeys(("begin_reading", "finish_reading", "ask", "wait_again", "refuse"), WASHER),
            **dict.fromkeys(("begin", "finish", "park", "requeue"), WASHER),
            "go_stale": "The service, when the agreed days are over",
            "discard": "the service, when nobody had it washed in the agreed days",
        },
    ),
    Machine(
        "E-mail",
        "mail",
        MailState,
        MAIL_STATES,
        MailState.WAITING,
        MAIL_MOVES,
        MAIL_WHO_MAY,
        by_itself=dict.fromkeys(("begin", "finish", "postpone", "park"), "The worker that sends e-mails"),
    ),
    Machine(
        "Review of what is kept",
        "retention",
        ReviewState,
        REVIEW_STATES,
        ReviewState.DUE,
        REVIEW_MOVES,
        REVIEW_WHO_MAY,
        by_itself={"fall_due": "The service, on the day until which it is kept"},
    ),
    Machine(
        "Request for access to one’s data",
        "access",
        AccessState,
        ACCESS_STATES,
        AccessState.RECEIVED,
        ACCESS_MOVES,
        ACCESS_WHO_MAY,
        when={
            **dict.fromkeys(("add_record", "decide"), (AccessState.RECEIVED,)),
            "export": (AccessState.ANSWERED,),
        },
    ),
    Machine(
        "Enquiry to the Duty Desk",
        "enquiry",
        EnquiryState,
        ENQUIRY_STATES,
        EnquiryState.OPEN,
        ENQUIRY_MOVES,
        ENQUIRY_WHO_MAY,
        when={"hand_over": (EnquiryState.OPEN,), "take": (EnquiryState.OPEN,)},
    ),
    Machine(
        "Operational engagement",
        "engagement",
        EngagementState,
        ENGAGEMENT_STATES,
        EngagementState.DRAFT,
        ENGAGEMENT_MOVES,
        ENGAGEMENT_WHO_MAY,
        by_itself={
            "expire": "The service, when the authorisation has ended",
            "stop": "The service, when something becomes known that stands against it",
        },
        when={verb: allowed.when for verb, allowed in ALLOWED_ON_ENGAGEMENT.items()},
    ),
)
