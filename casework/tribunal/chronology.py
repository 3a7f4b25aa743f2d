"""The chronology of a case: gathered from the record, oldest first, each line with its source.

What the record says is read each time; what somebody wrote instead of a line, or into the chronology, are rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from casework.decisions.models import Challenge, Decision, Hearing
from casework.decisions.states import MADE
from casework.material.models import Material
from casework.material.states import LOCKED
from casework.models import Case
from casework.tribunal.models import ChronologyLine
from nexus.ui.formatting import date as in_words
from nexus.ui.wording import lower_first
from referrals.models import ConductEvent, DatePrecision
from referrals.rules.terms import CONVICTIONS, ConductKind

# What was no conviction is set apart, so that nobody takes it for a record.
NOT_RELIED_ON = (ConductKind.ARREST_NO_FURTHER_ACTION, ConductKind.ACQUITTAL, ConductKind.WITHDRAWN)
NO_DATE = "Date not known"


@dataclass(frozen=True)
class Line:
    """One line as it is read: `key` names what of the record it stands for, `row` what somebody wrote instead of it."""

    on: date | None
    when: str
    event: str
    source: str
    key: str = ""
    row: ChronologyLine | None = None
    left_out: bool = False
    relied_on: bool = True

    @property
    def address(self) -> str:
        """How its page is found: by what it stands for, or by its own row."""
        return self.key or f"line:{self.row.pk if self.row else ''}"


def chronology_of(case: Case) -> list[Line]:
    """Every line, oldest first, those that are left out among them: seven queries."""
    written = list(case.chronology.all())
    instead = {row.key: row for row in written if row.key}
    lines = [changed(line, instead.get(line.key)) for line in of_the_record(case)]
    lines += [
        Line(row.on, row.when, row.event, row.source, row=row, left_out=row.left_out)
        for row in written
        if not row.key
    ]
    return sorted(lines, key=lambda line: (line.on is None, line.on or date.min))


def lines_to_print(case: Case) -> list[Line]:
    """Those that go into a bundle."""
    return [line for line in chronology_of(case) if not line.left_out]


def changed(line: Line, row: ChronologyLine | None) -> Line:
    """The line as somebody has changed it."""
    if row is None:
        return line
    return Line(
        row.on, row.when, row.event, row.source, line.key, row, row.left_out, relied_on=line.relied_on
    )


def of_the_record(case: Case) -> Iterator[Line]:
    """What the record says of this case."""
    yield from life(case)
    for event in case.referral.conduct.all():
        yield from of_conduct(event)
    yield from of_material(case)
    yield from of_decisions(case)


def life(case: Case) -> Iterator[Line]:
    """Birth, arrival, status, and how the case came here."""
    referral = case.referral
    form = f"Referral {referral.reference}, by {referral.force}"
    if referral.date_of_birth:
        exact = referral.date_of_birth_precision == DatePrecision.EXACT
        when = in_words(referral.date_of_birth) if exact else f"About {referral.date_of_birth.year}"
        yield Line(referral.date_of_birth, when, "Date of birth recorded", form, "birth")
    if referral.arrived_on:
        exact = referral.arrived_on_precision == DatePrecision.EXACT
        when = in_words(referral.arrived_on) if exact else f"About {referral.arrived_on.year}"
        yield Line(referral.arrived_on, when, "Arrival in the United Kingdom", form, "arrival")
    if referral.status_as_at:
        status = f"Immigration status: {lower_first(referral.get_immigration_status_display())}"
        source = f"{form}; {referral.status_source}" if referral.status_source else form
        yield Line(referral.status_as_at, in_words(referral.status_as_at), status, source, "status")
    if referral.submitted_at:
        day = timezone.localdate(referral.submitted_at)
        yield Line(day, in_words(day), f"Referred to the Home Office by {referral.force}", form, "referred")


def of_conduct(event: ConductEvent) -> Iterator[Line]:
    """The day of the act, and of a conviction that of the court, each by itself."""
    source = f"Referral {event.referral.reference}, conduct {event.pk}"
    relied_on = event.kind not in NOT_RELIED_ON
    kind = event.get_kind_display()
    part = event.get_part_display()
    days = [(event.offence_on, f"{event.offence}. {kind}; the subject’s part: {lower_first(part)}", "act")]
    if event.kind in CONVICTIONS:
        where = f" at {event.court}" if event.court else ""
        standing = f" ({event.get_standing_display().lower()})" if event.standing != "stands" else ""
        days.append((event.convicted_on, f"Convicted{where}: {event.offence}{standing}", "conviction"))
        if event.sentenced_on:
            days.append((event.sentenced_on, f"Sentenced{where}: {sentence_of(event)}", "sentence"))
    for day, words, what in days:
        if day or what == "act" and not event.convicted_on:
            yield Line(
                day,
                in_words(day) if day else NO_DATE,
                words,
                source,
                f"conduct:{event.pk}:{what}",
                relied_on=relied_on,
            )


def sentence_of(event: ConductEvent) -> str:
    """Custodial, immediate, 14 months"""
    length = f", {event.sentence_months} months" if event.sentence_months else ""
    return f"{event.get_sentence_type_display() or 'Sentence not recorded'}{length}"


def of_material(case: Case) -> Iterator[Line]:
    """The statements that are approved, by the day on which they were."""
    approved = Material.objects.filter(case=case, state__in=LOCKED)
    for material in approved.select_related("approval__version"):
        version = material.approval.version
        day = timezone.localdate(version.supplied_at)
        words = f"Statement of {version.author} supplied by the police: {material.title}"
        yield Line(
            day, in_words(day), words, f"Nexus material {material.pk}", f"material:{material.pk}:supplied"
        )


def of_decisions(case: Case) -> Iterator[Line]:
    """Each decision made, its service, what was brought against it, and the days in court."""
    for decision in Decision.objects.filter(case=case, state__in=[*MADE]).order_by("number"):
        source = f"{decision} of {case.referral.reference}"
        if decision.decided_at:
            day = timezone.localdate(decision.decided_at)
            words = f"Decision made: {lower_first(case.get_route_display())}"
            yield Line(day, in_words(day), words, source, f"decision:{decision.pk}:made")
        if decision.served_on:
            words = f"Decision served: {lower_first(decision.get_served_how_display())}"
            yield Line(
                decision.served_on,
                in_words(decision.served_on),
                words,
                source,
                f"decision:{decision.pk}:served",
            )
    for challenge in Challenge.objects.filter(decision__case=case):
        yield from of_challenge(challenge)
    for hearing in Hearing.objects.filter(challenge__decision__case=case):
        result = f": {lower_first(hearing.get_result_display())}" if hearing.result else ""
        yield Line(
            hearing.on,
            in_words(hearing.on),
            f"Hearing at {hearing.place}{result}",
            f"Hearing {hearing.pk}",
            f"hearing:{hearing.pk}",
        )


def of_challenge(challenge: Challenge) -> Iterator[Line]:
    """When it was lodged and how it ended."""
    source = (
        " ".join(filter(None, (challenge.court, challenge.court_reference))) or f"Challenge {challenge.pk}"
    )
    words = f"{challenge.get_kind_display()} lodged"
    yield Line(
        challenge.lodged_on, in_words(challenge.lodged_on), words, source, f"challenge:{challenge.pk}:lodged"
    )
    if challenge.outcome_on:
        words = f"{challenge.get_kind_display()} {challenge.get_state_display().lower()}"
        day = in_words(challenge.outcome_on)
        yield Line(challenge.outcome_on, day, words, source, f"challenge:{challenge.pk}:ended")
