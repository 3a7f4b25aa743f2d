"""Hints to the worker. They carry ids only, and losing them loses nothing: the sweep sends them again."""

from collections.abc import Iterable

from nexus.celery import tell_workers

SEND = "notifications.send"
SWEEP = "notifications.sweep"
DIGESTS = "notifications.digests"


def ask_for_sending(mail_ids: Iterable[int]) -> None:
    tell_workers(SEND, mail_ids)
