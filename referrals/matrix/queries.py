"""What the matrix asks of the database: a data-wash row to begin with, and a force's runs."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from nexus.accounts.models import User
from nexus.accounts.reference import TEAMS
from nexus.ui import formatting
from referrals.datawash.actions.refer import code_of, date_of
from referrals.datawash.models import Wash, WashRow
from referrals.datawash.queries import told_of
from referrals.datawash.states import REPORTED, State
from referrals.matrix.answers import VULNERABILITY, Answers, answers_of
from referrals.matrix.models import MatrixAssessment
from referrals.matrix.reading import Reading, read
from referrals.models import ConductEvent, Referral, Standing
from referrals.rules.assessment import assess
from referrals.rules.checks import Contradiction, contradictions, entered_twice
from referrals.rules.matrix import MatrixOutcome
from referrals.rules.nationalities import nationality_name
from referrals.rules.policies import policy_on
from referrals.rules.terms import Status
from referrals.subjects_json import facts_from
from referrals.summary import answers_to

# Statuses of the register that say who has the case, by the team's code.
HELD_BY = {"criminal_casework": "criminal_casework", "nexus_high_harm": "nexus_high_harm"}


def assessments(user: User) -> QuerySet[MatrixAssessment]:
    """The runs this person sees, with what a line of the list shows."""
    return MatrixAssessment.objects.visible_to(user).select_related("force", "made_by", "referral", "enquiry")


def reading_of(assessment: MatrixAssessment) -> Reading:
    """The words for a stored result, under the policy it was made under."""
    facts, policy = facts_from(assessment.subject), assessment.policy
    return read(facts, assess(facts, policy), MatrixOutcome(assessment.outcome), policy)


ASKED = (
    "date_of_birth",
    "immigration_status",
    "leave_continues",
    "right_of_abode",
    "active_police_interest",
    "removal_priority",
    "harm_physical",
    "harm_to_individuals",
    "material_level",
    "threat_current",
    "threat_ongoing",
    "years_of_residence",
    "age_at_arrival",
    "long_resident",
    *VULNERABILITY,
)


def contradictions_in(answers: Answers, on: date) -> list[Contradiction]:
    """What the answers say against each other, by the checks of the referral's own form."""
    events = [ConductEvent(**event) for event in answers.events]
    return contradictions(Referral(**answers.columns), events, on, policy_on(on)) + entered_twice(events)


def reasons_it_cannot_be(answers: Answers, on: date) -> list[str]:
    """Only what is impossible: what may be so is named beside the result."""
    return [
        f"{each.sentence}. Correct one of them."
        for each in contradictions_in(answers, on)
        if not each.may_be_explained
    ]


def differences_of(assessment: MatrixAssessment) -> list[str]:
    """What the stored answers say against each other."""
    answers = answers_of(assessment.subject, assessment.besides)
    return [each.sentence for each in contradictions_in(answers, timezone.localdate(assessment.made_at))]


def answered(assessment: MatrixAssessment) -> list[tuple[str, str]]:
    """What was answered, in the words of the referral's own pages; what was not is left out."""
    answers = answers_of(assessment.subject, assessment.besides)
    columns = answers_to(Referral(**answers.columns), ASKED)
    lines = [(each.label, each.text) for each in columns if each.provided]
    events = [
        ("Nationality", "\n".join(nationality_name(code) for code in answers.nationalities)),
        ("A Home Office team has the case", dict(TEAMS).get(answers.held_by, answers.held_by)),
        ("Conduct", "\n".join(_event_in_words(ConductEvent(**event)) for event in answers.events)),
    ]
    return lines + [(label, text) for label, text in events if text]


def _event_in_words(event: ConductEvent) -> str:
    """Conviction in the UK, convicted person: robbery, 3 June 2025, Non-custodial"""
    parts = [event.offence or "offence not entered"]
    parts += [formatting.date(event.convicted_on)] if event.convicted_on else []
    parts += [event.get_sentence_type_display()] if event.sentence_type else []
    parts += [formatting.count(event.sentence_months, "month")] if event.sentence_months else []
    parts += [event.get_standing_display()] if event.standing != Standing.STANDS else []
    return f"{event.get_kind_display()}, {event.get_part_display().lower()}: {', '.join(parts)}"


def wash_rows(user: User) -> QuerySet[WashRow]:
    """The rows of reported data-washes that exist for this person."""
    washes = Wash.objects.visible_to(user).filter(state__in=REPORTED)
    return WashRow.objects.filter(wash__in=washes).select_related("wash", "person")


def may_tell_status(row: WashRow) -> bool:
    """Whether the match is sure enough to prefill a status: exact, or confirmed by a person; and of a wash
    that is not out of date."""
    return told_of(row).pot_is_told and row.person_id is not None and row.wash.state != State.STALE


def known_from(row: WashRow) -> Answers:
    """What a row answers beforehand. The subject's names stay with the row."""
    born, precision = date_of(row.dob)
    columns: dict[str, object] = {"date_of_birth": born, "date_of_birth_precision": precision}
    code = code_of(row.nationality)
    status = row.person.immigration_status if row.person and may_tell_status(row) else ""
    if status in Status.values():
        columns["immigration_status"] = status
    return Answers(columns, (code,) if code else (), held_by=HELD_BY.get(status, ""))
