"""Pages of what has to be keyed."""
