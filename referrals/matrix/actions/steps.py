"""The step every action on a stored assessment begins with."""

from nexus.steps import Lock
from referrals.matrix.models import MatrixAssessment
from referrals.matrix.permissions import WHO_MAY

# Where it led is read afterwards: joined here, whoever waited for the lock would not see the new draft.
lock = Lock(MatrixAssessment, WHO_MAY, join=("force",))
