"""What an account must and may not have, as sentences by field."""

from nexus.accounts.roles import POLICE_ROLES, Role


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
