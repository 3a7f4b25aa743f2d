"""How the tables of operational engagement are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept, kept_changes

RETENTION: Declarations = {
    "engagement.Engagement": Kept(
        retention="record",
        personal=(
            "kind legal_power address window_starts_at window_ends_at asked why safety_note at_risk_level "
            "risk_level risk_controls answer_words decline_kind happened_at officers irregular what_happened "
            "custody_reference"
        ),
        other=(
            "state started_at requested_at tasked_at tasked_sha256 answered_at ended_at outcome_at verbal "
            "write_up_due_at written_up_at overdue_told_at"
        ),
        within="case",
        addresses="/engagement/{}/",
        others="officers",
    ),
    "engagement.EngagementChange": kept_changes("record", within="engagement"),
    "engagement.RiskAnswer": Kept(
        retention="record",
        personal="answer words",
        other="question answered_at",
        within="engagement",
    ),
    "engagement.Issue": Kept(
        retention="record",
        personal="text reply",
        other="raised_at settled_at",
        within="engagement",
    ),
    "engagement.TraffickingReview": Kept(
        retention="record",
        personal="outcome reasons",
        other="at",
        within="engagement",
    ),
    "engagement.Authorisation": Kept(
        retention="record",
        personal="reasons conditions margin_reason text voided_because",
        other="authorised_at confirmed_at expires_at sha256 verbal asked_at replaced_at voided_at",
        within="engagement",
    ),
}
