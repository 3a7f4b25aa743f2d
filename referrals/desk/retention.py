"""How the tables of the desk are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept

RETENTION: Declarations = {
    "desk.SavedView": Kept(
        retention="desk",
        personal="name",
        other="query shared saved_at",
    ),
    "desk.DefaultView": Kept(
        retention="desk",
        within="view",
    ),
    "desk.EndedClaim": Kept(
        retention="record",
        other="claimed_at ended_at told_at",
        within="referral",
    ),
    "desk.ClockNotice": Kept(
        retention="record",
        other="clock threshold runs_from told_at",
        within="referral",
    ),
    "desk.ViewAlert": Kept(
        retention="desk",
        other="how_often set_at",
        within="view",
    ),
    "desk.ViewEntry": Kept(
        retention="record",
        other="entered_at",
        within="referral",
    ),
    "desk.ViewDigest": Kept(
        retention="desk",
        other="how_often day entered",
        within="alert",
    ),
}
