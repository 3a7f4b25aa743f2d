"""Pages of the papers of a hearing."""
