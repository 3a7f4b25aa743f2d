"""The endpoints of decisions, for those who see cases. The police read what the force is told, with the referral."""
