"""Questions put to the Duty Desk and what it said; what is pending; and who is on duty when."""

from referrals.duty_desk.models.enquiries import Asker, Enquiry, EnquiryChange, EnquiryNote
from referrals.duty_desk.models.pending import MatterEntry, PendingMatter
from referrals.duty_desk.models.rota import HandoverNote, Shift

__all__ = [
    "Asker",
    "Enquiry",
    "EnquiryChange",
    "EnquiryNote",
    "HandoverNote",
    "MatterEntry",
    "PendingMatter",
    "Shift",
]
