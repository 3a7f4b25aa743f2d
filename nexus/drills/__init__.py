"""Drills: what the service promises of its worst days, tried on a running one and measured."""
