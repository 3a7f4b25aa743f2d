"""Signing in with an account at the police's or the Home Office's own provider, by OpenID Connect (ADR 0049)."""
