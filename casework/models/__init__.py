"""One case, from allocation to outcome."""

from casework.models.barriers import LIFTED_BY_A_SENIOR_CASEWORKER, Barrier, BarrierKind
from casework.models.case import ENFORCED, Assignment, Case, CaseChange, CaseOutcome, RouteChange
from casework.models.day import Absence, CaseNote, CaseTask, Mention
from casework.models.documents import CaseDocument, Searchable
from casework.models.ending import CarriedOver
from casework.models.progress import MOVED_BY, WRITTEN, ProgressEvent, ProgressKind
from casework.models.related import PersonRelation, RelatedCase, RelatedPerson, Relation
from casework.models.removal import (
    CLARIFIED_BY_A_SENIOR_CASEWORKER,
    WITH_DEPARTURE,
    WITH_INTENTION,
    Clarification,
    NoticeKind,
    OpenQuestion,
    RemovalNotice,
)

__all__ = [
    "Absence",
    "Assignment",
    "Barrier",
    "BarrierKind",
    "Case",
    "CaseChange",
    "CaseDocument",
    "CaseNote",
    "CaseOutcome",
    "CarriedOver",
    "CaseTask",
    "CLARIFIED_BY_A_SENIOR_CASEWORKER",
    "Clarification",
    "NoticeKind",
    "OpenQuestion",
    "WITH_DEPARTURE",
    "WITH_INTENTION",
    "RemovalNotice",
    "ENFORCED",
    "LIFTED_BY_A_SENIOR_CASEWORKER",
    "MOVED_BY",
    "Mention",
    "PersonRelation",
    "ProgressEvent",
    "ProgressKind",
    "RelatedCase",
    "RelatedPerson",
    "Relation",
    "RouteChange",
    "Searchable",
    "WRITTEN",
]
