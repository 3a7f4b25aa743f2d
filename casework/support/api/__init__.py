"""The endpoints of police support: for those who ask, the Referrals Office, and the force that is asked."""
