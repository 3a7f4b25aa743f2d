"""The papers of a hearing for programs."""
