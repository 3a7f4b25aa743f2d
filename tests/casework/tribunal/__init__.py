"""The papers of a hearing."""
