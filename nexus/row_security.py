"""Whose the rows of each table are, for row-level security: what a scope of the database would see of them.

A model says in `SEEN_BY` how its rows belong to a force; tables of other packages stand in `ELSEWHERE`. The policies of
PostgreSQL are to be made of it; until then it is held by its tests alone.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class SeenBy:
    """How the rows of a table belong to somebody.

    `force` names the field of the force itself; `its` those of which one leads to a row that is seen; `maker` that of
    who made it, `person` that of the one person who sees it at all. `shows` names what is seen with a row: a file with
    its attachment, a case with what a force was tasked with. `open_because` says why the table is no secret.
    """

    force: str = ""
    its: tuple[str, ...] = ()
    maker: str = ""
    person: str = ""
    shows: tuple[str, ...] = ()
    open_because: str = ""


OFFICE_ONLY = SeenBy()


def of_force(field: str = "force", *, shows: tuple[str, ...] = ()) -> SeenBy:
    """The row names its force."""
    return SeenBy(force=field, shows=shows)


def with_its(*fields: str, shows: tuple[str, ...] = ()) -> SeenBy:
    """The row is seen with a row that one of its fields names."""
    return SeenBy(its=fields, shows=shows)


def its_own(person: str) -> SeenBy:
    """Only this person sees it, at the Home Office too."""
    return SeenBy(person=person)


def open_to_all(because: str) -> SeenBy:
    """Every scope sees it."""
    return SeenBy(open_because=because)


ELSEWHERE = {
    "auth.Permission": open_to_all("Names of permissions."),
    "auth.Group": open_to_all("Names of groups."),
    "contenttypes.ContentType": open_to_all("Names of models."),
    "sessions.Session": open_to_all(
        "Read before anybody is known; it holds ids, and is deleted with the session."
    ),
    "knox.AuthToken": open_to_all("Read before anybody is known; it holds hashes."),
    "mfa.Authenticator": open_to_all("Read before anybody is signed in; its secrets are sealed."),
    "account.EmailAddress": open_to_all("Stays empty."),
    "account.EmailConfirmation": open_to_all("Stays empty."),
}


def seen_by(model: type[Model]) -> SeenBy | None:
    """What the model says, or None where it says nothing."""
    said: SeenBy | None = getattr(model, "SEEN_BY", None) or ELSEWHERE.get(model._meta.label)
    return said


def target_of(source: type[Model], path: str) -> type[Model]:
    """The model at the end of a path of fields."""
    found: Any = source
    for name in path.split("__"):
        found = found._meta.get_field(name).related_model
    return found
