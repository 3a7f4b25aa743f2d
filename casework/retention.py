"""How the tables of cases are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept, kept_changes

RETENTION: Declarations = {
    "casework.Case": Kept(
        retention="record",
        personal="route next_action outcome outcome_on outcome_reasons",
        other="state opened_at next_action_on last_progress_at outcome_at closed_at",
        within="referral",
    ),
    "casework.CaseChange": kept_changes("record", within="case"),
    "casework.Assignment": Kept(
        retention="record",
        personal="reason",
        other="assigned_at ended_at",
        within="case",
    ),
    "casework.RouteChange": Kept(
        retention="record",
        personal="from_route to_route reason",
        other="changed_at",
        within="case",
    ),
    "casework.Barrier": Kept(
        retention="record",
        personal="kind since details lifted_because outcome ended_on ended_reference court",
        other="recorded_at lifted_at",
        within="case",
    ),
    "casework.CaseNote": Kept(
        retention="record",
        personal="text",
        other="written_at",
        within="case",
    ),
    "casework.Mention": Kept(
        retention="record",
        other="seen_at",
        within="note",
    ),
    "casework.CaseTask": Kept(
        retention="record",
        personal="title",
        other="due_on added_at done_at remind_on reminded_at overdue_told_at",
        within="case",
    ),
    "casework.Absence": Kept(
        retention="desk",
        personal="first_day last_day",
        other="recorded_at cancelled_at",
    ),
    "casework.CaseDocument": Kept(
        retention="record",
        personal="description text",
        other="marking disclosable read_at",
        within="case",
        brings="file",
    ),
    "casework.CarriedOver": Kept(
        retention="record",
        personal="words reason",
        other="key at",
        within="case",
    ),
    "casework.ProgressEvent": Kept(
        retention="record",
        personal="kind happened_on text asked_of_force",
        other="shared_with_force recorded_at",
        within="case",
    ),
    "casework.RelatedCase": Kept(
        retention="record",
        personal="kind reason ended_because",
        other="related_at ended_at",
        within="case other",
    ),
    "casework.RelatedPerson": Kept(
        retention="record",
        personal="name relation known source because removed_because",
        other="disclosable added_at removed_at",
        within="case",
        others="name relation known source because removed_because",
    ),
    "casework.Clarification": Kept(
        retention="record",
        personal="about found words welfare basis",
        other="at",
        within="case",
    ),
    "casework.RemovalNotice": Kept(
        retention="record",
        personal="kind given_on period_ends_on how departure",
        other="recorded_at",
        within="case",
    ),
}
