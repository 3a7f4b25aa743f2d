"""The steps every action on a referral begins with."""

from nexus.refusals import blank
from nexus.steps import Lock
from referrals.models import Referral
from referrals.permissions import WHO_MAY

__all__ = ["blank", "lock"]


lock = Lock(Referral, WHO_MAY, join=("force",))
