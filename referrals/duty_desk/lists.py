"""Enquiries, pending matters, calls and shifts as people meet them: which exist for whom, and that they were read.

A matter and a call are part of their referral's story, so that they were read is written down there.
"""

from nexus.rows import Rows
from referrals.duty_desk.models import Enquiry, PendingMatter, Shift
from referrals.duty_desk.permissions import CALLS, MATTERS, ROTA, WHO_MAY, recipient_of
from referrals.duty_desk.queries import calls
from referrals.models import Referral

ENQUIRIES = Rows(
    noun="enquiry",
    seen=lambda by: Enquiry.objects.visible_to(by).select_related(
        "force", "logged_by", "owner", "answered_by", "asked_by"
    ),
    who_may=WHO_MAY,
    recipient=recipient_of,
)

PENDING = Rows(
    noun="matter",
    seen=lambda by: PendingMatter.objects.visible_to(by).select_related(
        "referral__force", "checked_by", "judged_by", "made_by"
    ),
    who_may=MATTERS,
    subject=lambda matter: matter.referral,
)

# Referrals to which a matter is added: an address names the reference.
WATCHED = Rows(
    noun="matter",
    seen=lambda by: Referral.objects.visible_to(by),
    who_may=MATTERS,
    lookups={"reference": "reference"},
)

TELEPHONED = Rows(
    noun="call",
    seen=lambda by: calls(by).select_related("referral__force", "taken_by", "account"),
    who_may=CALLS,
    subject=lambda call: call.referral,
)

# The rota is one, and no shift on it is secret: who may change one is the table's alone.
SHIFTS = Rows(noun="shift", seen=lambda by: Shift.objects.select_related("person"), who_may=ROTA)
