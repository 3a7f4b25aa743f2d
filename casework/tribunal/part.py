"""What the papers of a hearing add to the rest of the service."""

from casework.parts import CasePart
from casework.tribunal.retention import RETENTION

PART = CasePart(
    audit_names={"tribunal.bundleversion": "bundle__hearing__challenge__decision__case__referral__reference"},
    retention=RETENTION,
)
