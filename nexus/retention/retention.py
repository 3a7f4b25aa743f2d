"""How the tables of retention itself are kept. They outlive what they speak of, and name nobody but staff."""

from nexus.retention.kept import Declarations, Kept, kept_changes

RETENTION: Declarations = {
    "retention.Review": Kept(
        retention="audit",
        personal="because",
        other="kind record_id reference retention state ended_on due_on opened_at ground proposed_at confirmed_at",
    ),
    "retention.ReviewChange": kept_changes("audit", within="review"),
    "retention.Tombstone": Kept(retention="audit", other="codes rows files erased_at", within="review"),
}
