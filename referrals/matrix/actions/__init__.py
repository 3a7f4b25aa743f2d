"""What is done with the matrix: assess, refer, discuss. Nothing here accepts or refuses anybody."""

from referrals.matrix.actions.assess import assess
from referrals.matrix.actions.discuss import discuss
from referrals.matrix.actions.refer import refer

__all__ = ["assess", "discuss", "refer"]
