"""What notifications add to the rest of the service."""

from nexus.notifications.permissions import WHO_MAY
from nexus.notifications.queries import waiting_items
from nexus.notifications.retention import RETENTION
from nexus.notifications.telling import tell_of_account
from nexus.parts import Destination, Part

PART = Part(
    waiting_items=waiting_items,
    tell_of_account=tell_of_account,
    navigation=(Destination("E-mail", "notifications:parked", WHO_MAY["view_parked"], place=940),),
    retention=RETENTION,
)
