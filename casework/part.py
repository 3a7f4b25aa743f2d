"""What a case itself adds to the rest of the service: Liverpool's lists, and the litigation on its timeline."""

from casework.actions.barriers import stop_for_litigation
from casework.lists import away
from casework.models import Case
from casework.parts import CasePart
from casework.permissions import ABSENCES, WHO_MAY
from casework.queries import held_by, next_steps, risks_of_case, shared_progress, work_waiting
from casework.records import REFERRAL
from casework.retention import RETENTION
from casework.timeline import of_litigation
from casework.waiting import waiting_items
from nexus.accounts.roles import CASEWORK_ROLES, Role
from nexus.parts import Destination, Follow

CROYDON = frozenset({Role.REFERRALS_OFFICER})

PART = CasePart(
    work_waiting=work_waiting,
    waiting_items=waiting_items,
    navigation=(
        Destination("Workload", "casework:workload", WHO_MAY["view_workload"], group="What waits", place=10),
        Destination("To assign", "casework:unallocated", WHO_MAY["assign"], group="What waits", place=20),
        Destination(
            "Absences", "casework:absences", ABSENCES["record_absence"], group="What waits", place=30
        ),
        Destination("My cases", "casework:mine", WHO_MAY["view_mine"], place=70),
        Destination("My tasks", "casework:my_tasks", WHO_MAY["complete_task"], group="What waits", place=80),
        Destination("Cases", "casework:list", CASEWORK_ROLES, group="Casework", place=90),
        Destination("Cases", "casework:list", CROYDON, place=180),
    ),
    audit_names={"casework.case": "referral__reference"},
    shared_progress=shared_progress,
    risks=risks_of_case,
    held_by=held_by,
    next_steps=next_steps,
    away=away,
    timeline=of_litigation,
    when_suspended=stop_for_litigation,
    follows=(
        Follow(
            kind="case",
            model="casework.case",
            rows=lambda by: Case.objects.visible_to(by),
            roles=WHO_MAY["view"],
            name="referral__reference",
        ),
    ),
    retention=RETENTION,
    records=(REFERRAL,),
)
