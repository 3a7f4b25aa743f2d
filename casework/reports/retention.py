"""How the tables of progress reports are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept, kept_changes

RETENTION: Declarations = {
    "reports.ProgressReport": Kept(
        retention="figures",
        personal="disclosure_check",
        other=(
            "lease_ends_at lease_token attempts period_from period_to state requested_at failure totals "
            "built_at released_at acknowledged_at"
        ),
    ),
    "reports.ReportChange": kept_changes("figures", within="report"),
    "reports.Figure": Kept(retention="figures", other="month what days number"),
    "reports.FigureDue": Kept(retention="figures", other="month"),
    "reports.ReportLine": Kept(
        retention="record",
        personal="stage last_action_on outcome reasons asked_of_force progress",
        other="made_in_period decided_in_period accepted_in_period flagged_in_period allocated_in_period",
        within="referral",
    ),
}
