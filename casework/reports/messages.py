"""Hints to the worker. They carry ids only, and losing them loses nothing: the sweep sends them again."""

from collections.abc import Iterable

from nexus.celery import tell_workers

BUILD = "reports.build"
SWEEP = "reports.sweep"
QUEUE_DUE = "reports.queue_due"


def ask_for_building(report_ids: Iterable[int]) -> None:
    tell_workers(BUILD, report_ids)
