"""Nexus material: summary first, statement after, checked, approved, relied on and served."""
