"""Everything that changes a progress report. Rows are the truth, messages are hints."""

from casework.reports.actions.acknowledge import acknowledge
from casework.reports.actions.building import begin, build, fail, finish
from casework.reports.actions.queue import queue_due, request, requeue
from casework.reports.actions.release import release
from casework.reports.actions.sweep import sweep

__all__ = [
    "acknowledge",
    "begin",
    "build",
    "fail",
    "finish",
    "queue_due",
    "release",
    "request",
    "requeue",
    "sweep",
]
