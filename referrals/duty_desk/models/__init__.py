"""Questions put to the Duty Desk and what it said; what is pending; and who is on duty when."""

from referrals.duty_desk.models.enquiries import Asker, Enquiry, EnquiryChange, EnquiryNote
from referrals.duty_desk.models.pending import MatterEntry, PendingMatter
from referrals.duty_desk.models.rota import HandoverNote, RotaAlert, Shift
from referrals.duty_desk.models.telephone import CallAdvice, TelephoneReferral

__all__ = [
    "Asker",
    "CallAdvice",
    "Enquiry",
    "EnquiryChange",
    "EnquiryNote",
    "HandoverNote",
    "MatterEntry",
    "PendingMatter",
    "RotaAlert",
    "Shift",
    "TelephoneReferral",
]
