"""A sandbox: an installation of its own in which a program is tried out, with a force that is none (ADR 0051)."""
