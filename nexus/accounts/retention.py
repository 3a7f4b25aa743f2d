"""How the tables of people who work here, forces and teams are kept, and which of their fields are about people."""

from nexus.retention.kept import Declarations, Kept

RETENTION: Declarations = {
    "accounts.Force": Kept(
        retention="reference",
        other="code ons_code name region engaged engaged_on metropolitan value_added_activity",
    ),
    "accounts.Team": Kept(
        retention="reference",
        other="code name",
    ),
    "accounts.User": Kept(
        retention="account",
        personal="password last_login email full_name telephone provider_subject",
        other="role nsa_accredited is_active created_at session_epoch",
    ),
    "accounts.Invitation": Kept(
        retention="account",
        other="invited_at expires_at secret_hash used_at withdrawn_at",
    ),
    "accounts.Integration": Kept(
        retention="account",
        personal="reason",
        other="name scopes granted_at expires_at withdrawn_at",
    ),
    "accounts.ProgramKey": Kept(
        retention="account",
        other="public_key added_at withdrawn_at last_used_at",
    ),
    "accounts.TokenGrant": Kept(
        retention="account",
        other="digest scope last_used_at",
    ),
    "accounts.SecondFactorReset": Kept(
        retention="account",
        personal="reason",
        other="asked_at agreed_at",
    ),
    "accounts.BankHoliday": Kept(
        retention="reference",
        other="day reason added_at withdrawn_at",
    ),
}
