"""How the tables of decisions, letters and challenges are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept, kept_changes

RETENTION: Declarations = {
    "decisions.Decision": Kept(
        retention="record",
        personal=(
            "answers letter reviewed_because reasons served_on served_how served_to served_by_whom served_document "
            "served_place appeal_right appeal_until served_document_on"
        ),
        other=(
            "number state checklist relies_on_material drafted_at written_at submitted_at text_hash "
            "reviewed_at reviewed_hash decided_at served_hash appeal_told_at served_rule served_at "
            "superseded_at"
        ),
        within="case",
        others="served_by_whom",
    ),
    "decisions.Claim": Kept(
        retention="record",
        personal="kind made_on how grounds end ended_on end_words",
        other="recorded_at ended_at",
        within="case",
    ),
    "decisions.DecisionChange": kept_changes("record", within="decision"),
    "decisions.Challenge": Kept(
        retention="record",
        personal="kind lodged_on court court_reference outcome_on outcome_reasons",
        other="state lodged_at concluded_at",
        within="decision",
    ),
    "decisions.ChallengeChange": kept_changes("record", within="challenge"),
    "decisions.Finding": Kept(
        retention="record",
        personal="allegation evidence proved reasons",
        other="removed_at",
        within="decision",
    ),
    "decisions.Hearing": Kept(
        retention="record",
        personal="on at_time place witnesses to_bring result result_words",
        other="added_at recorded_at",
        within="challenge",
        others="witnesses",
    ),
    "decisions.Letter": Kept(
        retention="record",
        personal="content pdf docx",
        other="template version pdf_hash docx_hash made_at",
        within="decision",
    ),
    "decisions.Submission": Kept(
        retention="record",
        personal="words",
        other="submitted_at",
        within="decision",
    ),
}
