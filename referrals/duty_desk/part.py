"""What the Duty Desk adds to the rest of the service."""

from nexus.accounts.roles import Role
from nexus.parts import Destination
from referrals.duty_desk import queries
from referrals.duty_desk.permissions import WHO_MAY
from referrals.duty_desk.records import ENQUIRY
from referrals.duty_desk.retention import RETENTION
from referrals.parts import ReferralPart

ON_CALL = frozenset({Role.CIO_HMI})
LITIGATES = frozenset({Role.CASE_OWNER, Role.SENIOR_CASEWORKER})

PART = ReferralPart(
    work_waiting=queries.work_waiting,
    waiting_items=queries.waiting_items,
    told_by_forces=queries.told_by_forces,
    requests_to_force=queries.requests_to_force,
    on_duty=queries.on_now,
    navigation=(
        Destination(
            "Duty Desk",
            "duty_desk:enquiries",
            WHO_MAY["view"],
            group="Triage",
            place=140,
        ),
        Destination("Rota", "duty_desk:rota", ON_CALL, place=210),
        Destination("Live-time calls", "duty_desk:calls", ON_CALL, place=220),
        Destination("Litigation", "duty_desk:litigation", LITIGATES, place=230),
    ),
    audit_names={"duty_desk.rotaalert": "place"},
    retention=RETENTION,
    records=(ENQUIRY,),
)
