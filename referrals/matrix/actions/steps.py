"""The step every action on a stored assessment begins with."""

from nexus.accounts.models import User
from referrals.matrix.models import MatrixAssessment
from referrals.matrix.permissions import WHO_MAY


def lock(assessment_id: int, *, by: User, verb: str) -> MatrixAssessment:
    """The assessment, locked until the transaction ends.

    Where it led is read afterwards: joined here, whoever waited for the lock would not see the new draft.
    Raises MatrixAssessment.DoesNotExist outside what `by` may see, PermissionDenied where the role may not.
    """
    assessments = MatrixAssessment.objects.visible_to(by).select_for_update(of=("self",))
    assessment = assessments.select_related("force").get(pk=assessment_id)
    WHO_MAY.permit(verb, by)
    return assessment
