"""What the keying on CID and Atlas adds to the rest of the service."""

from casework.keying.models import Keyed
from casework.keying.permissions import WHO_MAY
from casework.keying.queries import next_steps, timeline, work_waiting
from casework.keying.retention import RETENTION
from casework.parts import CasePart
from nexus.parts import Destination, Follow

PART = CasePart(
    work_waiting=work_waiting,
    navigation=(Destination("To key", "keying:list", WHO_MAY["view"], group="Triage", place=200),),
    audit_names={"keying.keyed": "referral__reference"},
    timeline=timeline,
    next_steps=next_steps,
    follows=(
        Follow(
            kind="keying_entry",
            model="keying.keyed",
            rows=lambda by: Keyed.objects.all(),
            roles=WHO_MAY["view"],
            name="key",
        ),
    ),
    retention=RETENTION,
)
