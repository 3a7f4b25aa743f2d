"""Quality: a drawn sample of decisions, read again by another officer, with findings."""
