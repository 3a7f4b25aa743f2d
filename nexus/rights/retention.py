"""How the register of requests is kept: with the audit, as the proof that people were answered."""

from nexus.retention.kept import Declarations, Kept, kept_changes

RETENTION: Declarations = {
    "rights.AccessRequest": Kept(
        retention="rights",
        personal="name born_on contact identity",
        other="state received_on due_on received_at ended_at",
    ),
    "rights.AccessChange": kept_changes("rights", within="access_request"),
    "rights.AccessRecord": Kept(
        retention="rights", other="kind record_id reference added_at", within="access_request"
    ),
    "rights.AccessDecision": Kept(
        retention="rights", other="item outcome decided_at", within="access_request"
    ),
}
