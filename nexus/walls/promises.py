"""What the software promises, which tests prove it, and which tests show that the proof would fail without the guard.

A proof says its measured figure through the fixture `figure` of tests/figures.py. A promise that has no proof, or whose
proof does not reach what is wanted, says so in `falls_short` and is counted as not held.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """One promise: its number, its words, the figure it is held to, and its tests by their pytest ids."""

    number: int
    title: str
    wanted: str
    proofs: tuple[str, ...] = ()
    sabotage: tuple[str, ...] = ()
    falls_short: str = ""  # a sentence: what is not reached, and why

    @property
    def tests(self) -> Iterator[str]:
        """Every test that `manage.py walls` runs for it."""
        yield from self.proofs
        yield from self.sabotage


ACCESS = "tests/test_access_matrix.py"
CLIENTS = "tests/referrals/test_many_clients.py"
GUARDS = "tests/test_guards.py"
DATED = "tests/nexus/test_dated.py"
WALLS = "tests/test_two_walls.py"
ROWS = "tests/nexus/test_row_security.py"
RACES = "tests/referrals/test_races.py"
FAULTS = "tests/nexus/test_faults.py"
FULL_DISK = "tests/nexus/test_full_disk.py"
LOST = "tests/test_nothing_lost.py"
SCOPES = "tests/nexus/api/test_scopes.py"
ENDED = "tests/nexus/ui/test_session_end.py"
SEALED = "tests/nexus/audit/test_verifying.py"
REFUSED = "tests/nexus/audit/test_refused.py"
CONFIRM = "tests/nexus/accounts/test_confirm_it_is_you.py"
OPENID = "tests/nexus/accounts/test_openid.py"
SECOND_FACTOR = "tests/nexus/accounts/test_second_factor.py"
KEPT = "tests/nexus/retention"
ERASURE = "tests/test_erasure.py"
SUPPLY = "tests/nexus/test_supply_chain.py"
HEADERS = "tests/nexus/test_headers.py"
LIMITS = "tests/nexus/test_limits.py"
WEB_WORKER = "tests/nexus/test_web_worker.py"
RESTORE = "tests/nexus/test_restore.py"
PRESSES = "tests/nexus/presses/test_guard.py"
CORPUS = "tests/nexus/confined/test_corpus.py"
ON_THE_SIDE = "tests/test_on_the_side.py"
STORE = "tests/nexus/documents/test_store.py"

PROMISES = (
    Promise(
        1,
        "Nobody sees what is not theirs",
        "0 foreign canaries in at least 20,000 calls; every route visited; each allowed cell seen succeeding",
        proofs=(ACCESS,),
        sabotage=(f"{ACCESS}::test_with_the_wall_down_the_walk_finds_the_leak",),
    ),
    Promise(
        2,
        "Two independent walls",
        "0 leaks with either wall down; with both down every reachable foreign canary leaks",
        proofs=(
            f"{WALLS}::test_either_wall_alone_keeps_the_forces_apart",
            f"{ROWS}::test_every_table_that_holds_personal_data_has_forced_row_security",
            f"{ROWS}::test_nothing_rests_on_the_session_behind_a_proxy_that_pools_transactions",
        ),
        sabotage=(
            f"{WALLS}::test_with_both_walls_down_a_foreign_referral_is_read",
            f"{ROWS}::test_a_table_without_forced_row_security_is_found",
        ),
    ),
    Promise(
        3,
        "One outcome",
        "32 clients for 600 s: one decision, flag, allocation and chain for each; 0 deadlocks",
        proofs=(f"{CLIENTS}::test_thirty_two_clients_and_one_outcome_each", RACES),
        sabotage=(
            f"{CLIENTS}::test_without_locks_the_clients_find_what_goes_wrong",
            f"{RACES}::test_without_lock_and_state_check_two_claims_both_go_through",
            f"{RACES}::test_without_the_lock_the_loser_of_a_claim_is_not_told_who_holds_it",
        ),
    ),
    Promise(
        4,
        "The audit is complete",
        "Each page and task that shows a canary has its committed entry; without the entry it is not shown",
        proofs=(
            ACCESS,
            f"{ON_THE_SIDE}::test_no_task_leaves_a_word_about_anybody_in_messages_logs_e_mails_caches_or_files",
        ),
        sabotage=(f"{ON_THE_SIDE}::test_a_message_that_says_more_than_an_id_is_found",),
    ),
    Promise(
        5,
        "The audit is tamper-evident",
        "1,000 of 1,000 edits, deletions, reorders and truncations found",
        proofs=(f"{SEALED}::test_every_edit_deletion_reorder_truncation_and_forgery_is_found",),
        sabotage=(
            f"{SEALED}::test_without_the_seals_none_of_it_is_found",
            f"{SEALED}::test_without_the_exported_head_a_tail_cut_off_properly_is_not_found",
            f"{SEALED}::test_a_tail_cut_off_after_the_head_of_its_minute_is_found_and_without_that_head_is_not",
        ),
    ),
    Promise(
        6,
        "Nothing acknowledged is lost",
        "0 acknowledged lost and 0 effects doubled when anything is killed; back within 60 s, reports within 180 s",
        proofs=(
            f"{FAULTS}::test_nothing_acknowledged_is_lost",
            f"{FULL_DISK}::test_a_full_disk_is_a_sentence_nothing_half_written_and_nothing_typed_lost",
        ),
        sabotage=(
            f"{FAULTS}::test_a_client_that_changes_its_key_is_found",
            f"{FULL_DISK}::test_sabotage_a_file_that_is_begun_and_left_is_counted",
        ),
        falls_short="A full disk is tried for uploads and not for the database, and reports are not timed.",
    ),
    Promise(
        7,
        "Double submit is harmless",
        "1,000 replays, one effect each",
        proofs=(
            f"{ACCESS}::test_a_double_press_of_every_verb_has_one_effect",
            f"{PRESSES}::test_two_presses_at_the_same_moment_have_one_effect",
            f"{PRESSES}::test_every_endpoint_that_takes_a_post_has_one_effect_however_it_is_written",
        ),
        sabotage=(
            f"{ACCESS}::test_without_the_keys_a_double_press_has_two_effects",
            f"{PRESSES}::test_without_the_key_it_is_told_three_times",
            f"{PRESSES}::test_without_that_guard_the_walk_of_the_endpoints_finds_each",
        ),
    ),
    Promise(
        8,
        "No silent overwrite",
        "A stale save is 409 with both texts; 0 texts lost",
        proofs=(f"{LOST}::test_nothing_typed_is_lost",),
        sabotage=(f"{LOST}::test_without_the_comparison_a_stale_save_is_found",),
    ),
    Promise(
        9,
        "Authorisation is personal, fresh and separate",
        "A recent second factor; approver is not requester; bound to the exact text; any edit voids it",
        proofs=(
            f"{CONFIRM}::test_of_all_that_is_sensitive_nothing_is_done_unconfirmed",
            "tests/casework/engagement/test_authorise.py",
        ),
        sabotage=(f"{CONFIRM}::test_without_the_check_the_pages_let_anybody_through",),
    ),
    Promise(
        10,
        "Sessions",
        "Second factor for all; new id at sign-in; 15 minutes idle, 8 hours in all; disabled is out at once",
        proofs=(
            SECOND_FACTOR,
            OPENID,
            "tests/nexus/accounts/test_sign_in.py",
            "tests/nexus/accounts/test_your_sessions.py",
            "tests/nexus/accounts/test_invitations.py",
            f"{SCOPES}::test_a_reading_token_changes_nothing_at_any_endpoint",
            f"{SCOPES}::test_a_token_that_lasts_longer_than_a_working_day_needs_a_grant",
        ),
        sabotage=(
            f"{SECOND_FACTOR}::test_without_that_guard_a_password_would_be_enough",
            f"{SECOND_FACTOR}::test_without_the_counter_a_code_would_be_good_twice",
            f"{OPENID}::test_sabotage_without_the_checks_of_nonce_and_state_a_foreign_answer_is_taken",
            f"{OPENID}::test_sabotage_without_its_signature_any_token_is_taken",
            f"{SCOPES}::test_without_the_permission_a_reading_token_changes_things",
        ),
    ),
    Promise(
        11,
        "Uploads and exports",
        "A corpus of at least 60 files, all as expected; 0 cells that begin a formula",
        proofs=(
            f"{CORPUS}::test_each_file_of_the_corpus_ends_as_expected_within_bounds",
            STORE,
            "tests/nexus/documents/test_kinds.py",
            "tests/nexus/documents/test_exports.py",
        ),
        sabotage=(f"{CORPUS}::test_without_its_limits_a_file_takes_more_than_one_file_may",),
    ),
    Promise(
        12,
        "No personal data on the side",
        "0 canaries in messages, logs, tracebacks, e-mails, addresses and caches",
        proofs=(
            f"{ACCESS}::test_each_role_gets_what_is_theirs_and_nothing_else",
            f"{ON_THE_SIDE}::test_no_task_leaves_a_word_about_anybody_in_messages_logs_e_mails_caches_or_files",
            f"{ON_THE_SIDE}::test_a_task_that_fails_repeats_nobodys_words",
        ),
        sabotage=(
            f"{ON_THE_SIDE}::test_a_message_that_says_more_than_an_id_is_found",
            f"{ON_THE_SIDE}::test_with_an_ordinary_formatter_the_walk_finds_the_words",
        ),
    ),
    Promise(
        13,
        "Retention, disclosure, subject access",
        "Every model declares its class; erasure leaves 0 canaries and a valid tombstone",
        proofs=(
            f"{KEPT}/test_declared.py",
            f"{KEPT}/test_erase.py",
            f"{ERASURE}::test_after_erasing_everybody_no_word_of_theirs_is_left",
            f"{KEPT}/test_erase.py::test_typed_reasons_in_the_audit_go_with_the_record_and_the_record_verifies",
            "tests/nexus/rights/test_access.py",
        ),
        sabotage=(
            f"{KEPT}/test_declared.py::test_a_field_left_out_of_the_declaration_is_found",
            f"{ERASURE}::test_a_field_left_out_of_the_declaration_leaves_a_word_behind",
            f"{KEPT}/test_erase.py::test_a_reason_that_goes_without_an_erasure_is_found",
            "tests/nexus/rights/test_access.py::test_without_the_removal_of_names_the_other_person_is_found",
        ),
        falls_short=("Nobody lawful has set a period: each is a local proposal and says so."),
    ),
    Promise(
        14,
        "Hostile input",
        "0 answers of 500 in 20,000 calls and 20,000 forms",
        proofs=("tests/test_hostile_input.py",),
        sabotage=(
            "tests/test_hostile_input.py::test_without_the_check_of_characters_a_text_breaks_an_endpoint",
        ),
    ),
    Promise(
        15,
        "Restore",
        "At most 60 s lost, back within 5 minutes",
        proofs=(f"{RESTORE}::test_what_was_copied_away_brings_back_everything_but_the_last_seconds",),
        sabotage=(f"{RESTORE}::test_sabotage_from_the_base_backup_alone_more_is_lost_than_is_promised",),
    ),
    Promise(
        16,
        "Supply chain and headers",
        "Hashed lock, advisories, secrets and licences checked; a strict policy on every answer",
        proofs=(
            f"{SUPPLY}::test_the_locks_licences_and_secrets_are_in_order",
            HEADERS,
            f"{WEB_WORKER}::test_what_is_no_request_is_answered_with_every_header_and_not_repeated",
        ),
        sabotage=(
            f"{SUPPLY}::test_a_package_without_a_hash_is_found",
            f"{SUPPLY}::test_a_binding_licence_is_found",
            f"{SUPPLY}::test_a_secret_is_found_and_not_repeated",
            f"{SUPPLY}::test_a_package_with_an_advisory_fails_the_check",
            f"{SUPPLY}::test_sabotage_an_answer_that_leaves_packages_out_is_no_pass",
            f"{HEADERS}::test_sabotage_without_the_middleware_the_walk_finds_what_is_missing",
            f"{WEB_WORKER}::test_sabotage_gunicorns_own_worker_lacks_headers_and_repeats_what_was_sent",
        ),
        falls_short=(
            "No advisories were reachable where this was measured: the check says so and counts it as no pass, and "
            "NEXUS_REQUIRE_ADVISORIES=1 makes it fail."
        ),
    ),
    Promise(
        17,
        "Nothing a user sends stops the service",
        "Each hostile file ends within 10 s of processor time and 300 MB; pages within twice their usual time",
        proofs=(
            f"{LIMITS}::test_one_stuck_transaction_stops_nobody_but_its_own_rows_writers",
            "tests/nexus/test_admission.py",
            f"{CORPUS}::test_each_file_of_the_corpus_ends_as_expected_within_bounds",
            f"{CORPUS}::test_a_page_answers_as_usual_while_a_file_is_opened",
            "tests/nexus/confined/test_confinement.py",
        ),
        sabotage=(
            f"{LIMITS}::test_sabotage_without_the_limit_its_writer_waits_for_ever",
            "tests/nexus/test_admission.py::test_sabotage_one_lane_for_everything_keeps_people_out_who_sign_in",
            "tests/nexus/accounts/test_sign_in.py::test_sabotage_without_the_count_every_attempt_is_hashed",
            f"{CORPUS}::test_without_its_limits_a_file_takes_more_than_one_file_may",
            "tests/nexus/confined/test_confinement.py::test_without_those_walls_it_could",
        ),
    ),
    Promise(
        18,
        "A guard cannot be switched off by what it guards against",
        "0 of the ways tried as the runtime role succeed",
        proofs=(
            f"{GUARDS}::test_a_guard_cannot_be_switched_off_by_what_it_guards_against",
            f"{GUARDS}::test_what_is_written_once_is_refused_by_privilege",
            f"{GUARDS}::test_every_guard_belongs_to_the_owner_and_looks_at_no_setting",
            f"{DATED}::test_nothing_written_once_is_dated_back_or_ahead",
        ),
        sabotage=(
            f"{GUARDS}::test_with_guards_that_obey_a_setting_the_walk_finds_them",
            f"{GUARDS}::test_with_the_privilege_granted_the_walk_finds_it",
            f"{DATED}::test_where_the_past_is_told_the_walk_finds_that_nothing_is_compared",
        ),
    ),
    Promise(
        19,
        "Refusals are on record",
        "One entry for each refusal; one probing person found",
        proofs=(
            f"{REFUSED}::test_each_refusal_is_one_entry_without_a_word_that_was_typed",
            f"{REFUSED}::test_a_throttled_call_is_one_entry",
            f"{REFUSED}::test_the_entry_is_kept_although_the_request_is_undone",
            f"{REFUSED}::test_one_who_probes_is_found_on_the_auditors_page",
        ),
        sabotage=(f"{REFUSED}::test_without_the_middleware_no_refusal_is_on_record",),
    ),
    Promise(
        20,
        "Typed text is never lost",
        "0 texts lost, and none shown to another person",
        proofs=(
            f"{LOST}::test_nothing_typed_is_lost",
            f"{ENDED}::test_the_page_of_an_ended_session_holds_no_readable_text",
            f"{ENDED}::test_somebody_else_who_signs_in_there_is_given_nothing",
        ),
        sabotage=(
            f"{LOST}::test_without_drafts_a_page_that_was_left_is_found",
            f"{LOST}::test_without_the_echo_a_refusal_without_the_text_is_found",
            f"{LOST}::test_without_what_is_carried_an_ended_session_is_found",
            f"{ENDED}::test_text_that_is_only_signed_is_found_readable",
            f"{ENDED}::test_without_the_writers_key_somebody_else_is_given_the_text",
        ),
    ),
)
