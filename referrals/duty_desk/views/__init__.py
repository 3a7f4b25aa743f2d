"""Doors for people: pages, one module a subject."""
