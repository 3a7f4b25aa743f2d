"""How the tables of the matrix are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept

RETENTION: Declarations = {
    "matrix.MatrixAssessment": Kept(
        retention="assessment",
        personal="own_reference subject besides outcome found",
        other="policy_version made_at",
        within="wash_row referral enquiry",
        addresses="/matrix/{}/",
    ),
}
