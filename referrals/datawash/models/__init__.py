"""The register, agreements with forces, their lists, and what the wash and the reviewers found."""

from referrals.datawash.models.register import CurrentTransaction, Person
from referrals.datawash.models.reviews import Review, Verdict
from referrals.datawash.models.rows import TO_REVIEW, Candidate, WashRow
from referrals.datawash.models.washes import Agreement, RemarkKind, Wash, WashChange, WashRemark

__all__ = [
    "TO_REVIEW",
    "Agreement",
    "Candidate",
    "CurrentTransaction",
    "Person",
    "RemarkKind",
    "Review",
    "Verdict",
    "Wash",
    "WashChange",
    "WashRemark",
    "WashRow",
]
