"""The referrals' endpoints: a force's own, and the Referrals Office's."""
