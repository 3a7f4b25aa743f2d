"""The pages: one's inbox, one's choices, and the e-mails that failed."""
