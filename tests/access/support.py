"""Police support in the world of the access matrix: what there is, for whom it exists, and who may know it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.support import actions
from nexus.accounts.models import Force, User
from nexus.accounts.roles import CASEWORK_ROLES, POLICE_ROLES, Role
from tests.builders import NOON, an_assigned_case
from tests.casework.support.builders import ASKED_AT, a_draft, accepted, submitted, with_force

# A flagged referral as the flag page has it, as a case and as its force; then requests, each in one state.
ABOUT = ("supportask", "supportcase", "supportforce")
DRAFTED, SENT = "supportdraft", "supportsent"  # by Criminal Casework, before the force has it
REACHED = ("supportasked", "supportaccepted")  # by Liverpool, with the force
STATES = (*ABOUT, DRAFTED, SENT, *REACHED)
LIVERPOOL = CASEWORK_ROLES | {Role.REFERRALS_OFFICER}


def make(
    word: Callable[[str], str], people: Mapping[Role, User], officer: User, upload: SimpleUploadedFile
) -> dict[str, dict[str, Any]]:
    """One flagged case of the officer's force, and a request in every state; `word` makes a state's canary."""
    owner, elsewhere = people[Role.CASE_OWNER], people[Role.CRIMINAL_CASEWORK]
    case = an_assigned_case(case_owner=owner, by=officer, now=NOON - timedelta(days=1))
    Force.objects.filter(pk=officer.force_id).update(value_added_activity=True)
    about = {"reference": case.referral.reference, "code": officer.force.code if officer.force else ""}

    def saying(state: str) -> dict[str, Any]:
        return {"case": case, "asked": word(state), "why": word(state)}

    taken = accepted(with_force(**saying(REACHED[1])), answer=word(REACHED[1]))
    message = actions.add_message(
        request_id=taken.pk, by=owner, now=ASKED_AT, text=word(REACHED[1]), upload=upload, marking="official"
    )
    return {
        **dict.fromkeys(ABOUT, about),
        DRAFTED: {"request_id": a_draft(by=elsewhere, **saying(DRAFTED)).pk},
        SENT: {"request_id": submitted(a_draft(by=elsewhere, **saying(SENT))).pk},
        REACHED[0]: {"request_id": with_force(**saying(REACHED[0])).pk},
        REACHED[1]: {"request_id": taken.pk, "message_id": message.pk},
    }


def exists_for(role: Role, owner: str, state: str) -> bool:
    if state == "supportforce":
        return role not in POLICE_ROLES or owner == "own"
    if role in POLICE_ROLES:
        return state in REACHED and owner == "own"
    if role == Role.CRIMINAL_CASEWORK:
        return state in ("supportask", DRAFTED, SENT)
    return role in LIVERPOOL and state != DRAFTED


def may_know(role: Role | None, whose: str, state: str) -> bool:
    """What is asked is read by whoever asked, at Liverpool and in Croydon, and by the force once it has it."""
    if role in POLICE_ROLES:
        return whose == "own" and state in REACHED
    if role == Role.CRIMINAL_CASEWORK:
        return state in (DRAFTED, SENT)
    return role in LIVERPOOL and state != DRAFTED


def a_support_request(text: str = "Visit him.") -> dict[str, str]:
    """As a form sends it."""
    day = {"due_on-day": "1", "due_on-month": "12", "due_on-year": "2026"}
    return {"kind": "tracing", "asked": text, "why": "He is gone to Leeds.", **day}


def value_added(people: Mapping[Role, User]) -> dict[str, str]:
    born = {"subject_born-day": "3", "subject_born-month": "2", "subject_born-year": "1991"}
    force = Force.objects.filter(value_added_activity=True).earliest("code")
    subject = {"force": force.code, "own_reference": "CC/1", "subject_name": "Somebody", **born}
    return {**a_support_request(), **subject}
