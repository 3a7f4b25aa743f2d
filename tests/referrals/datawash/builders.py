"""Agreements, lists and washes, reached through the actions people use. Everybody here is invented."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from referrals.datawash import actions
from referrals.datawash.linkage.pots import POT_OF_STATUS
from referrals.datawash.models import Agreement, Person, Wash
from referrals.datawash.states import ARRIVED
from tests.builders import NOON, a_force, a_user

HEAD = "force_row_ref,surname,forenames,dob,sex,nationality,pnc_id,cro,ho_ref,aliases,place_of_birth,postcode"
# Who holds the identifier and the date; who has the same name and date; nobody.
EXACT = "R1,Gurishti,Ardit,1985-07-31,male,Albanian,1999/0123456X,,,Gurisht Ardi;Ardit G,Port Selby,"
PROBABLE = "R2,Lisajewicz,Fatosena,1990-02-03,female,POL,,,,,,"
NOBODY = "R3,Quillfeather,Bartholomaeus,1971-11-08,,,,,,,,"
LIST = "\n".join([HEAD, EXACT, PROBABLE, NOBODY]) + "\n"
PEOPLE: tuple[dict[str, str], ...] = (
    {"person_id": "HO1", "surname": "Gurishti", "forenames": "Ardit", "dob": "1985-07-31", "sex": "male",
     "nationality": "ALB", "pnc_id": "1999/0123456X", "immigration_status": "overstayer"},
    {"person_id": "HO2", "surname": "Lisajewicz", "forenames": "Fatosena", "dob": "1990-02-03", "sex": "female",
     "nationality": "POL", "immigration_status": "eea_settled"},
)  # fmt: skip


def a_register(*more: dict[str, str], now: datetime = NOON) -> None:
    """The people of the lists above, some strangers so that names have frequencies, and more."""
    strangers = (
        {"person_id": f"S{at}", "surname": f"Stranger{chr(97 + at)}", "forenames": "Somebody",
         "dob": f"19{60 + at}-01-02", "immigration_status": "limited_leave"}
        for at in range(20)
    )  # fmt: skip
    Person.objects.bulk_create(Person(changed_at=now, **each) for each in (*PEOPLE, *strangers, *more))


def an_agreement(*, force: Force | None = None, now: datetime = NOON, **answers: Any) -> Agreement:
    values: dict[str, Any] = {
        "title": "Custody lists",
        "starts_on": now.date() - timedelta(days=30),
        "ends_on": None,
        "stale_after_days": 28,
        "purge_after_days": 14,
        "pots": dict(POT_OF_STATUS),
        **answers,
    }
    return actions.agree(by=a_user(Role.MANAGER), now=now, force=force or a_force(), **values)


def a_file(content: str | bytes = LIST, name: str = "custody.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def a_checked_wash(
    content: str | bytes = LIST, *, by: User | None = None, now: datetime = NOON, name: str = "custody.csv"
) -> Wash:
    """Uploaded under the force's agreement, which is made when there is none."""
    by = by or a_user(Role.POLICE_OFFICER)
    if not Agreement.objects.filter(force=by.force).exists():
        an_agreement(force=by.force, now=now)
    wash = actions.upload(by=by, now=now, purpose="Whom to refer", file=a_file(content, name))
    while not actions.read(wash_id=wash.pk, clock=lambda: now):
        if not Wash.objects.filter(pk=wash.pk, state__in=ARRIVED).exists():
            break  # a worker was quicker
    return Wash.objects.get(pk=wash.pk)


def a_queued_wash(content: str | bytes = LIST, *, by: User | None = None, now: datetime = NOON) -> Wash:
    wash = a_checked_wash(content, by=by, now=now)
    return actions.queue(wash_id=wash.pk, by=wash.uploaded_by, now=now)


def a_washed_list(content: str | bytes = LIST, *, by: User | None = None, now: datetime = NOON) -> Wash:
    """With its report. The register must be there: `a_register()`."""
    wash = a_queued_wash(content, by=by, now=now)
    assert actions.wash(wash_id=wash.pk, clock=lambda: now + timedelta(minutes=1))
    return Wash.objects.get(pk=wash.pk)
