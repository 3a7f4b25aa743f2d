"""How the tables of police support are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept, kept_changes

RETENTION: Declarations = {
    "support.SupportRequest": Kept(
        retention="support",
        personal="kind own_reference subject_name subject_born asked why answer done done_on authority",
        other=(
            "state from_criminal_casework due_on asked_at submitted_at passed_on_at decline_reason "
            "answered_at reminded_at overdue_told_at"
        ),
        within="referral",
        addresses="/support/{}/",
        others="authority",
    ),
    "support.SupportChange": kept_changes("record", within="support_request"),
    "support.SupportMessage": Kept(
        retention="record",
        personal="text",
        other="marking at",
        within="support_request",
        brings="file",
    ),
}
