"""Doors of the quality queue."""
