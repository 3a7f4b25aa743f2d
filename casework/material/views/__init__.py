"""The pages of Nexus material."""
