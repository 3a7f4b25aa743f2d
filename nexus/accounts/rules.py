"""What an account must and may not have, as sentences by field, and when a confirmation is fresh."""

from datetime import datetime, timedelta

from nexus.accounts.roles import POLICE_ROLES, Role

FRESH = timedelta(minutes=5)  # a confirmation counts this long, in its own session. Local


def reasons_against(
    *, role: str, has_force: bool, has_team: bool, nsa_accredited: bool
) -> list[tuple[str, str]]:
    """(field, sentence) for everything that does not go together; nothing when all does."""
    police = role in POLICE_ROLES
    found = []
    if police and not has_force:
        found.append(("force", "Select the force of the police officer or force lead."))
    if has_force and not police:
        found.append(("force", "Only a police officer or force lead belongs to a force. Select no force."))
    if has_team and police:
        found.append(
            ("team", "A police officer or force lead belongs to no Home Office team. Select no team.")
        )
    if nsa_accredited and role != Role.CASE_OWNER:
        found.append(("nsa_accredited", "Only a case-owner is recorded as NSA accredited."))
    return found


def is_fresh(confirmed_at: datetime | None, now: datetime) -> bool:
    """Whether it was confirmed minutes ago, and not in the future."""
    return confirmed_at is not None and timedelta(0) <= now - confirmed_at <= FRESH


def reasons_not_confirmed(confirmed_at: datetime | None, now: datetime) -> list[str]:
    """What is done in a person's name is personal and fresh: they have confirmed, just now, that it is they."""
    if is_fresh(confirmed_at, now):
        return []
    return ["Confirm that it is you: enter a code from your app again, or use your security key."]
