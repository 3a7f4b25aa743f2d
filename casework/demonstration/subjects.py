"""Invented subjects: one complete set of answers to the referral form.

A subject's profile says what kind of referral it is for the thresholds of page 9; who the subject is
(name, nationality, sex, age) is drawn apart from it, but for statuses that only some nationals can hold.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from casework.demonstration import conduct
from casework.demonstration.names import EEA, draw_name, draw_tradition
from referrals.rules.dates import age_on
from referrals.rules.identifiers import CRO_DIGITS, PNC_DIGITS, check_letter


@dataclass(frozen=True)
class Profile:
    """A kind of referral: the statuses it may have, its conduct, and whether it has police interest."""

    name: str
    weight: int
    statuses: tuple[str, ...]
    conduct: Callable[..., list[conduct.Event]]
    material: tuple[str, ...] = ("none", "summary")
    interest: bool = True


EEA_STATUSES = ("eea_settled", "eea_pre_settled", "eea_no_scheme_status")
LEAVE_STATUSES = ("indefinite_leave", "limited_leave", "refugee_or_humanitarian")
LAWFUL = EEA_STATUSES + LEAVE_STATUSES

PROFILES: tuple[Profile, ...] = (
    Profile("no_leave", 27, ("overstayer", "illegal_entrant", "refused"), conduct.no_leave),
    Profile("persistent", 21, LAWFUL, conduct.persistent),
    Profile("intelligence", 14, LAWFUL, conduct.intelligence, ("summary", "statement", "statement")),
    Profile("custody", 12, (*LAWFUL, "overstayer"), conduct.in_custody),
    Profile("overseas", 6, LAWFUL, conduct.overseas),
    Profile(
        "undetermined",
        8,
        ("application_pending", "appeal_pending", "asylum_pending", "unknown"),
        conduct.no_leave,
    ),
    Profile("thin", 7, LAWFUL, conduct.thin, ("none",)),
    Profile("out_of_scope", 3, ("british", "irish", "exempt"), conduct.no_leave),
    Profile("no_interest", 2, LAWFUL, conduct.thin, ("none",), interest=False),
)


@dataclass(frozen=True)
class Subject:
    """Answers by field, and rows by kind, in the order an officer would add them."""

    profile: Profile
    answers: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]]


# Not drawn, so that what is drawn after it stays as it was. Some forces say nothing.
DESCRIPTIONS = (
    "About 1.80 m, slim, short dark hair, a scar across the left hand.",
    "",
    "About 1.70 m, heavy, shaved head, an anchor tattooed on the neck.",
    "Tall, grey beard, walks with a stick.",
    "",
)


def draw_subject(rng: Random, *, today: date, profile: Profile | None = None) -> Subject:
    """A subject of this profile, or of one drawn."""
    profile = profile or rng.choices(PROFILES, [each.weight for each in PROFILES])[0]
    status = rng.choice(profile.statuses)
    tradition = draw_tradition(rng, eea=status in EEA_STATUSES)
    code = _nationality(rng, tradition.codes, status)
    sex = rng.choices(("male", "female", "not_known"), (86, 12, 2))[0]
    name = draw_name(rng, tradition, sex)
    if profile.name == "overseas":
        events = profile.conduct(rng, today, tradition.codes[0])
    else:
        events = profile.conduct(rng, today)
    born, born_answers = _birth(rng, today)
    answers = {
        "surname": name.surname,
        "forenames": name.forenames,
        "sex": sex,
        "place_of_birth": name.place if rng.random() < 0.8 else "",
        "description": DESCRIPTIONS[len(name.surname) % len(DESCRIPTIONS)],
        **born_answers,
        **_scope(rng, status),
        **_identifiers(rng, today, born),
        **_immigration(rng, today, born, status),
        **_interest(rng, today, profile),
        **conduct.harm_of(events, rng),
        "conduct_listed": True,
        **_material(rng, profile),
        **_pending(rng, status, events),
        **_vulnerability(rng, today, born),
        "attachments_listed": True,
    }
    rows = {
        "alias": [{"name": name.alias}] if rng.random() < 0.55 else [],
        "nationality": _nationalities(rng, code),
        "conduct": events,
    }
    return Subject(profile, answers, rows)


def _nationality(rng: Random, codes: tuple[str, ...], status: str) -> str:
    if status in ("british", "irish"):
        return {"british": "GBR", "irish": "IRL"}[status]
    if status in EEA_STATUSES:
        return rng.choice([code for code in codes if code in EEA])
    return rng.choice(codes)


def _nationalities(rng: Random, code: str) -> list[dict[str, Any]]:
    """Mostly one; sometimes the claimed one and the recorded one differ, or none is known for sure."""
    first = rng.choices(("claimed", "document", "home_office"), (4, 4, 3))[0]
    rows = [{"code": code, "source": first}]
    if rng.random() < 0.16:
        other = rng.choice(("XXX", "XXA", "RKS", "ALB", "IRQ", "IRN", "ITA", "PRT", "KEN", "GBO"))
        if other != code:
            rows.append({"code": other, "source": "home_office" if first == "claimed" else "claimed"})
    return rows


def _birth(rng: Random, today: date) -> tuple[date, dict[str, Any]]:
    age = rng.choices((17, 20, 24, 28, 33, 38, 44, 52, 61), (1, 8, 14, 18, 20, 16, 12, 7, 4))[0]
    born = today - timedelta(days=int(age * 365.25) + rng.randint(1, 360))
    precision = rng.choices(("exact", "year_only", "estimated"), (88, 8, 4))[0]
    if precision == "year_only":
        born = date(born.year, 1, 1)
    return born, {"date_of_birth": born, "date_of_birth_precision": precision}


def _scope(rng: Random, status: str) -> dict[str, Any]:
    return {
        "may_be_british": "yes" if status == "british" else "no",
        "may_be_irish": "yes" if status == "irish" else "no",
        "right_of_abode": "yes" if status == "exempt" else rng.choices(("no", "not_known"), (9, 1))[0],
        "long_resident": rng.choices(("no", "yes", "not_known"), (14, 3, 3))[0],
        "scope_evidence": rng.choice(
            (
                "Passport seen in custody and copied; Home Office record agrees.",
                "No document found. Home Office record and fingerprints looked at.",
                "National identity card seen; status check made with the control room.",
                "The subject’s own account only; documents have been asked for.",
            )
        ),
    }


def _identifiers(rng: Random, today: date, born: date) -> dict[str, Any]:
    """Valid check letters throughout; a few subjects have no identifier at all."""
    found: dict[str, Any] = {}
    first_year = max(born.year + 12, today.year - 20)
    if rng.random() < 0.85:
        year, serial = str(rng.randint(first_year, today.year)), str(rng.randint(1, 9_999_999))
        found["pnc_id"] = f"{year}/{serial.zfill(PNC_DIGITS)}{check_letter(year, serial, PNC_DIGITS)}"
    if rng.random() < 0.3:
        year, serial = str(rng.randint(first_year, today.year))[-2:], str(rng.randint(1, 999_999))
        found["cro_number"] = f"{serial.zfill(CRO_DIGITS)}/{year}{check_letter(year, serial, CRO_DIGITS)}"
    if rng.random() < 0.5:
        found["home_office_reference"] = f"{rng.choice('ABCDEFGHJKLMNPRST')}{rng.randint(1000000, 9999999)}"
    if rng.random() < 0.2:
        found["cid_person_id"] = str(rng.randint(10000000, 99999999))
    if rng.random() < 0.25:
        found["passport_number"] = f"X{rng.randint(1000000, 9999999)}"
    if rng.random() < 0.1:
        found["prison_number"] = f"A{rng.randint(1000, 9999)}{rng.choice('CDEFGHK')}{rng.choice('AEKRTZ')}"
    return found or {"no_identifiers_known": True}


def _immigration(rng: Random, today: date, born: date, status: str) -> dict[str, Any]:
    lived_here = rng.randint(1, max(1, min(25, age_on(today, born) - 1)))
    arrived = max(today - timedelta(days=365 * lived_here + rng.randint(0, 300)), born)
    claim = (
        "yes" if status == "asylum_pending" or rng.random() < 0.12 else rng.choice(("no", "no", "not_known"))
    )
    known = rng.random() < 0.8
    return {
        "immigration_status": status,
        "leave_continues": "not_known" if status in ("application_pending", "appeal_pending") else "",
        "status_as_at": today - timedelta(days=rng.randint(0, 40)),
        "status_source": rng.choice(
            (
                "Home Office record",
                "Command and Control Unit check",
                "Immigration officer in custody",
                "Document seen",
            )
        ),
        "settlement_scheme": rng.choice(("Status confirmed online", "Certificate seen"))
        if status in EEA_STATUSES[:2]
        else "",
        "arrived_on": arrived if known else None,
        "arrived_on_precision": rng.choice(("exact", "year_only", "estimated")) if known else "",
        "age_at_arrival": age_on(arrived, born) if known else None,
        "years_of_residence": age_on(today, arrived) if known else None,
        "active_claim": claim,
        "active_claim_details": "A claim was made and is undecided (invented)." if claim == "yes" else "",
    }


def _interest(rng: Random, today: date, profile: Profile) -> dict[str, Any]:
    if not profile.interest:
        return {"active_police_interest": False, "removal_priority": False}
    return {
        "active_police_interest": True,
        "interest_what": rng.choice(
            (
                "Managed by the integrated offender management team, reviewed monthly.",
                "Subject of an open investigation into violence in the town centre.",
                "On the neighbourhood team’s plan for repeat offenders.",
                "Discussed at the multi-agency risk conference for a former partner.",
                "Named in an investigation into organised acquisitive crime.",
            )
        ),
        "interest_by": rng.choice(
            ("Offender management unit", "Public protection unit", "Neighbourhood team", "Serious crime team")
        ),
        "interest_on": today - timedelta(days=rng.randint(1, 45)),
        "removal_priority": profile.name == "no_leave" or (rng.choice((True, False, None))),
    }


def _material(rng: Random, profile: Profile) -> dict[str, Any]:
    level = rng.choice(profile.material)
    if level == "none":
        return {"material_level": level}
    sure = profile.name == "intelligence"
    return {
        "material_level": level,
        "threat_current": True if sure else rng.choice((True, False)),
        "threat_ongoing": True if sure else rng.choice((True, False)),
        "material_description": rng.choice(
            (
                "A summary of five incidents with dates, and the records behind them.",
                "Officers’ statements on three incidents, ready to be disclosed.",
                "A chronology of calls to the address over fourteen months.",
            )
        ),
    }


def _pending(rng: Random, status: str, events: list[conduct.Event]) -> dict[str, Any]:
    charged = any(event["kind"] == "pending_charge" for event in events)
    appeal = status == "appeal_pending"
    litigation = rng.random() < 0.06
    return {
        "pending_criminal": "yes" if charged else "none_known",
        "pending_criminal_details": "First hearing listed at the magistrates’ court." if charged else "",
        "pending_litigation": "yes" if litigation else "none_known",
        "pending_litigation_details": "Claim for damages for an earlier detention." if litigation else "",
        "pending_appeals": "yes" if appeal else "none_known",
        "pending_appeals_details": "To the First-tier Tribunal, no date yet." if appeal else "",
    }


def _vulnerability(rng: Random, today: date, born: date) -> dict[str, Any]:
    def answer(yes: int, not_known: int) -> str:
        return rng.choices(("yes", "not_known", "no"), (yes, not_known, 100 - yes - not_known))[0]

    answers = {
        "has_partner": answer(30, 20),
        "has_children": answer(28, 22),
        "health_condition": answer(12, 25),
        "mental_health_order": answer(2, 10),
        "trafficking_indicator": answer(5, 15),
        "under_18": "yes" if age_on(today, born) < 18 else "no",
    }
    told = "What the subject said in custody is recorded in the risk assessment (invented)."
    return answers | {"vulnerability_details": told if "yes" in answers.values() else ""}
