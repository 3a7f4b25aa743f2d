"""Police support: requests to a force, value added activity, and the commitments of the referral."""
