"""What is done to a finding: it is answered."""

from casework.disparity.actions.respond import respond

__all__ = ["respond"]
