"""What the desk's queue adds to the rest of the service."""

from nexus.parts import Destination, Part
from referrals.desk.permissions import WHO_MAY as DESK
from referrals.desk.queries import clocks_run_out
from referrals.desk.retention import RETENTION
from referrals.permissions import WHO_MAY

PART = Part(
    clocks_run_out=clocks_run_out,
    navigation=(
        Destination("Triage queue", "desk:queue", WHO_MAY["view_queue"], group="Triage", place=110),
        Destination("Triage workload", "desk:officers", DESK["view_officers"], group="Triage", place=115),
    ),
    audit_names={"desk.viewdigest": "in_words"},
    retention=RETENTION,
)
