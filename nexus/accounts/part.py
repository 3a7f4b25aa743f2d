"""What accounts add to the rest of the service."""

from nexus.accounts.administration.queries import work_waiting
from nexus.accounts.codes import CODES
from nexus.accounts.permissions import WHO_MAY
from nexus.accounts.retention import RETENTION
from nexus.parts import Destination, Part

ADMINISTERS = WHO_MAY["administer"]

PART = Part(
    work_waiting=work_waiting,
    navigation=(
        Destination("Users", "administration:users", ADMINISTERS, place=910),
        Destination("Forces", "administration:forces", ADMINISTERS, place=920),
        Destination("Teams", "administration:teams", ADMINISTERS, place=930),
        Destination("Bank holidays", "administration:bank_holidays", ADMINISTERS, place=935),
    ),
    audit_names={
        "accounts.user": "full_name",
        "accounts.force": "name",
        "accounts.bankholiday": "reason",
        "accounts.team": "name",
    },
    retention=RETENTION,
    codes=CODES,
)
