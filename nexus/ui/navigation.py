"""Where each role goes: the pages in the top navigation, and the page after signing in.

One place. Add a row when a page exists; a row whose URL name does not exist yet is left out, so
rows may be written before their pages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from nexus.accounts.roles import CASEWORK_ROLES, POLICE_ROLES, Role


@dataclass(frozen=True)
class Destination:
    """One entry of the top navigation, shown to some roles; in which group, where a role has many."""

    label: str
    url_name: str
    roles: frozenset[Role]
    group: str = "More"


MOST_IN_A_ROW = 10  # a role with more entries has them in groups
WAITS, CASES, TRIAGE, FORCES, RESULTS = "What waits", "Casework", "Triage", "Forces", "Results"
WORKS = frozenset({Role.CASE_OWNER, Role.SENIOR_CASEWORKER})
MANAGES = frozenset({Role.MANAGER})
CROYDON = frozenset({Role.REFERRALS_OFFICER})

NAVIGATION = (
    Destination("Workload", "casework:workload", MANAGES, WAITS),
    Destination("To assign", "casework:unallocated", MANAGES, WAITS),
    Destination("Absences", "casework:absences", MANAGES, WAITS),
    Destination("Referrals", "referrals:list", POLICE_ROLES | {Role.IMMIGRATION_OFFICER}),
    Destination("Asked of us", "referrals:asked", POLICE_ROLES | {Role.IMMIGRATION_OFFICER}),
    Destination("Material", "material:asked", POLICE_ROLES),
    Destination("My cases", "casework:mine", WORKS),
    Destination("My tasks", "casework:my_tasks", WORKS | MANAGES, WAITS),
    Destination("Cases", "casework:list", CASEWORK_ROLES, CASES),
    Destination("Nexus material", "material:list", CASEWORK_ROLES, CASES),
    Destination("Triage queue", "desk:queue", CROYDON | MANAGES, TRIAGE),
    Destination("Second readings", "referrals:second_readings", CROYDON),
    Destination("Referral matrix", "matrix:list", POLICE_ROLES | CROYDON | {Role.IMMIGRATION_OFFICER}),
    Destination(
        "Duty Desk",
        "duty_desk:enquiries",
        POLICE_ROLES | CROYDON | MANAGES | {Role.IMMIGRATION_OFFICER, Role.CRIMINAL_CASEWORK},
        TRIAGE,
    ),
    Destination(
        "Police support", "support:list", POLICE_ROLES | CROYDON | MANAGES | {Role.CRIMINAL_CASEWORK}, FORCES
    ),
    Destination("Data-wash", "datawash:list", POLICE_ROLES | CROYDON | MANAGES, FORCES),
    Destination("Operations", "engagement:list", CASEWORK_ROLES | POLICE_ROLES, CASES),
    Destination("Cases", "casework:list", CROYDON),
    Destination("Flags", "referrals:flags", CASEWORK_ROLES | CROYDON | {Role.CRIMINAL_CASEWORK}, TRIAGE),
    Destination("To key", "keying:list", CROYDON | MANAGES | WORKS, TRIAGE),
    Destination("Rota", "duty_desk:rota", frozenset({Role.CIO_HMI})),
    Destination("Live-time calls", "duty_desk:calls", frozenset({Role.CIO_HMI})),
    Destination("Litigation", "duty_desk:litigation", WORKS),
    Destination("Progress reports", "reports:list", POLICE_ROLES | MANAGES, FORCES),
    Destination("Dashboard", "reports:dashboard", MANAGES, RESULTS),
    Destination("Quality", "quality:queue", CROYDON | MANAGES, RESULTS),
    Destination("Matrix agreement", "matrix:agreement", MANAGES, RESULTS),
    Destination("Users", "administration:users", frozenset({Role.ADMINISTRATOR})),
    Destination("Forces", "administration:forces", frozenset({Role.ADMINISTRATOR})),
    Destination("Teams", "administration:teams", frozenset({Role.ADMINISTRATOR})),
    Destination("Bank holidays", "administration:bank_holidays", frozenset({Role.ADMINISTRATOR})),
    Destination("E-mail", "notifications:parked", frozenset({Role.ADMINISTRATOR})),
    Destination("Audit log", "audit:log", frozenset({Role.AUDITOR})),
)

# The page the day of a role begins with, where it is not the first entry of its navigation.
START_PAGES: dict[Role, str] = {
    Role.FORCE_LEAD: "referrals:asked",
    Role.CIO_HMI: "engagement:list",
    Role.SPECIALIST_APPEALS: "material:list",
    Role.CRIMINAL_CASEWORK: "referrals:flags",
}


@dataclass(frozen=True)
class Navigation:
    """The row of entries or of groups; and below it the entries of the group the page belongs to."""

    row: list[dict[str, Any]]
    group: str = ""
    below: Sequence[dict[str, Any]] = ()


def path_of(url_name: str) -> str | None:
    """The path of a named page, or None when it does not exist (yet)."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def destinations(role: str) -> Iterable[tuple[str, str]]:
    """(label, path) of the existing pages in the navigation of a role, in order."""
    for _, label, path in entries(role):
        yield label, path


def entries(role: str) -> Iterable[tuple[str, str, str]]:
    """(group, label, path)"""
    for destination in NAVIGATION:
        path = path_of(destination.url_name) if role in destination.roles else None
        if path:
            yield destination.group, destination.label, path


def top_navigation(role: str, current_path: str) -> Navigation:
    """What the top of a page shows. The longest path that leads here is the active one."""
    found = list(entries(role))
    active = max((path for _, _, path in found if current_path.startswith(path)), key=len, default="")

    def item(label: str, path: str) -> dict[str, Any]:
        return {"text": label, "href": path, "current": path == current_path, "active": path == active}

    if len(found) <= MOST_IN_A_ROW:
        return Navigation([item(label, path) for _, label, path in found])
    groups: dict[str, list[dict[str, Any]]] = {}
    for group, label, path in found:
        groups.setdefault(group, []).append(item(label, path))
    here = next((group for group, items in groups.items() if any(each["active"] for each in items)), "")
    row = [
        {"text": group, "href": items[0]["href"], "active": group == here} for group, items in groups.items()
    ]
    return Navigation(row, here, groups.get(here, ()))


def start_page(role: str) -> str:
    """The path a person with this role starts at; their account when nothing else exists."""
    chosen = path_of(START_PAGES[Role(role)]) if role in START_PAGES else None
    return chosen or next((path for _, path in destinations(role)), reverse("accounts:account"))
