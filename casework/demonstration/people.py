"""Who works here: invented officers of all 43 forces, and invented Home Office staff."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from random import Random

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from nexus.accounts.models import Force, Team, User
from nexus.accounts.reference import load_reference_data
from nexus.accounts.roles import Role
from nexus.accounts.second_factor import codes
from nexus.audit.recording import record

PASSWORD = "plainly invented people"  # noqa: S105  (shown to everybody)

# The part of the invented e-mail addresses that names the force: <name>@<this>.example
ADDRESSES: dict[str, str] = {
    "01": "met", "03": "cumbria", "04": "lancashire", "05": "merseyside", "06": "gmp", "07": "cheshire",
    "10": "northumbria", "11": "durham", "12": "northyorks", "13": "westyorks", "14": "southyorks",
    "16": "humberside", "17": "cleveland", "20": "wmp", "21": "staffordshire", "22": "westmercia",
    "23": "warwickshire", "30": "derbyshire", "31": "notts", "32": "lincs", "33": "leics", "34": "northants",
    "35": "cambs", "36": "norfolk", "37": "suffolk", "40": "bedfordshire", "41": "herts", "42": "essex",
    "43": "thamesvalley", "44": "hampshire", "45": "surrey", "46": "kent", "47": "sussex", "48": "cityoflondon",
    "50": "devoncornwall", "52": "avonsomerset", "53": "gloucestershire", "54": "wiltshire", "55": "dorset",
    "60": "northwales", "61": "gwent", "62": "southwales", "63": "dyfedpowys",
}  # fmt: skip
# More than one officer where there is more to refer.
BIG_FORCES = {"01": 4, "20": 3, "06": 3, "13": 2, "43": 2, "46": 2, "42": 2}

# A case-owner who may not be given a case yet.
NOT_YET_ACCREDITED = "caseowner8@liverpool.example"

# fmt: off
GIVEN = (
    "Rowan", "Imran", "Marit", "Gwen", "Tobias", "Adaeze", "Callum", "Priya", "Hywel", "Joanna", "Kwame",
    "Sinéad", "Douglas", "Farah", "Merryn", "Oliver", "Bronwen", "Tariq", "Esme", "Gareth", "Nadine",
    "Rhys", "Leila", "Fergus", "Ottilie", "Sanjay", "Morwenna", "Dermot", "Zainab", "Piers", "Isla",
    "Kofi",
)
FAMILY = (
    "Ashdown", "Calloway", "Hollins", "Pendry", "Marlowe-Finch", "Okonjo", "Thistlewood", "Ravensby",
    "Llwyd", "Quillfeather", "Sandiford", "Brackenridge", "Ostler", "Wynterbourne", "Fairhollow",
    "Maddocks", "Nettleford", "Adjaye", "Larkspur", "Greystock", "Tamblyn", "Penhallow", "Osgathorpe",
    "Dunmarrow", "Velloor", "Rushbeck", "Kettlewell", "Chaudhuri", "Stonehewer", "Applegarth", "Minchin",
    "Trevorrow",
)
# fmt: on


@dataclass(frozen=True)
class Post:
    """One Home Office account: its address, role and team."""

    email: str
    role: Role
    team: str = ""


def home_office_posts() -> Iterator[Post]:
    yield Post("immigration@ice.example", Role.IMMIGRATION_OFFICER)
    yield Post("custody@ccu.example", Role.IMMIGRATION_OFFICER)
    for number in range(1, 7):
        yield Post(_numbered("referrals", number, "croydon"), Role.REFERRALS_OFFICER, "referrals_office")
    for number in range(1, 9):
        yield Post(_numbered("caseowner", number, "liverpool"), Role.CASE_OWNER, "nexus_high_harm")
    for number in range(1, 3):
        yield Post(_numbered("senior", number, "liverpool"), Role.SENIOR_CASEWORKER, "nexus_high_harm")
    yield Post("cio@liverpool.example", Role.CIO_HMI, "nexus_high_harm")
    yield Post("appeals@specialist.example", Role.SPECIALIST_APPEALS, "specialist_appeals")
    yield Post("criminal@casework.example", Role.CRIMINAL_CASEWORK, "criminal_casework")
    for number in range(1, 3):
        yield Post(_numbered("manager", number, "liverpool"), Role.MANAGER, "nexus_high_harm")
    yield Post("auditor@nexus.example", Role.AUDITOR)
    yield Post("administrator@nexus.example", Role.ADMINISTRATOR)
    yield Post(_numbered("cio", 2, "liverpool"), Role.CIO_HMI, "nexus_high_harm")
    yield Post(_numbered("administrator", 2, "nexus"), Role.ADMINISTRATOR)


def _numbered(name: str, number: int, place: str) -> str:
    return f"{name}@{place}.example" if number == 1 else f"{name}{number}@{place}.example"


# The sign-ins a newcomer is shown: who it is, and the address. Each shows another part of the service.
SHOWN: tuple[tuple[str, str], ...] = (
    ("Police officer, West Midlands", "officer@wmp.example"),
    ("Force lead, West Midlands", "lead@wmp.example"),
    ("Police officer, Metropolitan", "officer@met.example"),
    ("Immigration officer", "immigration@ice.example"),
    ("Referrals officer, Croydon", "referrals@croydon.example"),
    ("Manager, Liverpool", "manager@liverpool.example"),
    ("Case-owner, Liverpool", "caseowner@liverpool.example"),
    ("Senior Caseworker", "senior@liverpool.example"),
    ("Chief Immigration Officer", "cio@liverpool.example"),
    ("Specialist Appeals", "appeals@specialist.example"),
    ("Criminal Casework", "criminal@casework.example"),
    ("Auditor", "auditor@nexus.example"),
    ("Administrator", "administrator@nexus.example"),
)


def sign_ins() -> list[tuple[str, str, str]]:
    """(role, e-mail address, password) for each sign-in a newcomer is shown; all passwords are one."""
    return [(role, email, PASSWORD) for role, email in SHOWN]


class People:
    """Everybody who works in the demonstration, found by post."""

    def __init__(self, users: list[User]) -> None:
        self.users = users
        self.by_email = {user.email: user for user in users}
        self.forces = {user.force.code: user.force for user in users if user.force}

    def having(self, role: Role, *, force: str = "") -> list[User]:
        return [
            user
            for user in self.users
            if user.role == role and (not force or (user.force is not None and user.force.code == force))
        ]


def make_people(rng: Random, *, now: datetime) -> People:
    """An officer and a lead for each of the 43 forces, and the Home Office's own people, each with an app.

    Argon2 is slow by design, so the one password all share is hashed once.
    """
    load_reference_data()
    hashed, numbers = make_password(PASSWORD), count(100)
    names = _names(rng)
    forces = {force.code: force for force in Force.objects.all()}
    teams = {team.code: team for team in Team.objects.all()}
    users = []
    for code, address in ADDRESSES.items():
        for email, role in force_posts(code, address):
            called = drama_number(email, next(numbers))
            users.append(_user(email, role, next(names), hashed, now, called, force=forces[code]))
    for post in home_office_posts():
        called = drama_number(post.email, next(numbers))
        users.append(
            _user(post.email, post.role, next(names), hashed, now, called, team=teams.get(post.team))
        )
    Authenticator.objects.bulk_create(
        Authenticator(
            user=user,
            type=Authenticator.Type.TOTP,
            data={"secret": codes.new_secret(), "last_period": 0},
            created_at=now,
        )
        for user in users
    )
    return People(users)


def force_posts(code: str, address: str) -> list[tuple[str, Role]]:
    """The accounts of one force: a lead and its officers."""
    officers = range(1, BIG_FORCES.get(code, 1) + 1)
    return [
        (f"lead@{address}.example", Role.FORCE_LEAD),
        *((_numbered("officer", number, address), Role.POLICE_OFFICER) for number in officers),
    ]


def addresses() -> set[str]:
    """Every e-mail address of the demonstration."""
    forces = {email for code, address in ADDRESSES.items() for email, _ in force_posts(code, address)}
    return forces | {post.email for post in home_office_posts()}


def everybody() -> People:
    """The people `make_people` made, in the same order."""
    return People(list(User.objects.select_related("force", "team").order_by("pk")))


def _user(
    email: str,
    role: Role,
    name: str,
    hashed: str,
    now: datetime,
    telephone: str,
    *,
    force: Force | None = None,
    team: Team | None = None,
) -> User:
    user = User(
        email=email,
        full_name=name,
        role=role,
        telephone=telephone,
        force=force,
        team=team,
        nsa_accredited=role == Role.CASE_OWNER and email != NOT_YET_ACCREDITED,
        password=hashed,
    )
    user.full_clean()
    user.save()
    User.objects.filter(pk=user.pk).update(created_at=now)
    record(kind="user.added", by=None, subject=user, now=now)
    return user


def drama_number(email: str, number: int) -> str:
    """A number of the ranges that Ofcom keeps free for drama: nobody answers there."""
    if email.endswith("@croydon.example"):
        return f"020 7946 0{number}"
    if email.endswith("@liverpool.example"):
        return f"0151 496 0{number}"
    return f"01632 960{number}"


def _names(rng: Random) -> Iterator[str]:
    """Different full names, in no order."""
    pairs = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    rng.shuffle(pairs)
    yield from pairs
