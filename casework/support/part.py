"""What police support adds to the rest of the service."""

from casework.parts import CasePart
from casework.support.actions.stop import stop
from casework.support.models import SupportRequest
from casework.support.permissions import WHO_MAY
from casework.support.queries import requests_to_force, still_goes_on, work_waiting
from casework.support.records import SUPPORT
from casework.support.retention import RETENTION
from casework.support.timeline import of_case
from casework.support.told_by_forces import told_by_forces
from casework.support.waiting import waiting_items
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.parts import RECEIVED, Destination, Follow, happened

READS = POLICE_ROLES | {Role.REFERRALS_OFFICER, Role.MANAGER, Role.CRIMINAL_CASEWORK}

PART = CasePart(
    work_waiting=work_waiting,
    waiting_items=waiting_items,
    told_by_forces=told_by_forces,
    requests_to_force=requests_to_force,
    navigation=(Destination("Police support", "support:list", READS, group="Forces", place=150),),
    timeline=of_case,
    still_goes_on=still_goes_on,
    stop=stop,
    follows=(
        Follow(
            kind="support_request",
            model="support.supportrequest",
            rows=lambda by: SupportRequest.objects.visible_to(by),
            roles=WHO_MAY["view"],
            told_to_force=RECEIVED | happened("support.accepted", "support.declined", "support.fulfilled"),
        ),
    ),
    retention=RETENTION,
    records=(SUPPORT,),
)
