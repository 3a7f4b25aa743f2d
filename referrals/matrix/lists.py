"""The results of the matrix as people meet them. Reads only."""

from nexus.rows import Rows
from referrals.matrix.permissions import WHO_MAY
from referrals.matrix.queries import assessments

RESULTS = Rows(noun="matrix", seen=lambda by: assessments(by).select_related("wash_row"), who_may=WHO_MAY)
