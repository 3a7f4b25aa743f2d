"""What the figures on disparity add to the rest of the service: a page for who does not decide."""

from casework.disparity.permissions import WHO_MAY
from casework.disparity.retention import RETENTION
from nexus.parts import Destination, Part

PART = Part(
    navigation=(Destination("Disparity", "disparity:latest", WHO_MAY["view"], group="Results", place=270),),
    retention=RETENTION,
)
