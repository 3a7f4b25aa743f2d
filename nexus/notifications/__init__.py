"""Telling people that something happened: an inbox for each, and e-mail. References and links only."""
