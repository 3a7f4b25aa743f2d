"""What people type about cases. Forms clean; actions decide. Field names are the actions' own."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.actions.record_progress import reasons_not_this_kind
from casework.lists import NOBODY, Due, Load, Work
from casework.models import MOVED_BY, WRITTEN, BarrierKind, Case, CaseOutcome, Relation
from casework.permissions import WHO_MAY
from casework.queries import asked_of_force
from casework.rules.planning import reasons_not_to_plan_for
from casework.rules.words import written
from casework.states import MOVES, State
from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from nexus.documents.fields import DocumentField
from nexus.documents.models import Marking
from nexus.ui.formatting import count
from nexus.ui.forms import GovukDateField, GovukForm, Look, TextField, YesNoField
from referrals.forms.triage import SearchForm
from referrals.rules.terms import Route

__all__ = ["SearchForm"]

LONG = 4000  # characters of a reason, a note or what happened
FORCE_READS = "The force will read this. Leave out legal advice, health and other people’s details."


class CaseForm(GovukForm):
    """A form about one case, filled in by one person."""

    def __init__(self, *args: Any, case: Case, by: User, **kwargs: Any) -> None:
        self.case, self.by = case, by
        super().__init__(*args, **kwargs)


def people(verb: str) -> Any:
    """Everybody who may do this to a case."""
    return User.objects.filter(role__in=WHO_MAY[verb], is_active=True).order_by("full_name")


def not_past(day: date, what: str) -> date:
    """The rule's own sentence at the field; the action asks the rule again."""
    for reason in reasons_not_to_plan_for(day, today=timezone.localdate(), what=what):
        raise ValidationError(reason)
    return day


class PersonField(forms.ModelChoiceField):
    """A person, by name and role."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}, {obj.get_role_display()}"


class CaseOwnerField(forms.ModelChoiceField):
    """An accredited case-owner, with the work they have already, and away until when. It informs and decides nothing."""

    loads: Mapping[int, Load] = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), label="Case-owner", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        load = self.loads.get(obj.pk)
        away = f". Away until {written(load.away_until)}" if load and load.away_until else ""
        if load is None or not load.total:
            return f"{obj.full_name}: no open cases{away}"
        cases, points = count(load.total, "open case"), count(load.points, "point")
        return f"{obj.full_name}: {cases}, {load.overdue} overdue, {points}{away}"


class AssignForm(CaseForm):
    """Who gets the case: accredited case-owners only, with what each has."""

    case_owner = CaseOwnerField()
    look: Mapping[str, Look] = {
        "case_owner": Look(hint="Only accredited case-owners are listed", missing="Select the case-owner")
    }

    def __init__(self, *args: Any, loads: Iterable[Load] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(CaseOwnerField, self.fields["case_owner"])
        field.loads = {load.person.pk: load for load in loads}
        accredited = User.objects.filter(role=Role.CASE_OWNER, nsa_accredited=True, is_active=True)
        others = accredited.exclude(pk=self.case.case_owner_id) if self.case.case_owner_id else accredited
        field.queryset = others.order_by("full_name")


class ReassignForm(AssignForm):
    reason = TextField(label="Why does the case change hands?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        **AssignForm.look,
        "reason": Look(missing="Enter why the case changes hands", noun="the reason"),
    }


class AllocateForm(CaseForm):
    reason = TextField(label="Why does the case come to Liverpool?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="Which team gave it up, and when",
            missing="Enter why the case comes to Liverpool, and which team gave it up",
            noun="the reason",
        )
    }


class PlanForm(CaseForm):
    next_action = TextField(label="Next action", max_length=200)
    next_action_by = PersonField(
        label="Whose is it?", queryset=people("view"), required=False, empty_label="The manager"
    )
    next_action_on = GovukDateField(label="By when")
    look: Mapping[str, Look] = {
        "next_action": Look(hint="What moves the case on, for example “Commission the police statement”"),
        "next_action_on": Look(noun="the date of the next action", hint="Today or later"),
    }

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "next_action": case.next_action,
                "next_action_by": case.next_action_by_id,
                "next_action_on": case.next_action_on,
            },
        )
        super().__init__(*args, case=case, **kwargs)

    def clean_next_action_on(self) -> date:
        return not_past(self.cleaned_data["next_action_on"], "next action")


class ProgressForm(CaseForm):
    kind = forms.ChoiceField(
        label="What kind of progress is it?",
        choices=[(kind.value, kind.label) for kind in WRITTEN],
        widget=forms.RadioSelect,
    )
    happened_on = GovukDateField(label="When did it happen?", not_future=True)
    text = TextField(label="What happened?", multi_line=True, max_length=LONG)
    shared_with_force = YesNoField(label="May the force see this?")
    asked_of_force = TextField(
        label="What is asked of the force?", multi_line=True, max_length=LONG, required=False
    )
    look: Mapping[str, Look] = {
        "kind": Look(
            missing="Select what kind of progress it is",
            hint="What is done to a decision is recorded on the Decision page",
        ),
        "happened_on": Look(noun="the date it happened", hint="Not in the future, nor before the referral"),
        "text": Look(missing="Enter what happened", noun="what happened"),
        "shared_with_force": Look(
            hint="If yes, the force reads it on its referral and in its progress report. Leave out legal "
            "advice, health and other people’s details.",
            missing="Select whether the force may see this",
            inline=True,
        ),
        "asked_of_force": Look(optional=True, rows=3, noun="what is asked of the force"),
    }

    def look_of(self, name: str) -> Look:
        """The kinds say which of them move the case, and which cannot come yet."""
        look = super().look_of(name)
        if name == "kind":
            return replace(look, item_hints={kind: self.hint(kind) for kind in WRITTEN if kind in MOVED_BY})
        if name == "asked_of_force":
            asked = asked_of_force(self.case)
            now = f"Now asked: “{asked.asked_of_force}”. " if asked else ""
            return replace(look, hint=now + ASKED_HINT.format(force=self.case.referral.force.name))
        return look

    def hint(self, kind: str) -> str:
        refusals = reasons_not_this_kind(self.case, kind)
        if refusals:
            return f"Not now: only while the case is {self.possible_in(kind)}"
        return f"Moves the case to “{State(MOVES[MOVED_BY[kind]].target).label}”"

    @staticmethod
    def possible_in(kind: str) -> str:
        return " or ".join(f"“{State(source).label}”" for source in MOVES[MOVED_BY[kind]].source)


ASKED_HINT = (
    "Only where {force} may see this. It replaces what was asked before; "
    "leave it empty when nothing is asked any more."
)


class PeopleField(forms.ModelMultipleChoiceField):
    """Several people, by name and role."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name}, {obj.get_role_display()}"


class NoteForm(CaseForm):
    text = TextField(label="Note", multi_line=True, max_length=LONG)
    mentions = PeopleField(
        label="Who should read it?",
        queryset=people("view"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    look: Mapping[str, Look] = {
        "text": Look(hint="Internal: the force never sees notes", missing="Enter the note", rows=8),
        "mentions": Look(
            optional=True,
            small=True,
            hint="They are told that a note on this case mentions them, and not what it says",
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(PeopleField, self.fields["mentions"])
        field.queryset = people("view").exclude(pk=self.by.pk)


class TaskForm(CaseForm):
    title = TextField(label="Task", max_length=200)
    owner = PersonField(label="Whose task is it?", queryset=people("complete_task"))
    due_on = GovukDateField(label="Due date")
    remind_on = GovukDateField(label="Reminder", required=False)
    look: Mapping[str, Look] = {
        "title": Look(missing="Enter the task"),
        "owner": Look(missing="Select whose task it is", noun="the owner of the task"),
        "due_on": Look(hint="Today or later"),
        "remind_on": Look(
            optional=True,
            noun="the reminder",
            hint="The owner is reminded on this day, and told once when the due date has passed",
        ),
    }

    def clean_due_on(self) -> date:
        return not_past(self.cleaned_data["due_on"], "task")


class DocumentForm(CaseForm):
    upload = DocumentField(label="Document")
    description = TextField(label="What is it?", max_length=200)
    marking = forms.ChoiceField(label="Marking", choices=Marking.choices, widget=forms.RadioSelect)
    disclosable = YesNoField(label="May it be disclosed?")
    look: Mapping[str, Look] = {
        "description": Look(missing="Enter what the document is", noun="the description"),
        "marking": Look(missing="Select the marking of the document"),
        "disclosable": Look(
            hint="Whether it is written so that it can be used in a public appeal",
            missing="Select whether the document may be disclosed",
            inline=True,
        ),
    }


class BarrierForm(CaseForm):
    kind = forms.ChoiceField(
        label="What stands against removal?", choices=BarrierKind.choices, widget=forms.RadioSelect
    )
    since = GovukDateField(label="Since when?", not_future=True)
    details = TextField(label="What is known about it?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "kind": Look(
            missing="Select what kind of barrier it is",
            item_hints={BarrierKind.TRAFFICKING: "Only a Senior Caseworker can lift it again"},
        ),
        "since": Look(noun="the date the barrier began", hint="Today or in the past"),
        "details": Look(
            hint="For example, the reference, the court or the date of the hearing",
            missing="Enter what is known about the barrier",
            noun="what is known",
        ),
    }


class LiftBarrierForm(CaseForm):
    reason = TextField(label="Why does it no longer stand?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(missing="Enter why the barrier no longer stands", noun="the reason")
    }


class RouteForm(CaseForm):
    route = forms.ChoiceField(label="New route", widget=forms.RadioSelect)
    reason = TextField(label="Why does the route change?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "route": Look(missing="Select the new route"),
        "reason": Look(missing="Enter why the route changes", noun="the reason"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["route"])
        field.choices = [(value, label) for value, label in Route.choices() if value != self.case.route]


class OutcomeForm(CaseForm):
    outcome = forms.ChoiceField(
        label="What is the outcome?", choices=CaseOutcome.choices, widget=forms.RadioSelect
    )
    outcome_on = GovukDateField(label="When?", not_future=True)
    reasons = TextField(label="Reasons", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "outcome": Look(missing="Select the outcome"),
        "outcome_on": Look(noun="the date of the outcome", hint="Today or in the past"),
        "reasons": Look(hint=FORCE_READS, missing="Enter the reasons. The force will read them.", rows=8),
    }


class RelateForm(CaseForm):
    other = TextField(label="Reference of the other case", max_length=15)
    kind = forms.ChoiceField(
        label="How are they related?", choices=Relation.choices, widget=forms.RadioSelect
    )
    reason = TextField(label="Why do they belong together?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "other": Look(
            hint="For example, NHH-2026-000123", missing="Enter the other case’s reference", width=20
        ),
        "kind": Look(missing="Select how the cases are related"),
        "reason": Look(missing="Enter why the cases are related", noun="the reason"),
    }

    def clean_other(self) -> Case:
        """A case the person may see; any other does not exist for them."""
        wanted = self.cleaned_data["other"].upper()
        found = Case.objects.visible_to(self.by).filter(referral__reference=wanted).first()
        if found is None:
            raise ValidationError("There is no case with this reference. Check it on the other case’s page.")
        return found


class UnrelateForm(CaseForm):
    reason = TextField(label="Why do they not belong together?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(missing="Enter why the cases are no longer related", noun="the reason")
    }


class WordsForm(GovukForm):
    """Words to look for in notes and documents. Posted, because they may be a person's name."""

    words = TextField(label="Search notes and documents", max_length=200)
    look: Mapping[str, Look] = {
        "words": Look(
            hint="Every word must be there. Put words in “quotation marks” to find them together, "
            "or between words to find either, and - before a word to leave it out.",
            missing="Enter the words to look for",
            autocomplete="off",
            spellcheck=False,
            label_class="govuk-label--s",
        )
    }


class AbsenceForm(GovukForm):
    person = PersonField(label="Who is away?", queryset=User.objects.none())
    first_day = GovukDateField(label="First day away")
    last_day = GovukDateField(label="Last day away")
    look: Mapping[str, Look] = {
        "person": Look(missing="Select who is away"),
        "last_day": Look(hint="Why somebody is away is not asked and not kept here"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(PersonField, self.fields["person"]).queryset = people("view_mine")


class MoveWorkForm(GovukForm):
    """What of one person's work goes to whom, and why."""

    cases = forms.MultipleChoiceField(
        label="Their cases", required=False, widget=forms.CheckboxSelectMultiple
    )
    next_actions = forms.MultipleChoiceField(
        label="Next actions of theirs on others’ cases", required=False, widget=forms.CheckboxSelectMultiple
    )
    tasks = forms.MultipleChoiceField(
        label="Open tasks of theirs", required=False, widget=forms.CheckboxSelectMultiple
    )
    to = PersonField(label="Who gets them?", queryset=User.objects.none())
    reason = TextField(label="Why are they moved?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "cases": Look(hint="A case takes its tasks and next action with it", small=True),
        "next_actions": Look(small=True),
        "tasks": Look(small=True),
        "to": Look(missing="Select who gets them", hint="A case can only go to an accredited case-owner"),
        "reason": Look(missing="Enter why the work is moved", noun="the reason", rows=3),
    }

    def __init__(self, *args: Any, work: Work, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.work = work
        for name, choices in work.choices().items():
            if choices:
                cast(forms.MultipleChoiceField, self.fields[name]).choices = choices
            else:
                del self.fields[name]
        others = people("complete_task").exclude(pk=work.person.pk)
        cast(PersonField, self.fields["to"]).queryset = others

    def chosen(self) -> dict[str, list[int]]:
        return {
            name: [int(pk) for pk in self.cleaned_data.get(name, ())]
            for name in ("cases", "next_actions", "tasks")
        }


def owners() -> list[tuple[str, str]]:
    """Everybody who has or had cases; asked anew for each form."""
    people = User.objects.filter(role=Role.CASE_OWNER).order_by("full_name")
    return [
        ("", "Anybody or nobody"),
        (NOBODY, "Nobody"),
        *((str(pk), name) for pk, name in people.values_list("pk", "full_name")),
    ]


class CaseFilter(GovukForm):
    """Bound to the address of a list; a filter that is not understood filters nothing."""

    state = forms.MultipleChoiceField(
        label="Stage", required=False, choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    due = forms.ChoiceField(label="Next action", required=False, choices=[("", "Any date"), *Due.choices()])
    stalled = forms.BooleanField(label="Stalled cases only", required=False)
    case_owner = forms.ChoiceField(label="Case-owner", required=False, choices=owners)
    force = forms.ModelChoiceField(
        label="Force",
        required=False,
        queryset=Force.objects.all(),
        to_field_name="code",
        empty_label="Every force",
    )
    route = forms.ChoiceField(label="Route", required=False, choices=[("", "Any route"), *Route.choices()])
    look: Mapping[str, Look] = {
        "state": Look(hint="Closed cases are left out unless you choose", small=True),
        "stalled": Look(small=True),
    }
