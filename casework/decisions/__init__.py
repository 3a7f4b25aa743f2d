"""Decisions: drafted by the case-owner, reviewed, made, served, and what becomes of them."""
