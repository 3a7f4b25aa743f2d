"""How the tables of referrals are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept, kept_changes

RETENTION: Declarations = {
    "referrals.ReferenceCounter": Kept(
        retention="figures",
        other="last",
    ),
    "referrals.Referral": Kept(
        retention="record",
        personal=(
            "own_reference officer officer_contact supervisor in_custody custody_reference custody_clock_started_at "
            "held_under surname forenames date_of_birth date_of_birth_precision sex place_of_birth "
            "may_be_british may_be_irish right_of_abode long_resident scope_evidence pnc_id cro_number "
            "home_office_reference cid_person_id prison_number passport_number no_identifiers_known "
            "immigration_status leave_continues status_as_at status_source settlement_scheme arrived_on "
            "arrived_on_precision age_at_arrival years_of_residence active_claim active_claim_details "
            "active_police_interest interest_what interest_by interest_on removal_priority harm_physical "
            "harm_emotional harm_financial harm_to_individuals harm_to_community harm_narrative "
            "material_level threat_current threat_ongoing material_description pending_criminal "
            "pending_criminal_details pending_litigation pending_litigation_details pending_appeals "
            "pending_appeals_details has_partner has_children health_condition mental_health_order "
            "trafficking_indicator under_18 vulnerability_details signatory signatory_post "
            "differences_explained differences_answered description queue_custody_ends_at matrix_outcome"
        ),
        other=(
            "reference state idempotency_key created_at changed_at submitted_at claimed_at withdrawn_at "
            "channel conduct_listed commits_information commits_tracing commits_evidence commits_resources "
            "attachments_listed clock_from queue_rank queue_target_on queue_reckoned_by"
        ),
        within="follows",
        addresses="%/{}/",
        named_by="reference",
        others="officer officer_contact supervisor interest_by signatory signatory_post",
    ),
    "referrals.ReferralChange": kept_changes("record", within="referral"),
    "referrals.TriageDecision": Kept(
        retention="record",
        personal=(
            "outcome reasons balance significant_impact impact_reasons scope_confirmation route "
            "significant_conviction police_statement assessment matrix_outcome destination"
        ),
        other="policy_version decided_at second_read_at superseded_at",
        within="referral",
    ),
    "referrals.Correction": Kept(
        retention="record",
        personal="was became because",
        other="page fields corrected_at",
        within="referral",
    ),
    "referrals.StaleFinding": Kept(
        retention="record",
        personal="words finding",
        other="row_model row_id path looked_at",
        within="correction",
    ),
    "referrals.CorrectionRecipient": Kept(
        retention="record",
        personal="recipient how",
        other="given_at told_at",
        within="correction",
        others="recipient how",
    ),
    "referrals.SpecialConditionsFlag": Kept(
        retention="record",
        personal="set_because removed_because",
        other="text set_at removed_at",
        within="referral",
    ),
    "referrals.Allocation": Kept(
        retention="record",
        other="allocated_at ended_at",
        within="referral",
    ),
    "referrals.ReferralNote": Kept(
        retention="record",
        personal="text",
        other="kind about row_model row_id at",
        within="referral",
    ),
    "referrals.Proposal": Kept(
        retention="record",
        personal=(
            "outcome reasons balance significant_impact impact_reasons scope_confirmation route "
            "significant_conviction assessment because"
        ),
        other="police_statement policy_version state cause bound_to proposed_at read_at",
        within="referral",
    ),
    "referrals.ProposalChange": kept_changes("record", within="proposal"),
    "referrals.InformationRequest": Kept(
        retention="record",
        other="asked_at closed_at",
        within="referral",
    ),
    "referrals.Question": Kept(
        retention="record",
        personal="text answer withdrawn_reason",
        other="number due_on answered_at withdrawn_at reminded_at overdue_told_at",
        within="request",
    ),
    "referrals.Alias": Kept(
        retention="record",
        personal="name",
        other="removed_at",
        within="referral",
    ),
    "referrals.Nationality": Kept(
        retention="record",
        personal="code source",
        other="removed_at",
        within="referral",
    ),
    "referrals.ConductEvent": Kept(
        retention="record",
        personal=(
            "own_reference kind part offence offence_code offence_on convicted_on sentenced_on court country sentence_type "
            "sentence_months standing grounding source_grading"
        ),
        other="removed_at",
        within="referral",
    ),
    "referrals.Attachment": Kept(
        retention="record",
        personal="description",
        other="removed_at marking disclosable",
        within="referral",
        brings="file",
    ),
}
