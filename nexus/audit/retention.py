"""How the tables of the audit log are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept

RETENTION: Declarations = {
    "audit.AuditEvent": Kept(
        retention="audit",
        personal="reason recipient detail",
        other="at by_id by_role kind subject_type subject_id subjects request_id",
    ),
}
