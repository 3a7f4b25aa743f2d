"""What operational engagement adds to the rest of the service."""

from casework.engagement.actions.stop import stop
from casework.engagement.lists import operations_of_force, work_waiting
from casework.engagement.models import Engagement
from casework.engagement.permissions import WHO_MAY
from casework.engagement.printing import printed_sections
from casework.engagement.queries import risks_of_person, still_goes_on, trafficking_indicators
from casework.engagement.requests_to_force import requests_to_force
from casework.engagement.resting import rests_on_referral
from casework.engagement.retention import RETENTION
from casework.engagement.rules.powers import POWERS
from casework.engagement.timeline import entries
from casework.engagement.told_by_forces import told_by_forces
from casework.engagement.waiting import waiting_items
from casework.parts import CasePart
from nexus.accounts.roles import CASEWORK_ROLES, POLICE_ROLES
from nexus.parts import RECEIVED, Codes, Destination, Follow, same_for_all

PART = CasePart(
    work_waiting=work_waiting,
    waiting_items=waiting_items,
    told_by_forces=told_by_forces,
    requests_to_force=requests_to_force,
    navigation=(
        Destination(
            "Operations",
            "engagement:list",
            CASEWORK_ROLES | POLICE_ROLES,
            group="Casework",
            place=170,
        ),
    ),
    audit_names={"engagement.engagement": "case__referral__reference"},
    risks=risks_of_person,
    trafficking_indicators=trafficking_indicators,
    stop=stop,
    rests_on_referral=rests_on_referral,
    timeline=entries,
    printed_sections=printed_sections,
    still_goes_on=still_goes_on,
    operations_of_force=operations_of_force,
    follows=(
        Follow(
            kind="engagement",
            model="engagement.engagement",
            rows=lambda by: Engagement.objects.visible_to(by),
            roles=WHO_MAY["view"],
            told_to_force=RECEIVED,
        ),
    ),
    retention=RETENTION,
    codes=(
        Codes(
            "powers", "Powers an operation may name", same_for_all((each.code, each.words) for each in POWERS)
        ),
    ),
)
