"""Sitting down at Liverpool's desk: a client in which somebody has signed in."""

from django.test import Client

from nexus.accounts.models import User


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
