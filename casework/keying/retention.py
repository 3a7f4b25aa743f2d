"""How the tables of what has been keyed are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept

RETENTION: Declarations = {
    "keying.Keyed": Kept(
        retention="record",
        personal="words keyed_by_name corrected_because",
        other="key system receipt keyed_at corrected_at",
        within="referral",
        others="keyed_by_name",
    ),
}
