"""Everything an administrator changes: accounts, forces, teams, bank holidays. Each action is keyword-only, takes `by`
and `now`, and goes lock → permit → reasons → save → record. The record holds field names, never values."""

from nexus.accounts.actions.bank_holidays import add_bank_holiday, withdraw_bank_holiday
from nexus.accounts.actions.forces import add_force, change_force
from nexus.accounts.actions.integrations import (
    add_key,
    grant_integration,
    withdraw_integration,
    withdraw_key,
)
from nexus.accounts.actions.teams import TEAM_TAKEN, add_team, rename_team
from nexus.accounts.actions.users import (
    EMAIL_TAKEN,
    add_user,
    change_user,
    disable_user,
    enable_user,
    send_password_link,
)

__all__ = [
    "EMAIL_TAKEN",
    "TEAM_TAKEN",
    "add_bank_holiday",
    "add_force",
    "add_key",
    "add_team",
    "add_user",
    "change_force",
    "change_user",
    "disable_user",
    "enable_user",
    "grant_integration",
    "rename_team",
    "send_password_link",
    "withdraw_bank_holiday",
    "withdraw_integration",
    "withdraw_key",
]
