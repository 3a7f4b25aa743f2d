"""The notifications' endpoints: one's own inbox."""
