"""How the tables of a hearing's papers are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept, kept_changes

RETENTION: Declarations = {
    "tribunal.Bundle": Kept(
        retention="record", personal="late_because", other="number started_at", within="hearing"
    ),
    "tribunal.BundleEntry": Kept(
        retention="record",
        personal="title dated_on author withheld_because",
        other="source section position included",
        within="bundle",
        others="author",
    ),
    "tribunal.BundleVersion": Kept(
        retention="record",
        personal="contents left_out",
        other=(
            "lease_ends_at lease_token attempts number state is_final requested_at prepared to_prepare pages "
            "failure made_at"
        ),
        within="bundle",
        brings="file",
    ),
    "tribunal.BundleVersionChange": kept_changes("record", within="bundle_version"),
    "tribunal.Redaction": Kept(
        retention="record",
        personal="passage because found_in withdrawn_because",
        other="marked_at confirmed_at withdrawn_at",
        within="case",
        others="passage",
    ),
    "tribunal.ChronologyLine": Kept(
        retention="record",
        personal="on on_words event source",
        other="key left_out written_at",
        within="case",
    ),
}
