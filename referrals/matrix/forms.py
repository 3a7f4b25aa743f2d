"""What the matrix asks: one short form, with a row for each event. Forms clean; they never save.

Nearly everything may stay unanswered: the result then says what is missing. The page works without
JavaScript: "add" and "remove" post the page back, and `rearranged` shows what was typed, unjudged.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from nexus.accounts.models import Force, User
from nexus.accounts.reference import TEAMS
from nexus.ui import drafts
from nexus.ui.forms import GovukDateField, GovukForm, Look, PartialDateField, TextField
from referrals.duty_desk.models import Asker
from referrals.forms.answers import AnswersForm, BoxesField, boxes
from referrals.forms.draft import APPLIED_IN_TIME, INTEREST, MATERIAL, radios, yes_no, yes_no_not_known
from referrals.forms.events import EventFields, select
from referrals.matrix.answers import VULNERABILITY, Answers
from referrals.models import ConductEvent, Referral, Standing
from referrals.rules.checks import Contradiction, contradictions, days_of, entered_twice, of_event
from referrals.rules.matrix import MatrixOutcome
from referrals.rules.nationalities import NATIONALITY_CHOICES
from referrals.rules.policies import policy_on
from referrals.rules.terms import CONVICTIONS, MaterialLevel, Status

MOST_EVENTS = 50
NONE_OF_THESE = "none"
NATIONALITIES = [("", "Not known"), *NATIONALITY_CHOICES]
STATUSES = [("", "Not known"), *(each for each in Status.choices() if each[0] != Status.UNKNOWN)]
HOLDERS = [("", "Not that I know"), *(team for team in TEAMS if team[0] != "referrals_office")]


def years(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=120, required=False)


class MatrixForm(AnswersForm):
    """Fields named as the referral's columns, so that a draft takes the answers as they are."""

    force = forms.ModelChoiceField(
        label="Which force is it for?",
        queryset=Force.objects.none(),
        to_field_name="code",
        empty_label="Choose",
    )
    own_reference = TextField(label="Your own reference", max_length=60, required=False)
    date_of_birth = PartialDateField(label="Date of birth", not_future=True, required=False)
    nationality = select("Nationality", NATIONALITIES)
    other_nationality = select("Another nationality", NATIONALITIES)
    immigration_status = select("Immigration status", STATUSES)
    leave_continues = yes_no_not_known(
        "If an application or appeal is pending: was it made in time, while leave ran?"
    )
    right_of_abode = yes_no_not_known("Right of abode, or exempt from immigration control?")
    held_by = select("Does a Home Office team already have the case?", HOLDERS)
    years_of_residence = years("Length of residence in the UK")
    age_at_arrival = years("Age at arrival")
    long_resident = yes_no_not_known("Here since childhood, or for many years?")
    active_police_interest = yes_no("Is there active police interest in the subject?")
    removal_priority = yes_no("Would the subject be a priority for immigration enforcement action to remove?")
    harm_physical = boxes("harm_physical", "What kind of harm is it?")
    harm_to_individuals = boxes("harm_to_individuals", "Who is harmed?")
    material_level = radios("What disclosable police material is there?", MaterialLevel.choices())
    threat_current = yes_no("Does the material show a current threat to the public?")
    threat_ongoing = yes_no("Does the material show an ongoing threat to the public?")
    under_18 = BoxesField(VULNERABILITY, label="Does any of this apply?")

    look: Mapping[str, Look] = {
        "force": Look(missing="Select the force", noun="the force"),
        "own_reference": Look(
            optional=True, width=20, hint="To find this result again. Do not enter a name", spellcheck=False
        ),
        "date_of_birth": Look(hint="For example, 27 3 1986. Leave it empty if it is not known"),
        "other_nationality": Look(optional=True),
        "leave_continues": Look(inline=True, small=True, hint=APPLIED_IN_TIME),
        "right_of_abode": Look(inline=True, small=True),
        "held_by": Look(hint="For example, because the subject has been in prison"),
        "years_of_residence": Look(optional=True, width=3, suffix="years"),
        "age_at_arrival": Look(optional=True, width=3, suffix="years"),
        "long_resident": Look(inline=True, small=True),
        "active_police_interest": Look(inline=True, small=True, hint=INTEREST),
        "removal_priority": Look(
            inline=True, small=True, hint="Answer this where the subject has no valid immigration leave"
        ),
        "harm_physical": Look(small=True, hint="Select all that apply"),
        "harm_to_individuals": Look(small=True, hint="Select all that apply"),
        "material_level": Look(small=True, hint=MATERIAL),
        "threat_current": Look(inline=True, small=True),
        "threat_ongoing": Look(inline=True, small=True),
        "under_18": Look(
            small=True,
            hint="It changes no outcome, but everybody who works on the referral must know. Select all that apply",
            exclusive=NONE_OF_THESE,
        ),
    }

    def __init__(self, *args: Any, by: User, start: Answers | None = None, **kwargs: Any) -> None:
        start = start or Answers()
        first, other, *_ = (*start.nationalities, "", "")
        known = {"nationality": first, "other_nationality": other, "held_by": start.held_by}
        kwargs["initial"] = {**known, **_vulnerable(start), **kwargs.get("initial", {})}
        super().__init__(*args, referral=Referral(**start.columns), **kwargs)
        choices = self.fields["under_18"].choices  # type: ignore[attr-defined]
        self.fields["under_18"].choices = [*choices, (NONE_OF_THESE, "None of this, as far as I know")]  # type: ignore[attr-defined]
        if by.is_police:
            del self.fields["force"]
        else:
            self.fields["force"].queryset = Force.objects.filter(engaged=True)  # type: ignore[attr-defined]

    def clean_under_18(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["under_18"]
        if NONE_OF_THESE in ticked and len(ticked) > 1:
            raise forms.ValidationError("Select what applies, or that none of it does")
        return ticked

    def answers(self, events: tuple[dict[str, Any], ...]) -> Answers:
        """Everything answered. Call after `is_valid()`."""
        columns = {name: value for name, value in self.values().items() if hasattr(self.referral, name)}
        columns |= self.vulnerability()
        said = (self.cleaned_data["nationality"], self.cleaned_data["other_nationality"])
        nationalities = tuple(dict.fromkeys(code for code in said if code))
        return Answers(columns, nationalities, events, self.cleaned_data["held_by"])

    def vulnerability(self) -> dict[str, str]:
        """Ticked is yes; "none of this" is no to each; what is not ticked stays unanswered."""
        ticked = self.cleaned_data["under_18"]
        if NONE_OF_THESE in ticked:
            return dict.fromkeys(VULNERABILITY, "no")
        return {name: "yes" if name in ticked else "" for name in VULNERABILITY}


def _vulnerable(start: Answers) -> dict[str, list[str]]:
    said = {name: start.columns.get(name) for name in VULNERABILITY}
    if set(said.values()) == {"no"}:
        return {"under_18": [NONE_OF_THESE]}
    return {"under_18": [name for name, answer in said.items() if answer == "yes"]}


class EventForm(EventFields):
    """One event of the matrix, which has no court and names nobody. An empty row is nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, **kwargs)

    def has_changed(self) -> bool:
        """Whether anything at all was entered."""
        return any(typed(self).values())

    def event(self) -> dict[str, Any]:
        """The columns of a conduct event. Call after `is_valid()`."""
        if self.cleaned_data["kind"] not in CONVICTIONS:
            return {name: self.cleaned_data[name] for name in ("kind", "part", "offence")}
        return {**self.cleaned_data, "standing": self.cleaned_data["standing"] or Standing.STANDS}


def typed(form: forms.Form) -> dict[str, Any]:
    """What a bound form was sent, as its widgets read it, not judged."""
    return {
        name: part.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, part in form.fields.items()
    }


def _events(number: int) -> list[str]:
    return [f"event-{place}" for place in range(number)]


@dataclass
class Sheet:
    """The whole page: the form and its rows."""

    form: MatrixForm
    events: list[EventForm]

    @property
    def forms(self) -> list[forms.Form]:
        """For the error summary, in the order of the page."""
        return [self.form, *self.events]

    def is_valid(self) -> bool:
        wrong = [each for each in self.forms if not each.is_valid()]
        return not wrong

    def answers(self) -> Answers:
        return self.form.answers(tuple(each.event() for each in self.events if each.has_changed()))


@dataclass(frozen=True)
class Disagreement:
    """One thing that the answers say against each other, at the field of the page that says it."""

    form: forms.Form
    field: str
    found: Contradiction


def disagreements(sheet: Sheet, on: date) -> list[Disagreement]:
    """Every check of the referral that can be asked of these answers, at its field. Call after `is_valid()`."""
    referral = Referral(**sheet.answers().columns)
    given = [(each, ConductEvent(**each.event())) for each in sheet.events if each.has_changed()]
    of_subject = contradictions(referral, (), on, policy_on(on))
    found = [Disagreement(sheet.form, each.field, each) for each in of_subject]
    born = days_of(referral, "date_of_birth")
    for form, event in given:
        impossible = [Contradiction("conduct", "conduct_listed", each) for each in of_event(event, born, on)]
        found += [Disagreement(form, "convicted_on", each) for each in impossible]
    twice = entered_twice(event for _, event in given)
    return found + [Disagreement(given[-1][0], "offence", each) for each in twice]


def digest_of(found: list[Disagreement]) -> str:
    """What was named, for the button that assesses it all the same; empty where something cannot be so."""
    if not found or not all(each.found.may_be_explained for each in found):
        return ""
    return hashlib.sha256("\n".join(each.found.sentence for each in found).encode()).hexdigest()


def name_at_fields(found: list[Disagreement]) -> None:
    for each in found:
        each.form.add_error(each.field, each.found.sentence)


def blank(by: User, start: Answers | None = None, own_reference: str = "") -> Sheet:
    """The page as it is opened, with what is known already; one empty row where there is none."""
    known: tuple[dict[str, Any], ...] = (start.events if start else ()) or ({},)
    form = MatrixForm(by=by, start=start, initial={"own_reference": own_reference})
    rows = [
        EventForm(prefix=prefix, initial=event)
        for prefix, event in zip(_events(len(known)), known, strict=True)
    ]
    return Sheet(form, rows)


def with_draft(request: HttpRequest, by: User) -> Sheet:
    """The page as it is opened empty, with what was typed into it before and not assessed, and as many events."""
    rows = _number(drafts.draft_answers(request)) or 1
    form = drafts.restored(lambda: MatrixForm(by=by), request)
    return Sheet(form, [drafts.restored(partial(EventForm, prefix=each), request) for each in _events(rows)])


def bound(data: QueryDict, by: User) -> Sheet:
    """The page as it was sent."""
    sent = [EventForm(data, prefix=prefix) for prefix in _events(_number(data))]
    return Sheet(MatrixForm(data, by=by), sent)


def rearranged(data: QueryDict, by: User) -> Sheet:
    """The page after "add" or "remove": everything typed is kept, nothing is judged yet."""
    sent = bound(data, by)
    rows = [typed(event) for event in sent.events]
    if "remove" in data:
        rows = [row for place, row in enumerate(rows) if str(place) != data["remove"]]
    if "add" in data and len(rows) < MOST_EVENTS:
        rows.append({})
    form = MatrixForm(by=by, initial=typed(sent.form))
    return Sheet(
        form, [EventForm(prefix=p, initial=row) for p, row in zip(_events(len(rows)), rows, strict=True)]
    )


def _number(data: MultiValueDict[str, Any]) -> int:
    text = data.get("events", "")
    return min(int(text), MOST_EVENTS) if text.isascii() and text.isdigit() and len(text) < 4 else 0


# Where an immigration officer asks from.
OFFICERS = [(each.value, each.label) for each in (Asker.ICE, Asker.CCU, Asker.CUSTODY)]


class DiscussForm(GovukForm):
    """A question for the Duty Desk about one result."""

    asker = forms.ChoiceField(
        label="Who asks?",
        choices=OFFICERS,
        widget=forms.RadioSelect,
        required=False,  # of the police nobody asks it
    )
    caller = TextField(label="Who should the Referrals Office speak to?", max_length=120)
    contact = TextField(label="How can they reach you?", max_length=120)
    question = TextField(label="What do you want to discuss?", multi_line=True, max_length=4000)

    look: Mapping[str, Look] = {
        "asker": Look(missing="Select who asks", noun="who asks"),
        "caller": Look(missing="Enter who the Referrals Office should speak to", noun="the name"),
        "contact": Look(
            missing="Enter an e-mail address or a telephone number",
            noun="the e-mail address or telephone number",
        ),
        "question": Look(
            missing="Enter what you want to discuss",
            noun="what you want to discuss",
            rows=8,
            hint="Say why the subject is of real concern. Name them only if the office needs to know the name.",
        ),
    }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asker"].required = True
        if by.is_police:
            del self.fields["asker"]

    def answers(self) -> dict[str, Any]:
        """In the words of the action."""
        return {"asker": Asker.FORCE, **self.cleaned_data}


class ListFilter(GovukForm):
    outcome = forms.MultipleChoiceField(
        label="Outcome",
        choices=[(each.value, f"{each.value} {each.label}") for each in MatrixOutcome],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    look: Mapping[str, Look] = {"outcome": Look(small=True)}


class AgreementForm(GovukForm):
    """Which decisions. Everything is optional."""

    force = forms.ModelChoiceField(
        label="Force", queryset=Force.objects.all(), required=False, empty_label="Every force"
    )
    decided_from = GovukDateField(label="Decided on or after", required=False)
    decided_to = GovukDateField(label="Decided on or before", required=False)
    look: Mapping[str, Look] = {
        "decided_from": Look(hint="For example, 1 10 2026"),
        "decided_to": Look(hint="For example, 31 10 2026"),
    }
