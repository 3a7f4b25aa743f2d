"""Sitting down at Liverpool's desk: a client in which somebody has signed in, and what is typed into its forms."""

from datetime import date

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Case
from nexus.accounts.models import User


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def today() -> date:
    return timezone.localdate()


def address(verb: str, case: Case) -> str:
    return reverse(f"casework:{verb}", args=[case.referral.reference])
