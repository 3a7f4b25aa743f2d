"""The cases' endpoints, for Liverpool."""
