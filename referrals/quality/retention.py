"""How the tables of the reading for quality are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept

RETENTION: Declarations = {
    "quality.Draw": Kept(
        retention="figures",
        other="month percentage seed method decisions drawn_at",
    ),
    "quality.Reading": Kept(
        retention="record",
        personal="remarks to_do",
        other=(
            "place evidence_read scope_confirmed reasons_adequate balance_addressed departure_explained "
            "right_outcome overall read_at"
        ),
        within="decision",
        addresses="/quality/{}/",
    ),
}
