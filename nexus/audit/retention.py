"""How the tables of the audit log are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept

RETENTION: Declarations = {
    "audit.AuditEvent": Kept(
        retention="audit",
        personal="reason reason_salt recipient detail",
        other="at recorded_at transaction is_change by_id by_role kind subject_type subject_id subjects request_id"
        " reason_digest",
    ),
    "audit.Seal": Kept(retention="audit", other="chain number entry_id sealed_at hash"),
    "audit.ChainHead": Kept(retention="audit", other="number hash sealed_at"),
    "audit.ErasedReason": Kept(retention="audit", other="review_id"),
    "audit.StoryTime": Kept(retention="audit"),
    "audit.Verification": Kept(
        retention="audit", other="started_at finished_at by_id entries chains heads faults first_faults"
    ),
}
