"""Everything that changes a case. Each action is keyword-only, takes `by` and `now`, and goes
lock → permit → reasons → transition → save → record."""

from casework.actions.absences import cancel_absence, move_work, record_absence
from casework.actions.add_document import add_document
from casework.actions.add_note import add_note, see_mentions
from casework.actions.barriers import lift_barrier, record_barrier
from casework.actions.change_route import change_route
from casework.actions.open_case import open_case
from casework.actions.outcome import close, record_outcome
from casework.actions.owners import allocate, assign, reassign
from casework.actions.people import add_person, correct_person, remove_person
from casework.actions.plan import plan
from casework.actions.read_documents import read_documents
from casework.actions.record_progress import record_progress
from casework.actions.related import relate, unrelate
from casework.actions.reminding import remind
from casework.actions.removal import clarify, give_removal_notice
from casework.actions.tasks import add_task, complete_task

__all__ = [
    "add_person",
    "correct_person",
    "remove_person",
    "cancel_absence",
    "move_work",
    "record_absence",
    "relate",
    "remind",
    "see_mentions",
    "unrelate",
    "add_document",
    "add_note",
    "add_task",
    "allocate",
    "assign",
    "change_route",
    "clarify",
    "close",
    "give_removal_notice",
    "complete_task",
    "lift_barrier",
    "open_case",
    "plan",
    "read_documents",
    "reassign",
    "record_barrier",
    "record_outcome",
    "record_progress",
]
