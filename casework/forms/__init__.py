"""What people type about cases. Forms clean; actions decide. Field names are the actions' own."""

from casework.forms.absences import AbsenceForm, MoveWorkForm
from casework.forms.barriers import BarrierForm, LiftBarrierForm
from casework.forms.base import FORCE_READS, LONG, CaseForm, PersonField, not_past, people
from casework.forms.day import DocumentForm, TaskForm
from casework.forms.finding import CaseFilter, WordsForm
from casework.forms.notes import NoteForm
from casework.forms.owners import AllocateForm, AssignForm, CaseOwnerField, ReassignForm
from casework.forms.progress import CARRIED, WAS_READY, OutcomeForm, PlanForm, ProgressForm, RouteForm
from casework.forms.related import CorrectPersonForm, PersonForm, RelateForm, RemovePersonForm, UnrelateForm
from casework.forms.removal import ClarifyForm, RemovalNoticeForm
from referrals.forms.triage import SearchForm

__all__ = [
    "CARRIED",
    "WAS_READY",
    "AbsenceForm",
    "AllocateForm",
    "AssignForm",
    "BarrierForm",
    "CaseFilter",
    "CaseForm",
    "CaseOwnerField",
    "ClarifyForm",
    "CorrectPersonForm",
    "DocumentForm",
    "FORCE_READS",
    "LONG",
    "LiftBarrierForm",
    "MoveWorkForm",
    "NoteForm",
    "OutcomeForm",
    "PersonField",
    "PersonForm",
    "PlanForm",
    "ProgressForm",
    "ReassignForm",
    "RelateForm",
    "RemovalNoticeForm",
    "RemovePersonForm",
    "RouteForm",
    "SearchForm",
    "TaskForm",
    "UnrelateForm",
    "WordsForm",
    "not_past",
    "people",
]
