"""How the tables of Nexus material are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept, kept_changes

RETENTION: Declarations = {
    "material.Material": Kept(
        retention="record",
        personal=(
            "title relevant applicable review_reasons not_needed_because override_reason served_on served_how"
        ),
        other="state requested_at changed_at reviewed_at commissioned_at served_at",
        within="case",
        addresses="/material/{}/ /material/asked/{}/",
    ),
    "material.MaterialChange": kept_changes("record", within="material"),
    "material.Ask": Kept(
        retention="record",
        personal="what why draft_author draft_text",
        other="kind due_on again asked_at reminded_at closed_at",
        within="material",
        others="draft_author",
    ),
    "material.Record": Kept(
        retention="record",
        personal="description",
        other="removed_at",
        within="ask",
        brings="file",
    ),
    "material.Original": Kept(
        retention="record",
        other="removed_at marking text_taken",
        within="ask",
        brings="file",
    ),
    "material.Version": Kept(
        retention="record",
        personal="author paragraphs",
        other="kind number sha256 supplied_at",
        within="material",
        others="author",
    ),
    "material.Check": Kept(
        retention="record",
        personal="remarks removes_because",
        other="checked_at",
        within="version",
    ),
    "material.PointChecked": Kept(
        retention="record",
        other="code met",
        within="of_check",
    ),
    "material.ParagraphChecked": Kept(
        retention="record",
        personal="to_redact remark",
        other="number disclosable",
        within="of_check",
    ),
    "material.RecordChecked": Kept(
        retention="record",
        other="disclosable",
        within="of_check",
    ),
    "material.Approval": Kept(
        retention="record",
        personal="reasons",
        other="sha256 approved_at",
        within="of_check",
    ),
    "material.NoStatement": Kept(
        retention="record",
        personal="because withdrawn_because",
        other="indication recorded_at withdrawn_at",
        within="case",
    ),
    "material.AppealsReview": Kept(
        retention="record",
        personal="question issues advice",
        other="asked_at advised_at",
        within="material",
    ),
    "material.Message": Kept(
        retention="record",
        personal="text",
        other="from_force at",
        within="material",
    ),
}
