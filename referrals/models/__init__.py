"""One referral, from a force's first draft to the Referrals Office's decision."""

from referrals.models.corrections import Correction, CorrectionRecipient, StaleFinding
from referrals.models.decisions import (
    Allocation,
    Destination,
    Outcome,
    SpecialConditionsFlag,
    TriageDecision,
)
from referrals.models.notes import NoteKind, ReferralNote
from referrals.models.proposals import (
    Proposal,
    ProposalChange,
)
from referrals.models.questions import (
    InformationRequest,
    Question,
)
from referrals.models.referral import (
    Answer,
    Channel,
    DatePrecision,
    Pending,
    ReferenceCounter,
    Referral,
    ReferralChange,
    Sex,
)
from referrals.models.rows import (
    Alias,
    Attachment,
    ConductEvent,
    Grounding,
    Nationality,
    NationalitySource,
    Standing,
)

__all__ = [
    "Alias",
    "Allocation",
    "Answer",
    "Attachment",
    "Channel",
    "ConductEvent",
    "Correction",
    "CorrectionRecipient",
    "DatePrecision",
    "Destination",
    "Grounding",
    "InformationRequest",
    "Nationality",
    "NationalitySource",
    "NoteKind",
    "Outcome",
    "Pending",
    "Proposal",
    "ProposalChange",
    "Question",
    "ReferenceCounter",
    "Referral",
    "ReferralChange",
    "ReferralNote",
    "Sex",
    "SpecialConditionsFlag",
    "StaleFinding",
    "Standing",
    "TriageDecision",
]
