"""Invented referrals, and what hangs on them, made by PostgreSQL itself: a million in minutes.

Rows are made set by set with the triggers off, so the checks of the tables hold and nothing else does: what the actions
keep on a referral is reckoned afterwards by the product itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import BooleanField, Field, JSONField, Model
from django.db.models.fields import NOT_PROVIDED

from casework.models import Case, CaseChange
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.progress import step
from referrals.duplicates.models import Pair, Search
from referrals.models import (
    Alias,
    Allocation,
    ConductEvent,
    InformationRequest,
    Nationality,
    Question,
    Referral,
    ReferralChange,
    SpecialConditionsFlag,
    TriageDecision,
)
from referrals.models.place import LIVE, NO_END, OTHERS
from referrals.rules.policies import shortest_detention

DOMAIN = "bench.example"
# How many people of each role there are, and the team they are in; those of a force are made for each force.
STAFF = {
    Role.REFERRALS_OFFICER: (40, "referrals_office"),
    Role.MANAGER: (5, "nexus_high_harm"),
    Role.CASE_OWNER: (200, "nexus_high_harm"),
}
OFFICERS_A_FORCE = 6
DETENTION = f"{shortest_detention().total_seconds()} seconds"

FUNCTIONS = """
CREATE FUNCTION pg_temp.name(n int) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT initcap(
  (ARRAY['ka','bo','mi','ra','te','lu','so','va','ne','zi','do','ha','pe','gu','jo','chi','sha','kru','ole','ÿma'])[1 + n % 20]
  || (ARRAY['ran','lek','min','dov','sta','ril','nes','kov','tun','bar','gol','wen','zad','mor','fik','lan','hud','res','pol','vig'])[1 + n / 20 % 20]
  || (ARRAY['ski','ov','a','escu','ic','o','son','ez','ari','enko','li','u','qui','ane','ova','ti','ev','oğlu','das','kis'])[1 + n / 400 % 20]
  || CASE WHEN n >= 8000 THEN (ARRAY['-','’',' '])[1 + n % 3] || 'dan' ELSE '' END) $$;
CREATE FUNCTION pg_temp.words(length int, u float) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT substr(repeat(
  'Officers saw the subject in the town centre, where two associates threatened a witness who has since moved away. '
  'They recovered a telephone. The community fears reprisals, and few will give evidence of the assaults. ', 8),
  1 + (u * 150)::int, length) $$;
CREATE FUNCTION pg_temp.one(ids bigint[], u float) RETURNS bigint IMMUTABLE LANGUAGE sql AS $$
  SELECT ids[1 + floor(u * cardinality(ids))::int] $$;
"""

# One row a referral: when, by which force, in which state, with random numbers for everything else. The number follows
# the date over five years, and the newest `undecided` are not decided yet.
STAGE = """
CREATE TEMPORARY TABLE stage AS SELECT i, u1, u2, u3, u4, u5, u6, at, force,
  (SELECT array_agg(id) FROM accounts_user WHERE force_id = force AND role = 'police_officer') AS officers,
  CASE WHEN i > %(decided)s THEN CASE WHEN u1 < .45 THEN 'submitted' WHEN u1 < .85 THEN 'in_triage'
       ELSE 'information_requested' END
    WHEN u1 < .52 THEN 'accepted' WHEN u1 < .76 THEN 'not_accepted' WHEN u1 < .92 THEN 'redirected'
    WHEN u1 < .98 THEN 'withdrawn' ELSE 'draft' END AS state
FROM (SELECT i, random() u1, random() u2, random() u3, random() u4, random() u5, random() u6,
    now() - interval '20 minutes' - (%(referrals)s - i) * (interval '5 years' / %(referrals)s) AS at,
    pg_temp.one(%(forces)s, power(random(), 2.2)) AS force
  FROM generate_series(1, %(referrals)s) i) drawn;
ALTER TABLE stage ADD officer bigint, ADD desk bigint, ADD owner bigint;
UPDATE stage SET officer = pg_temp.one(officers, u4), desk = pg_temp.one(%(desk)s, u5), owner = pg_temp.one(%(owners)s, u6);
ALTER TABLE stage DROP officers, ADD PRIMARY KEY (i);
ANALYZE stage;
"""


def load(cursor: Any, *, referrals: int, undecided: int, force: str = "") -> None:
    """Fill a migrated database that holds forces and teams; `cursor` is a superuser's. All referrals are of the force of
    this code, where one is given."""
    cursor.execute(
        "SET session_replication_role = replica; SET synchronous_commit = off; SET work_mem = '256MB'"
    )
    cursor.execute(
        "SET maintenance_work_mem = '1GB'; SET max_parallel_workers_per_gather = 0; SELECT setseed(.42)"
    )
    cursor.execute(FUNCTIONS)
    people(cursor)
    with step("Referrals drawn"):
        cursor.execute(
            STAGE, {"referrals": referrals, "decided": referrals - undecided, **everybody(cursor, force)}
        )
    for model, source, values in [*referral_rows(), *case_rows()]:
        fill(cursor, model, source, **values)
    cursor.execute(
        "INSERT INTO referrals_referencecounter SELECT y, 700000 FROM generate_series(2015, 2040) y ON CONFLICT DO NOTHING"
    )
    set_sequences(cursor)


def people(cursor: Any) -> None:
    """Officers of every force, and the staff of the Home Office."""
    team_of = "(SELECT id FROM accounts_team WHERE code = '{}')"
    cursor.execute("UPDATE accounts_force SET engaged = true, engaged_on = '2015-01-01'")
    for role, (count, team) in STAFF.items():
        person(
            cursor,
            role,
            f"generate_series(1, {count}) g",
            team=team_of.format(team),
        )
    person(cursor, Role.AUDITOR, "generate_series(1, 1) g")
    officers = "(SELECT f.id, row_number() OVER (ORDER BY k, f.code) AS g FROM accounts_force f, "
    person(cursor, Role.POLICE_OFFICER, f"{officers} generate_series(1, {OFFICERS_A_FORCE}) k) o", force="id")


def person(cursor: Any, role: Role, source: str, *, force: str = "NULL", team: str = "NULL") -> None:
    """One account a row of `source`, whose `g` counts them."""
    values = {
        "password": "'!'",
        "email": f"'{role}' || g || '@{DOMAIN}'",
        "full_name": f"'{role.label} ' || g",
        "role": f"'{role}'",
        "created_at": "now() - interval '5 years'",
        "nsa_accredited": str(role == Role.CASE_OWNER),
    }
    fill(cursor, User, source, **values, force=force, team=team)


def everybody(cursor: Any, force: str) -> dict[str, list[int]]:
    """The numbers of the forces, or of the one, and of who works at the desk and the cases."""
    found = {}
    for name, rows in {
        "forces": f"accounts_force WHERE code = '{force}'" if force else "accounts_force",
        "desk": f"accounts_user WHERE role = '{Role.REFERRALS_OFFICER}'",
        "owners": f"accounts_user WHERE role = '{Role.CASE_OWNER}'",
    }.items():
        cursor.execute(f"SELECT array_agg(id ORDER BY id) FROM {rows}")  # noqa: S608 - fixed words
        found[name] = cursor.fetchone()[0]
    return found


Rows = Iterator[tuple[type[Model], str, dict[str, str]]]
SENT = "state <> 'draft'"
DECIDED = "state IN ('accepted', 'not_accepted', 'redirected')"
HELD = "state NOT IN ('draft', 'submitted', 'withdrawn')"


def referral_rows() -> Rows:
    """What stands on a referral: (model, where its rows come from, what is not left at its default)."""
    yield Referral, "stage", REFERRAL
    name = "pg_temp.name(floor(20000 * power(u2, 3))::int) || ' ' || pg_temp.name(floor(8000 * u5)::int)"
    yield Alias, "stage, generate_series(1, floor(u6 * 2.2)::int)", {"referral": "i", "name": name}
    nations = "(ARRAY['ROU','POL','ALB','NGA','JAM','PAK','VNM','IRN','SOM','PRT','LTU','TUR'])"
    code = f"{nations}[1 + (floor(u4 * 12)::int + k) % 12]"
    yield (
        Nationality,
        "stage, generate_series(0, CASE WHEN u3 < .1 THEN 1 ELSE 0 END) k",
        {"referral": "i", "code": code, "source": "'claimed'"},
    )
    yield ConductEvent, CONDUCT_FROM, CONDUCT
    yield InformationRequest, f"stage WHERE {ASKED}", REQUEST
    yield Question, "referrals_informationrequest r JOIN stage ON i = r.id", QUESTION
    for verb, before, after, at, by, rows in CHANGES:
        yield (
            ReferralChange,
            f"stage LEFT JOIN referrals_informationrequest r ON r.id = i WHERE {rows}",
            {"referral": "i", "verb": verb, "from_state": before, "to_state": after, "at": at, "by": by},
        )
    yield TriageDecision, f"stage WHERE {DECIDED}", DECISION
    yield Search, f"stage WHERE {UNDECIDED}", {"referral": "i", "details": "md5(i::text)", "model_version": "'2026-1'",
                                              "searched_at": "now()"}  # fmt: skip
    yield (
        Pair,
        f"stage WHERE {UNDECIDED} AND u6 < .1 AND i > 1",
        {
            "referral": "1 + floor(u3 * (i - 1))::int",
            "other": "i",
            "probability": ".9 + u2 / 10",
            "found_at": "now()",
        },
    )


def case_rows() -> Rows:
    """What follows an acceptance, and what was written down of it all."""
    accepted = "stage WHERE state = 'accepted'"
    set_at = "at + interval '6 days'"
    yield (
        SpecialConditionsFlag,
        accepted,
        {
            "id": "i",
            "referral": "i",
            "decision": "i",
            "text": "'Nexus High Harm (Regional)'",
            "set_by": "desk",
            "set_at": set_at,
        },
    )
    team = "(SELECT id FROM accounts_team WHERE code = 'nexus_high_harm')"
    yield (
        Allocation,
        accepted,
        {"referral": "i", "team": team, "allocated_by": "desk", "allocated_at": set_at},
    )
    yield Case, accepted, CASE
    yield CaseChange, accepted, {"case": "i", "verb": "'allocate'", "from_state": "'open'", "to_state": "'allocated'",
                                 "at": set_at, "by": "desk"}  # fmt: skip
    for kind, at, by, role, rows in ENTRIES:
        values = {"at": at, "by_id": by, "by_role": f"'{role}'", "kind": kind, "subject_type": "'referrals.referral'",
                  "subject_id": "i::text", "request_id": "md5(i::text)"}  # fmt: skip
        yield AuditEvent, f"stage WHERE {rows} ORDER BY i", values


UNDECIDED = "state IN ('submitted', 'in_triage', 'information_requested')"
ASKED = "state = 'information_requested' OR (u5 < .25 AND at < now() - interval '6 days' AND state IN ('accepted', 'not_accepted', 'redirected', 'in_triage'))"
REQUEST = {
    "id": "i",
    "referral": "i",
    "asked_by": "desk",
    "asked_at": "LEAST(at + interval '2 days', now() - interval '1 minute')",
    "closed_at": "CASE WHEN state <> 'information_requested' THEN at + interval '5 days' END",
}
ANSWERED = "r.closed_at IS NOT NULL"
QUESTION = {
    "request": "r.id",
    "number": "1",
    "text": "pg_temp.words(120, u1)",
    "due_on": "(at + interval '12 days')::date",
    "owner": "officer",
    "answer": f"CASE WHEN {ANSWERED} THEN pg_temp.words(150, u3) ELSE '' END",
    "answered_by": f"CASE WHEN {ANSWERED} THEN officer END",
    "answered_at": "r.closed_at",
}
CONDUCT_FROM = (
    "stage, LATERAL generate_series(1, 1 + floor(u2 * 5)::int) k, "
    "LATERAL (SELECT (ARRAY['conviction','conviction','conviction','arrest_no_further_action','intelligence','caution'])"
    "[1 + (i + k) % 6] AS what, (at - k * interval '190 days')::date AS day) e"
)
CONVICTED = "CASE WHEN what = 'conviction' THEN {} END"
CONDUCT = {
    "referral": "i",
    "kind": "what",
    "part": "CASE WHEN what = 'conviction' THEN 'convicted' ELSE 'suspect' END",
    "offence": "(ARRAY['Robbery','Assault occasioning actual bodily harm','Supply of Class A drugs','Burglary'])[1 + (i + k) % 4]",
    "offence_on": "day - 60",
    "convicted_on": CONVICTED.format("day"),
    "sentenced_on": CONVICTED.format("day"),
    "court": "CASE WHEN what = 'conviction' THEN 'Birmingham Crown Court' ELSE '' END",
    "sentence_type": "CASE WHEN what = 'conviction' THEN (ARRAY['custodial','suspended','non_custodial'])[1 + (i + k) % 3] ELSE '' END",
    "sentence_months": "CASE WHEN what = 'conviction' AND (i + k) % 3 = 0 THEN 6 + i % 30 END",
    "grounding": "'fact'",
}
CHANGES = [
    ("'submit'", "'draft'", "'submitted'", "stage.at", "officer", SENT),
    ("'claim'", "'submitted'", "'in_triage'", "LEAST(stage.at + interval '1 day' * u3, now())", "desk", HELD),
    ("'request_information'", "'in_triage'", "'information_requested'", "r.asked_at", "desk", "r.id IS NOT NULL"),
    ("'answer_information'", "'information_requested'", "'in_triage'", "r.closed_at", "officer", ANSWERED),
    ("CASE state WHEN 'accepted' THEN 'accept' WHEN 'not_accepted' THEN 'not_accept' ELSE 'redirect' END", "'in_triage'",
     "state", "stage.at + interval '6 days'", "desk", DECIDED),
    ("'withdraw'", "'submitted'", "'withdrawn'", "stage.at + interval '3 days'", "officer", "state = 'withdrawn'"),
]  # fmt: skip
ENTRIES = [
    ("'referral.started'", "at - interval '2 hours'", "officer", Role.POLICE_OFFICER, "true"),
    ("'referral.submitted'", "at", "officer", Role.POLICE_OFFICER, SENT),
    ("'referral.claimed'", "at + interval '1 day' * u3", "desk", Role.REFERRALS_OFFICER, HELD),
    ("'referral.viewed'", "at + interval '1 day' * u3", "desk", Role.REFERRALS_OFFICER, HELD),
    ("'referral.' || state", "at + interval '6 days'", "desk", Role.REFERRALS_OFFICER, DECIDED),
]
ACCEPTED = "CASE WHEN state = 'accepted' THEN {} {} END"
DECISION = {
    "id": "i",
    "referral": "i",
    "outcome": "state",
    "reasons": "pg_temp.words(200, u2)",
    "balance": "pg_temp.words(200, u4)",
    "significant_impact": ACCEPTED.format("'yes'", "ELSE ''"),
    "impact_reasons": ACCEPTED.format("pg_temp.words(120, u5)", "ELSE ''"),
    "scope_confirmation": ACCEPTED.format("'Nationality document seen; not British or Irish.'", "ELSE ''"),
    "route": ACCEPTED.format(
        "(ARRAY['administrative_removal','conviction_led','intelligence_led'])[1 + floor(u4 * 3)::int]",
        "ELSE ''",
    ),
    "significant_conviction": ACCEPTED.format("u4 < .5", ""),
    "police_statement": ACCEPTED.format("'not_necessarily'", "ELSE ''"),
    "policy_version": "'2017-03-15'",
    "assessment": "'{}'",
    "matrix_outcome": "'M' || floor(u3 * 7)::int",
    "destination": "CASE WHEN state = 'redirected' THEN 'criminal_casework' ELSE '' END",
    "decided_by": "desk",
    "decided_at": "at + interval '6 days'",
}
CLOSED = "i % 10 <> 3"  # nine cases of ten are over
CASE = {
    "id": "i",
    "referral": "i",
    "state": f"CASE WHEN {CLOSED} THEN 'closed' ELSE (ARRAY['assigned','evidence','drafted','decided','served'])[1 + floor(u4 * 5)::int] END",
    "route": "'administrative_removal'",
    "opened_at": "at + interval '6 days'",
    "case_owner": "owner",
    "next_action": "'Ask the force for a summary of its material'",
    "next_action_on": f"CASE WHEN {CLOSED} THEN at::date + 300 ELSE current_date - 6 + floor(u1 * u1 * 60)::int END",
    "next_action_by": "owner",
    "last_progress_at": "GREATEST(at + interval '6 days', now() - u3 * interval '40 days')",
    "outcome": f"CASE WHEN {CLOSED} THEN 'removed' ELSE '' END",
    "outcome_on": f"CASE WHEN {CLOSED} THEN at::date + 280 END",
    "outcome_reasons": f"CASE WHEN {CLOSED} THEN pg_temp.words(120, u2) ELSE '' END",
    "outcome_by": f"CASE WHEN {CLOSED} THEN owner END",
    "outcome_at": f"CASE WHEN {CLOSED} THEN at + interval '280 days' END",
    "closed_by": f"CASE WHEN {CLOSED} THEN owner END",
    "closed_at": f"CASE WHEN {CLOSED} THEN at + interval '300 days' END",
}
CUSTODY = "u2 < .04"
REFERRAL = {
    "id": "i",
    "reference": "'NHH-' || extract(year FROM at)::int || '-' || lpad(i::text, 6, '0')",
    "state": "state",
    "idempotency_key": "gen_random_uuid()",
    "created_by": "officer",
    "created_at": "at - interval '2 hours'",
    "changed_at": "at",
    "submitted_by": f"CASE WHEN {SENT} THEN officer END",
    "submitted_at": f"CASE WHEN {SENT} THEN at END",
    "claimed_by": f"CASE WHEN {HELD} THEN desk END",
    "claimed_at": f"CASE WHEN {HELD} THEN at + interval '1 day' * u3 END",
    "withdrawn_by": "CASE WHEN state = 'withdrawn' THEN officer END",
    "withdrawn_at": "CASE WHEN state = 'withdrawn' THEN at + interval '3 days' END",
    "force": "force",
    "officer": "'PC ' || officer",
    "officer_contact": f"'officer' || officer || '@{DOMAIN}'",
    "supervisor": "'PS Hollins'",
    "channel": f"CASE WHEN {CUSTODY} THEN 'live_time' ELSE 'standard' END",
    "in_custody": CUSTODY,
    "custody_reference": f"CASE WHEN {CUSTODY} THEN 'CU' || i ELSE '' END",
    "custody_clock_started_at": f"CASE WHEN {CUSTODY} THEN at - interval '3 hours' END",
    # One in a hundred has a common name, one in ten thousand a rare one.
    "surname": "CASE WHEN i % 10000 = 7 THEN 'Quillfeather' WHEN i % 100 = 3 THEN 'Hussain' ELSE pg_temp.name(floor(20000 * power(u3, 3))::int) END",
    "forenames": "(ARRAY['Teodor','Mariam','Adão','Ngozi','Rafał','Li','Amir','Ioana','Petrit','Fatou','Viktor','Zoran'])[1 + floor(u4 * 12)::int]",
    "date_of_birth": "date '1960-01-01' + floor(u5 * 16000)::int",
    "date_of_birth_precision": "'exact'",
    "sex": "CASE WHEN u6 < .88 THEN 'male' ELSE 'female' END",
    "place_of_birth": "'Port Selby'",
    **dict.fromkeys(("may_be_british", "may_be_irish", "right_of_abode", "long_resident", "active_claim", "under_18",
                     "health_condition", "mental_health_order", "trafficking_indicator"), "'no'"),
    "scope_evidence": "pg_temp.words(90, u3)",
    "pnc_id": "(1980 + i % 40)::text || '/' || lpad((i % 10000000)::text, 7, '0') || substr('ZABCDEFGHJKLMNPQRTUVWXY', 1 + ((((1980 + i % 40) % 100)::bigint * 10000000 + i) % 23)::int, 1)",
    "home_office_reference": "CASE WHEN u4 < .6 THEN chr(65 + i % 26) || lpad(((i * 7) % 10000000)::text, 7, '0') ELSE '' END",
    "cid_person_id": "CASE WHEN u5 < .5 THEN 'P' || i ELSE '' END",
    "passport_number": "CASE WHEN u6 < .3 THEN 'X' || lpad(i::text, 8, '0') ELSE '' END",
    "immigration_status": "(ARRAY['overstayer','illegal_entrant','refused','indefinite_leave','limited_leave','eea_settled','eea_pre_settled','eea_no_scheme_status','asylum_pending','unknown'])[1 + floor(power(u6, 1.6) * 10)::int]",
    "status_as_at": "at::date - 20",
    "status_source": "'Home Office record'",
    "arrived_on": "at::date - 2500",
    "arrived_on_precision": "'exact'",
    "years_of_residence": "7",
    "active_police_interest": "u4 < .85",
    "interest_what": "pg_temp.words(70, u2)",
    "interest_by": "'Offender management unit'",
    "interest_on": "at::date - 10",
    "removal_priority": "u4 < .8",
    "harm_physical": "true",
    "harm_to_individuals": "true",
    "harm_to_community": "u6 < .6",
    "harm_narrative": "pg_temp.words(300 + (u1 * 500)::int, u5)",
    "conduct_listed": "true",
    "material_level": "(ARRAY['none','summary','statement'])[1 + floor(u5 * 3)::int]",
    "threat_current": "u5 < .7",
    "threat_ongoing": "u5 < .6",
    "material_description": "pg_temp.words(200, u4)",
    **dict.fromkeys(("pending_criminal", "pending_litigation", "pending_appeals"), "'none_known'"),
    "has_partner": "CASE WHEN u2 < .5 THEN 'yes' ELSE 'no' END",
    "has_children": "CASE WHEN u2 < .3 THEN 'yes' ELSE 'not_known' END",
    **dict.fromkeys(("commits_information", "commits_tracing", "commits_evidence", "commits_resources"), "true"),
    "signatory": "'Ch Insp Marit Hollins'",
    "signatory_post": "'Force lead for Nexus'",
    "attachments_listed": "true",
    # The place in the queue. The day of the target is reckoned by the product, for those that have one.
    "clock_from": f"CASE WHEN {SENT} THEN at END",
    "queue_rank": f"CASE WHEN {CUSTODY} AND {UNDECIDED} THEN {LIVE} ELSE {OTHERS} END",
    "queue_custody_ends_at": f"CASE WHEN {CUSTODY} THEN at - interval '3 hours' + interval '{DETENTION}' ELSE '{NO_END}' END",
}  # fmt: skip


def fill(cursor: Any, model: type[Model], source: str, /, **given: str) -> None:
    """Insert a row of `model` for each of `source`; a field that is not given has its default, or is empty."""
    table = model._meta.db_table
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    fields = [field for field in fields if not field.primary_key or field.name in given]
    columns = ", ".join(str(field.column) for field in fields)
    values = ", ".join(given.pop(str(field.name), "") or default_of(field) for field in fields)
    if given:
        raise ValueError(f"{table} has no {sorted(given)}")
    with step(table), without_indexes(cursor, table):
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {source}")  # noqa: S608 - fixed words


def default_of(field: Field) -> str:
    """What an empty form leaves in this field, as SQL."""
    if field.null:
        return "NULL"
    if isinstance(field, JSONField):
        return "'{}'" if field.default is dict else "'[]'"
    if isinstance(field, BooleanField):
        return str(bool(field.get_default())).lower()
    default = "" if field.default is NOT_PROVIDED else field.get_default()
    return f"'{field.get_prep_value(default)}'"


@contextmanager
def without_indexes(cursor: Any, table: str) -> Iterator[None]:
    """The indexes that no constraint needs are made again after the rows are in."""
    cursor.execute(
        "SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)",
        [table],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    for _, definition in indexes:
        cursor.execute(definition)


def set_sequences(cursor: Any) -> None:
    """What is inserted next follows what was loaded."""
    cursor.execute(
        "SELECT s.oid::regclass, t.oid::regclass, a.attname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid"
        " JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid"
        " WHERE s.relkind = 'S' AND d.deptype IN ('a', 'i')"
    )
    for sequence, table, column in cursor.fetchall():
        cursor.execute(f"SELECT setval('{sequence}', GREATEST((SELECT max({column}) FROM {table}), 1))")  # noqa: S608
