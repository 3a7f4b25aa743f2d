"""Everything that is done at the Duty Desk, a row a verb: its page and its endpoint are made from it."""
