"""Nexus material: what is asked of the force, what it sends, how it is checked and approved, what becomes of it."""

from casework.material.models.approving import Approval
from casework.material.models.asking import Ask, Original, Record
from casework.material.models.checking import Check, ParagraphChecked, PointChecked, RecordChecked
from casework.material.models.fields import Kind
from casework.material.models.material import Material, MaterialChange
from casework.material.models.no_statement import NoStatement
from casework.material.models.talk import AppealsReview, Message
from casework.material.models.versions import Version

__all__ = [
    "AppealsReview",
    "Approval",
    "Ask",
    "Check",
    "Kind",
    "Material",
    "MaterialChange",
    "Message",
    "NoStatement",
    "Original",
    "ParagraphChecked",
    "PointChecked",
    "Record",
    "RecordChecked",
    "Version",
]
