"""The progress reports' endpoints, for managers and the forces they are about."""
