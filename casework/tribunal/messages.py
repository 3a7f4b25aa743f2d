"""Hints to the worker. They carry ids only, and losing them loses nothing: the sweep sends them again."""

from collections.abc import Iterable

from nexus.celery import tell_workers

BUILD = "tribunal.build"
SWEEP = "tribunal.sweep"


def ask_for_making(version_ids: Iterable[int]) -> None:
    tell_workers(BUILD, version_ids)
