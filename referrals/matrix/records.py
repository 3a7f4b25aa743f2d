"""An assessment by the matrix that led nowhere as a record of its own."""

from typing import Any

from django.db.models import F, QuerySet, Value

from nexus.retention.kinds import Codes, RecordKind, day_in_figures, numbered
from referrals.matrix.models import MatrixAssessment


def over() -> QuerySet[Any]:
    """It is over the moment it is made, unless it leads to a referral or an enquiry."""
    alone = MatrixAssessment.objects.filter(referral=None, enquiry=None)
    return alone.annotate(ended_at=F("made_at"), retention=Value("assessment"))


def codes(assessment: MatrixAssessment) -> Codes:
    """What the figures count."""
    return {
        "force": assessment.force.code,
        "policy": assessment.policy_version,
        "outcome": assessment.outcome,
        "made_on": day_in_figures(assessment.made_at),
    }


ASSESSMENT = RecordKind(
    code="assessment",
    words="Assessment by the matrix",
    label="matrix.MatrixAssessment",
    over=over,
    reference=str,
    named=numbered("Matrix"),
    page=lambda assessment: "",  # the force's own: nobody of the Home Office reads it
    codes=codes,
    names=lambda assessment: [
        str(assessment.subject.get(name) or "") for name in ("surname", "forenames", "name")
    ],
)
