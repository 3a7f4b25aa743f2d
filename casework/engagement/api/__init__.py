"""The endpoints of operational engagement: for the Home Office whole, for the force what it needs for safety."""
