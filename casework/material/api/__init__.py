"""The endpoints of Nexus material: for casework whole, for the force what is asked of it and what it sent."""
