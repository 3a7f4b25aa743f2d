"""The Duty Desk's endpoints, for those who ask and the desk that answers."""
