"""The endpoints of what may be the same person twice, for the Referrals Office and managers. It crosses forces."""
