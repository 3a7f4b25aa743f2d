"""The feed for programs."""
