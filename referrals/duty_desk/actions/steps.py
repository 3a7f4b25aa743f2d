"""The steps every action on an enquiry begins with."""

from nexus.steps import Lock
from referrals.duty_desk.models import Enquiry
from referrals.duty_desk.permissions import WHO_MAY

lock = Lock(Enquiry, WHO_MAY, join=("force",))
