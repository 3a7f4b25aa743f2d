"""What Nexus material adds to the rest of the service."""

from casework.material import queries
from casework.material.models import Material
from casework.material.permissions import WHO_MAY
from casework.material.printing import printed_sections
from casework.material.requests_to_force import requests_to_force
from casework.material.resting import rests_on_referral
from casework.material.retention import RETENTION
from casework.material.told_by_forces import told_by_forces
from casework.material.waiting import waiting_items
from casework.parts import CasePart
from nexus.accounts.roles import CASEWORK_ROLES, POLICE_ROLES
from nexus.parts import RECEIVED, Destination, Follow

PART = CasePart(
    work_waiting=queries.work_waiting,
    waiting_items=waiting_items,
    told_by_forces=told_by_forces,
    requests_to_force=requests_to_force,
    navigation=(
        Destination("Material", "material:asked", POLICE_ROLES, place=60),
        Destination(
            "Nexus material",
            "material:list",
            CASEWORK_ROLES,
            group="Casework",
            place=100,
        ),
    ),
    audit_names={
        "material.material": "case__referral__reference",
        "material.version": "material__case__referral__reference",
    },
    rests_on_referral=rests_on_referral,
    timeline=queries.timeline,
    printed_sections=printed_sections,
    still_goes_on=queries.still_goes_on,
    follows=(
        Follow(
            kind="material",
            model="material.material",
            rows=lambda by: Material.objects.visible_to(by),
            roles=WHO_MAY["view"],
            told_to_force=RECEIVED,
        ),
    ),
    retention=RETENTION,
)
