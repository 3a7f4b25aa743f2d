"""Where each role goes: the pages in the top navigation, and the page after signing in.

One place. Add a row when a page exists; a row whose URL name does not exist yet is left out, so
rows may be written before their pages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from nexus.accounts.roles import CASEWORK_ROLES, POLICE_ROLES, Role


@dataclass(frozen=True)
class Destination:
    """One entry of the top navigation, shown to some roles."""

    label: str
    url_name: str
    roles: frozenset[Role]


NAVIGATION = (
    Destination("Referrals", "referrals:list", POLICE_ROLES | {Role.IMMIGRATION_OFFICER}),
    Destination("Asked of us", "referrals:asked", POLICE_ROLES | {Role.IMMIGRATION_OFFICER}),
    Destination("Material", "material:asked", POLICE_ROLES),
    Destination("Triage queue", "desk:queue", frozenset({Role.REFERRALS_OFFICER, Role.MANAGER})),
    Destination("Second readings", "referrals:second_readings", frozenset({Role.REFERRALS_OFFICER})),
    Destination("Quality", "quality:queue", frozenset({Role.REFERRALS_OFFICER, Role.MANAGER})),
    Destination(
        "Referral matrix",
        "matrix:list",
        POLICE_ROLES | {Role.IMMIGRATION_OFFICER, Role.REFERRALS_OFFICER},
    ),
    Destination("Data-wash", "datawash:list", POLICE_ROLES | {Role.REFERRALS_OFFICER, Role.MANAGER}),
    Destination(
        "Duty Desk",
        "duty_desk:enquiries",
        POLICE_ROLES
        | {Role.IMMIGRATION_OFFICER, Role.CRIMINAL_CASEWORK, Role.REFERRALS_OFFICER, Role.MANAGER},
    ),
    Destination(
        "Police support",
        "support:list",
        POLICE_ROLES | {Role.CRIMINAL_CASEWORK, Role.REFERRALS_OFFICER, Role.MANAGER},
    ),
    Destination("My cases", "casework:mine", frozenset({Role.CASE_OWNER, Role.SENIOR_CASEWORKER})),
    Destination(
        "My tasks", "casework:my_tasks", frozenset({Role.CASE_OWNER, Role.SENIOR_CASEWORKER, Role.MANAGER})
    ),
    Destination("Nexus material", "material:list", CASEWORK_ROLES),
    Destination("Cases", "casework:list", CASEWORK_ROLES | {Role.REFERRALS_OFFICER}),
    Destination("Operations", "engagement:list", CASEWORK_ROLES | POLICE_ROLES),
    Destination("To assign", "casework:unallocated", frozenset({Role.MANAGER})),
    Destination("Workload", "casework:workload", frozenset({Role.MANAGER})),
    Destination(
        "Flags",
        "referrals:flags",
        CASEWORK_ROLES | {Role.REFERRALS_OFFICER, Role.CRIMINAL_CASEWORK},
    ),
    Destination(
        "To key",
        "keying:list",
        frozenset({Role.REFERRALS_OFFICER, Role.MANAGER, Role.CASE_OWNER, Role.SENIOR_CASEWORKER}),
    ),
    Destination("Rota", "duty_desk:rota", frozenset({Role.CIO_HMI})),
    Destination("Live-time calls", "duty_desk:calls", frozenset({Role.CIO_HMI})),
    Destination("Litigation", "duty_desk:litigation", frozenset({Role.CASE_OWNER, Role.SENIOR_CASEWORKER})),
    Destination("Progress reports", "reports:list", POLICE_ROLES | {Role.MANAGER}),
    Destination("Dashboard", "reports:dashboard", frozenset({Role.MANAGER})),
    Destination("Matrix agreement", "matrix:agreement", frozenset({Role.MANAGER})),
    Destination("Users", "administration:users", frozenset({Role.ADMINISTRATOR})),
    Destination("Forces", "administration:forces", frozenset({Role.ADMINISTRATOR})),
    Destination("Teams", "administration:teams", frozenset({Role.ADMINISTRATOR})),
    Destination("E-mail", "notifications:parked", frozenset({Role.ADMINISTRATOR})),
    Destination("Audit log", "audit:log", frozenset({Role.AUDITOR})),
)

# The page after signing in, where it is not the first entry of the navigation.
START_PAGES: dict[Role, str] = {
    Role.CASE_OWNER: "casework:mine",
    Role.SENIOR_CASEWORKER: "casework:mine",
    Role.CIO_HMI: "engagement:list",
    Role.CRIMINAL_CASEWORK: "referrals:flags",
}


def path_of(url_name: str) -> str | None:
    """The path of a named page, or None when it does not exist (yet)."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def destinations(role: str) -> Iterable[tuple[str, str]]:
    """(label, path) of the existing pages in the navigation of a role, in order."""
    for destination in NAVIGATION:
        path = path_of(destination.url_name) if role in destination.roles else None
        if path:
            yield destination.label, path


def top_navigation(role: str, current_path: str) -> list[dict[str, Any]]:
    """Items for the service navigation. The longest path that leads here is the active one."""
    found = list(destinations(role))
    leads_here = [path for _, path in found if current_path.startswith(path)]
    active = max(leads_here, key=len, default="")
    return [
        {"text": label, "href": path, "current": path == current_path, "active": path == active}
        for label, path in found
    ]


def start_page(role: str) -> str:
    """The path a person with this role starts at; their account when nothing else exists."""
    chosen = path_of(START_PAGES[Role(role)]) if role in START_PAGES else None
    return chosen or next((path for _, path in destinations(role)), reverse("accounts:account"))
