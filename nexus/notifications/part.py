"""What notifications add to the rest of the service."""

from nexus.notifications.permissions import WHO_MAY
from nexus.parts import Destination, Part

PART = Part(navigation=(Destination("E-mail", "notifications:parked", WHO_MAY["view_parked"], place=940),))
