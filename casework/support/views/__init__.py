"""The doors of police support."""
