"""What the matrix asks of the database: a data-wash row to begin with, and a force's runs."""

from django.db.models import QuerySet

from nexus.accounts.models import User
from referrals.datawash.actions.refer import code_of, date_of
from referrals.datawash.models import Wash, WashRow
from referrals.datawash.queries import told_of
from referrals.datawash.states import REPORTED, State
from referrals.matrix.answers import Answers
from referrals.matrix.models import MatrixAssessment
from referrals.matrix.reading import Reading, read
from referrals.rules.assessment import assess
from referrals.rules.matrix import MatrixOutcome
from referrals.rules.policy import policy
from referrals.rules.terms import Status
from referrals.subjects_json import facts_from

# Statuses of the register that say who has the case, by the team's code.
HELD_BY = {"criminal_casework": "criminal_casework", "nexus_high_harm": "nexus_high_harm"}


def assessments(user: User) -> QuerySet[MatrixAssessment]:
    """The runs this person sees, with what a line of the list shows."""
    return MatrixAssessment.objects.visible_to(user).select_related("force", "made_by", "referral", "enquiry")


def reading_of(assessment: MatrixAssessment) -> Reading:
    """The words for a stored result, under the policy it was made under."""
    facts, terms = facts_from(assessment.subject), policy(assessment.policy_version)
    return read(facts, assess(facts, terms), MatrixOutcome(assessment.outcome), terms)


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
