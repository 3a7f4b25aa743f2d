"""The endpoints of what has to be keyed on CID or Atlas, for those who key."""
