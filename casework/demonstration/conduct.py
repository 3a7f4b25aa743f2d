"""Invented conduct: offences, events of every kind, and the harm they did.

Events never tell who did them: they are drawn without looking at name, nationality or sex.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from referrals.rules.dates import years_before


@dataclass(frozen=True)
class Offence:
    """Words for the record, which harms it does, and what it looked like."""

    text: str
    harms: tuple[str, ...]
    on: tuple[str, ...]
    scene: str
    code: str = ""


INDIVIDUALS, COMMUNITY = "harm_to_individuals", "harm_to_community"
PHYSICAL, EMOTIONAL, FINANCIAL = "harm_physical", "harm_emotional", "harm_financial"

OFFENCES: tuple[Offence, ...] = (
    Offence(
        "Assault occasioning actual bodily harm",
        (PHYSICAL, EMOTIONAL),
        (INDIVIDUALS,),
        "Two neighbours were punched in a dispute over parking and one needed stitches.",
        "OF61016",
    ),
    Offence(
        "Theft from shop",
        (FINANCIAL,),
        (COMMUNITY,),
        "The same row of shops was stolen from on most days of a month, and two closed early in fear of it.",
        "TH68010",
    ),
    Offence(
        "Burglary of a dwelling",
        (FINANCIAL, EMOTIONAL),
        (INDIVIDUALS, COMMUNITY),
        "Homes in one street were entered at night while families slept upstairs.",
    ),
    Offence(
        "Possession of a knife in a public place",
        (EMOTIONAL,),
        (COMMUNITY,),
        "A knife was shown on a bus and passengers left at the next stop.",
    ),
    Offence(
        "Supplying a controlled drug of Class A",
        (PHYSICAL, FINANCIAL),
        (COMMUNITY,),
        "Deals were made from a stairwell, and tenants no longer use it after dark.",
    ),
    Offence(
        "Controlling or coercive behaviour",
        (EMOTIONAL, PHYSICAL),
        (INDIVIDUALS,),
        "A former partner’s telephone, money and visits were controlled for over a year.",
    ),
    Offence(
        "Robbery",
        (PHYSICAL, FINANCIAL),
        (INDIVIDUALS, COMMUNITY),
        "Students were followed from the station and robbed of telephones under threat.",
    ),
    Offence(
        "Fraud by false representation",
        (FINANCIAL, EMOTIONAL),
        (INDIVIDUALS,),
        "Older people were telephoned by a false bank and lost their savings.",
    ),
    Offence(
        "Racially aggravated public order",
        (EMOTIONAL,),
        (INDIVIDUALS, COMMUNITY),
        "Worshippers were abused outside their place of worship on three weekends.",
    ),
    Offence(
        "Driving while disqualified and without insurance",
        (FINANCIAL,),
        (COMMUNITY,),
        "A parked van was struck outside a school at closing time.",
    ),
    Offence(
        "Criminal damage",
        (FINANCIAL,),
        (COMMUNITY,),
        "A row of bus shelters was smashed and a clinic’s windows broken.",
    ),
    Offence(
        "Stalking involving fear of violence",
        (EMOTIONAL,),
        (INDIVIDUALS,),
        "A colleague was followed home on eleven evenings and moved house.",
    ),
)
COURTS = (
    "Selby Bridge Magistrates’ Court",
    "Carrow Vale Magistrates’ Court",
    "Northmoor Magistrates’ Court",
    "Fenwick Cross Crown Court",
    "Harbour Street Crown Court",
)
OVERSEAS_COURTS = ("District court, first chamber", "Regional criminal court", "Court of first instance")
GRADINGS = ("1A1", "2B2", "3A2", "E41", "B21")
ORDERS = ("Criminal behaviour order", "Domestic violence protection order", "Closure order on a flat")

Event = dict[str, Any]


def a_conviction(rng: Random, day: date, *, custody_months: int = 0, standing: str = "stands") -> Event:
    """A conviction on `day`; custodial where months are given."""
    offence = rng.choice(OFFENCES)
    months: int | None
    if custody_months:
        sentence, months = "custodial", custody_months
    else:
        sentence = rng.choices(("non_custodial", "suspended"), (5, 1))[0]
        months = rng.choice((4, 6, 8)) if sentence == "suspended" else None
    return _event(
        "conviction",
        "convicted",
        offence,
        offence_on=day - timedelta(days=rng.randint(20, 200)),
        convicted_on=day,
        sentenced_on=day + timedelta(days=rng.choice((0, 0, 21))),
        court=rng.choice(COURTS),
        sentence_type=sentence,
        sentence_months=months,
        standing=standing,
    )


def an_overseas_conviction(rng: Random, day: date, country: str) -> Event:
    return _event(
        "overseas_conviction",
        "convicted",
        rng.choice(OFFENCES),
        convicted_on=day,
        court=rng.choice(OVERSEAS_COURTS),
        country=country,
        sentence_type="custodial",
        sentence_months=rng.choice((8, 12, 18, 30)),
        source_grading="Central authority",
    )


def an_event(rng: Random, kind: str, day: date, *, part: str = "suspect") -> Event:
    """Anything that is not a conviction. Intelligence is an assessment and carries its grading."""
    offence = rng.choice(OFFENCES)
    if kind == "civil_order":
        return {
            **_event(kind, part, offence, offence_on=day, court=rng.choice(COURTS)),
            "offence": rng.choice(ORDERS),
        }
    if kind == "intelligence":
        return _event(
            kind, part, offence, offence_on=day, grounding="assessment", source_grading=rng.choice(GRADINGS)
        )
    court = rng.choice(COURTS) if kind in ("acquittal", "withdrawn", "pending_charge") else ""
    return _event(kind, part, offence, offence_on=day, court=court)


def _event(kind: str, part: str, offence: Offence, **values: Any) -> Event:
    return {
        "kind": kind,
        "part": part,
        "offence": offence.text,
        "offence_code": offence.code,
        "grounding": "fact",
        **values,
    }


def some_day(rng: Random, today: date, *, years: float) -> date:
    """A day in the last `years` years, none of the last weeks."""
    return today - timedelta(days=rng.randint(25, int(365 * years)))


def persistent(rng: Random, today: date) -> list[Event]:
    """Convictions around the guide of five in three years: some over it, some just under."""
    inside = rng.choices((4, 5, 6, 7, 9), (2, 3, 3, 2, 1))[0]
    events = [a_conviction(rng, some_day(rng, today, years=2.9)) for _ in range(inside)]
    events += [
        a_conviction(rng, years_before(today, 3) - timedelta(days=rng.randint(5, 900)))
        for _ in range(rng.randint(0, 3))
    ]
    if rng.random() < 0.25:
        events.append(a_conviction(rng, some_day(rng, today, years=2), standing="quashed"))
    if rng.random() < 0.2:
        events.append(a_conviction(rng, some_day(rng, today, years=1), standing="under_appeal"))
    if rng.random() < 0.5:
        events.append(an_event(rng, "caution", some_day(rng, today, years=4)))
    return events


def in_custody(rng: Random, today: date) -> list[Event]:
    """A custodial sentence, with what came before it."""
    sentence = a_conviction(
        rng, some_day(rng, today, years=1.5), custody_months=rng.choice((6, 10, 14, 24, 40))
    )
    return [sentence] + [a_conviction(rng, some_day(rng, today, years=5)) for _ in range(rng.randint(0, 3))]


def intelligence(rng: Random, today: date) -> list[Event]:
    """No significant conviction: intelligence, arrests and orders."""
    kinds = ["intelligence", "intelligence", "arrest_no_further_action"]
    kinds += rng.sample(
        ("civil_order", "pending_charge", "withdrawn", "caution", "intelligence"), rng.randint(0, 3)
    )
    return [an_event(rng, kind, some_day(rng, today, years=2)) for kind in kinds]


def overseas(rng: Random, today: date, country: str) -> list[Event]:
    events = [
        an_overseas_conviction(rng, some_day(rng, today, years=8), country) for _ in range(rng.randint(1, 3))
    ]
    if rng.random() < 0.6:
        events.append(an_event(rng, "arrest_no_further_action", some_day(rng, today, years=1)))
    return events


def no_leave(rng: Random, today: date) -> list[Event]:
    events = [a_conviction(rng, some_day(rng, today, years=3)) for _ in range(rng.randint(0, 3))]
    kinds = rng.sample(
        ("arrest_no_further_action", "pending_charge", "intelligence", "caution"), rng.randint(1, 2)
    )
    return events + [an_event(rng, kind, some_day(rng, today, years=1.5)) for kind in kinds]


def thin(rng: Random, today: date) -> list[Event]:
    """Arrests, acquittals and the subject’s own harm: none of it is offending."""
    kinds = rng.sample(("arrest_no_further_action", "acquittal", "withdrawn"), rng.randint(1, 2))
    events = [an_event(rng, kind, some_day(rng, today, years=3)) for kind in kinds]
    part = rng.choice(("victim", "witness"))
    return [*events, an_event(rng, "arrest_no_further_action", some_day(rng, today, years=2), part=part)]


def harm_of(events: list[Event], rng: Random) -> dict[str, Any]:
    """The harm section for these events, in the guidance's three kinds and two reaches."""
    offences = [offence for offence in OFFENCES if any(event["offence"] == offence.text for event in events)]
    offences = offences or [rng.choice(OFFENCES)]
    marked = {name for offence in offences for name in (*offence.harms, *offence.on)}
    answers: dict[str, Any] = {
        name: name in marked for name in (PHYSICAL, EMOTIONAL, FINANCIAL, INDIVIDUALS, COMMUNITY)
    }
    scenes = " ".join(offence.scene for offence in offences[:3])
    return answers | {"harm_narrative": f"{scenes} This account is invented for the demonstration."}
