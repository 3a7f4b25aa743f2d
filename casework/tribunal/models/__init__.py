"""The papers of a hearing: bundles with their entries and versions, redactions, and lines of the chronology."""

from casework.tribunal.models.bundle import Bundle, BundleEntry, BundleVersion, BundleVersionChange
from casework.tribunal.models.chronology import ChronologyLine
from casework.tribunal.models.redaction import Redaction

__all__ = [
    "Bundle",
    "BundleEntry",
    "BundleVersion",
    "BundleVersionChange",
    "ChronologyLine",
    "Redaction",
]
