"""Hints to the worker. They carry ids only, and losing them loses nothing: the sweep sends them again."""

from collections.abc import Iterable

from nexus.celery import tell_workers

READ = "datawash.read"
WASH = "datawash.wash"
SWEEP = "datawash.sweep"
GO_STALE = "datawash.go_stale"
PURGE = "datawash.purge"


def ask_for_washing(wash_ids: Iterable[int]) -> None:
    tell_workers(WASH, wash_ids)


def ask_for_reading(wash_ids: Iterable[int]) -> None:
    tell_workers(READ, wash_ids)
