"""Home Office teams: add, rename."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from nexus.accounts.actions.steps import set_fields
from nexus.accounts.models import Team, User
from nexus.accounts.permissions import WHO_MAY
from nexus.audit.recording import record
from nexus.refusals import refuse_if

TEAM_CODE_LENGTH = 40
TEAM_TAKEN = "There is already a team with this name."


@transaction.atomic
def add_team(*, by: User, now: datetime, name: str) -> Team:
    """A new Home Office team. Raises Refused when there is one of this name."""
    WHO_MAY.permit("administer", by)
    refuse_if(reasons_against_team_name(name))
    team = Team.objects.create(code=free_team_code(name), name=name)
    record(kind="team.added", by=by, subject=team, now=now)
    return team


@transaction.atomic
def rename_team(*, team_id: int, by: User, now: datetime, name: str) -> Team:
    """Another name for a team; its code, which the rules know it by, stays. Raises Refused."""
    WHO_MAY.permit("administer", by)
    team = Team.objects.select_for_update().get(pk=team_id)
    refuse_if(reasons_against_team_name(name, team_id=team.pk))
    if set_fields(team, {"name": name}):
        record(kind="team.renamed", by=by, subject=team, now=now, detail={"fields": ["name"]})
    return team


def reasons_against_team_name(name: str, *, team_id: int | None = None) -> list[str]:
    same = Team.objects.filter(name__iexact=name).exclude(pk=team_id or 0)
    return [TEAM_TAKEN] if same.exists() else []


def free_team_code(name: str) -> str:
    """A code made from the name, numbered when it is taken."""
    stem = slugify(name).replace("-", "_")[: TEAM_CODE_LENGTH - 4] or "team"
    taken = set(Team.objects.filter(code__startswith=stem).values_list("code", flat=True))
    number = 2
    code = stem
    while code in taken:
        code, number = f"{stem}_{number}", number + 1
    return code
