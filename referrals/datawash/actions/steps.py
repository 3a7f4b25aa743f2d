"""The step every person's action on a data-wash begins with."""

from nexus.steps import Lock
from referrals.datawash.models import Wash
from referrals.datawash.permissions import WHO_MAY

lock = Lock(Wash, WHO_MAY, join=("agreement__force",))
