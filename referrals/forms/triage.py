"""What a referrals officer types: the queue's filters, a question, and the decision."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms

from nexus.accounts.models import Force, Team, User
from nexus.accounts.roles import Role
from nexus.ui.forms import GovukDateField, GovukForm, Look, TextField
from referrals.actions.asking import NewQuestion
from referrals.models import Channel, Destination, Proposal, Referral
from referrals.queries import people_to_ask
from referrals.queue import ME, NOBODY, Age, Due, SamePerson
from referrals.rules.terms import Route, StatementNeed
from referrals.states import DECIDED, UNDECIDED, State

LONG = 4000  # characters of a reason, a balance or a question

# Offices of this service: they never "have" a case before it is accepted.
NEVER_HOLD = ("nexus_high_harm", "referrals_office")


class SearchForm(GovukForm):
    """Words to search for. Posted, because they may be a person's name."""

    words = TextField(label="Search by name, reference or identifier", max_length=120)
    look: Mapping[str, Look] = {
        "words": Look(
            hint="For example, a family name, NHH-2026-000123 or a PNC ID",
            missing="Enter a name, a reference or an identifier",
            autocomplete="off",
            spellcheck=False,
            label_class="govuk-label--s",
        )
    }


def holders() -> list[tuple[str, str]]:
    """Who may hold a referral, asked anew for each form."""
    officers = User.objects.filter(role=Role.REFERRALS_OFFICER, is_active=True)
    named = [(str(pk), name) for pk, name in officers.values_list("pk", "full_name")]
    return [("", "Anybody or nobody"), (NOBODY, "Nobody"), (ME, "Me"), *named]


def teams() -> list[tuple[str, str]]:
    """Which team may have a case before it is accepted, asked anew for each form."""
    others = Team.objects.exclude(code__in=NEVER_HOLD)
    return [*others.values_list("code", "name"), (NOBODY, "No team has the case")]


class QueueFilter(GovukForm):
    """Bound to the address of the queue; a filter that is not understood filters nothing."""

    state = forms.MultipleChoiceField(
        label="State",
        required=False,
        choices=[(state.value, state.label) for state in (*UNDECIDED, *DECIDED, State.WITHDRAWN)],
        widget=forms.CheckboxSelectMultiple,
    )
    channel = forms.MultipleChoiceField(
        label="Channel",
        required=False,
        choices=[(Channel.LIVE_TIME.value, "Live-time"), (Channel.STANDARD.value, "Standard")],
        widget=forms.CheckboxSelectMultiple,
    )
    force = forms.ModelChoiceField(
        label="Force",
        required=False,
        queryset=Force.objects.all(),
        to_field_name="code",
        empty_label="Every force",
    )
    age = forms.ChoiceField(label="Age", required=False, choices=[("", "Any age"), *Age.choices()])
    clock = forms.ChoiceField(label="Clock", required=False, choices=[("", "Any clock"), *Due.choices()])
    held_by = forms.ChoiceField(label="Held by", required=False, choices=holders)
    same_person = forms.ChoiceField(
        label="Same person", required=False, choices=[("", "Any"), *SamePerson.choices()]
    )
    route = forms.ChoiceField(label="Route", required=False, choices=[("", "Any route"), *Route.choices()])
    look: Mapping[str, Look] = {
        "state": Look(hint="Undecided referrals are shown unless you choose", small=True),
        "channel": Look(small=True),
        "route": Look(hint="As decided, or as the rules indicate"),
    }


class ReleaseForm(GovukForm):
    """Giving a referral back. A manager, who releases somebody else's, must say why."""

    reason = TextField(label="Why is it released?", multi_line=True, max_length=LONG, required=False)
    look: Mapping[str, Look] = {
        "reason": Look(hint="A manager who releases another officer’s referral must say why")
    }


def officers() -> list[tuple[str, str]]:
    """Who may be given a referral, asked anew for each form."""
    named = User.objects.filter(role=Role.REFERRALS_OFFICER, is_active=True).values_list("pk", "full_name")
    return [("", "Select an officer"), *((str(pk), name) for pk, name in named)]


class HandOverForm(GovukForm):
    """To whom, and why. A manager must say why."""

    to = forms.ChoiceField(label="Which officer?", choices=officers)
    reason = TextField(label="Why?", multi_line=True, max_length=LONG, required=False)
    look: Mapping[str, Look] = {
        "to": Look(missing="Select an officer"),
        "reason": Look(hint="It stands in each referral’s timeline", missing="Enter why", rows=3),
    }

    def answers(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        return {**cleaned, "to": User.objects.get(pk=cleaned["to"])} if "to" in cleaned else cleaned


class QuestionForm(GovukForm):
    """One question to the force, the day to answer it by, and who there is asked."""

    question = TextField(label="What do you need to know?", multi_line=True, max_length=LONG)
    due_on = GovukDateField(label="Answer by")
    owner = forms.ChoiceField(label="Who is asked?", required=False)
    look: Mapping[str, Look] = {
        "question": Look(
            hint="The force reads this", missing="Enter what you need to know", noun="the question", rows=4
        ),
        "due_on": Look(noun="the date to answer by", hint="For example, 27 11 2026"),
        "owner": Look(
            hint="Anybody of the force may answer; this person is reminded before the day",
        ),
    }

    def __init__(self, *args: Any, referral: Referral, usual: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"due_on": usual, "owner": str(referral.raised_by.pk)})
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people_to_ask(referral)}
        cast(forms.ChoiceField, self.fields["owner"]).choices = [
            (
                key,
                f"{person.full_name}, who raised the referral"
                if person.pk == referral.raised_by.pk
                else person.full_name,
            )
            for key, person in self.people.items()
        ]

    def asked(self) -> NewQuestion:
        """What `actions.request_information` takes of it."""
        cleaned = self.cleaned_data
        return NewQuestion(cleaned["question"], cleaned["due_on"], self.people.get(cleaned["owner"]))


class WithdrawQuestionForm(GovukForm):
    reason = TextField(label="Why need it not be answered?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="The force reads this",
            missing="Enter why the question is withdrawn",
            noun="the reason",
            rows=4,
        )
    }


class TakeBackForm(GovukForm):
    reason = TextField(label="Why do you go on without the answers?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="The force reads this",
            missing="Enter why you go on without the answers",
            noun="the reason",
            rows=4,
        )
    }


class ReopenForm(GovukForm):
    reason = TextField(label="What is new?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="New information, or the discussion with the force and when it was",
            missing="Enter the new information or the discussion that reopens the referral",
            noun="what is new",
        )
    }


class RemoveFlagForm(GovukForm):
    reason = TextField(label="Why is the flag removed?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="The force reads this. Leave out legal advice, health and other people’s details.",
            missing="Enter why the flag is removed",
            noun="the reason",
        )
    }


class SetFlagAgainForm(GovukForm):
    reason = TextField(label="Why is the flag set again?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="What the police’s interest is now. The force reads this. Leave out legal advice, health and "
            "other people’s details.",
            missing="Enter why the flag is set again",
            noun="the reason",
        )
    }


CHOICES = (
    ("accept", "Accept it"),
    ("not_accept", "Do not accept it"),
    ("redirect", "Redirect it to another Home Office command"),
)


class ChoiceForm(GovukForm):
    decision = forms.ChoiceField(label="What is your decision?", choices=CHOICES, widget=forms.RadioSelect)
    look: Mapping[str, Look] = {
        "decision": Look(
            missing="Select your decision",
            item_hints={
                "accept": "Sets the Nexus High Harm flag, and allocates the case where no team holds it",
                "not_accept": "The force reads your reasons and may discuss the case with you",
                "redirect": "Criminal Casework, National Removal Command or Removals Casework Command",
            },
        )
    }


def reasons_field() -> TextField:
    return TextField(label="Reasons for the decision", multi_line=True, max_length=LONG)


def balance_field() -> TextField:
    return TextField(label="Balance", multi_line=True, max_length=LONG)


REASONS = Look(
    hint="The force will read these reasons. Leave out legal advice, health and other people’s details.",
    missing="Enter the reasons for the decision",
    rows=6,
)
BALANCE = Look(
    hint="How the evidence weighs against immigration status, length of residence, family and children. "
    "Internal: the force does not read this.",
    missing="Enter how you balanced the evidence against status, residence, family and children",
    rows=6,
)


class DecisionForm(GovukForm):
    """A decision's own page. `answers()` is what the action takes."""

    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AcceptForm(DecisionForm):
    scope_confirmation = TextField(
        label="What did you check to confirm that the subject is in scope?", multi_line=True, max_length=LONG
    )
    significant_conviction = forms.ChoiceField(
        label="Is there a significant conviction?",
        choices=[("yes", "Yes"), ("no", "No"), ("not_applicable", "Not applicable")],
        widget=forms.RadioSelect,
    )
    held_by = forms.ChoiceField(label="Which team has the case now?", choices=teams, widget=forms.RadioSelect)
    balance = balance_field()
    route = forms.ChoiceField(label="Route", choices=Route.choices(), widget=forms.RadioSelect)
    police_statement = forms.ChoiceField(
        label="Is a police statement needed?",
        choices=[
            (need.value, need.label) for need in (StatementNeed.REQUIRED, StatementNeed.NOT_NECESSARILY)
        ],
        widget=forms.RadioSelect,
    )
    reasons = reasons_field()
    look: Mapping[str, Look] = {
        "scope_confirmation": Look(
            hint="Not British; and where Irish, right of abode, exempt or under 18 was in question, who checked",
            missing="Enter what you checked to confirm that the subject is in scope",
            noun="what you checked",
            rows=3,
        ),
        "significant_conviction": Look(
            hint="Your judgement. It bears on whether a police statement is needed.",
            missing="Select yes, no or not applicable",
            item_hints={"not_applicable": "The subject has no convictions, or no status in the UK"},
        ),
        "held_by": Look(
            hint="The “Allocated To” field of the case. A case another team holds stays where it is.",
            missing="Select which team has the case now, or that none has",
            divider_before="nobody",
        ),
        "balance": BALANCE,
        "route": Look(hint="It can be changed later, with a reason", missing="Select the route"),
        "police_statement": Look(missing="Select whether a police statement is needed"),
        "reasons": REASONS,
    }

    def answers(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            **cleaned,
            "significant_conviction": {"yes": True, "no": False}.get(cleaned["significant_conviction"]),
            "held_by": Team.objects.filter(code=cleaned["held_by"]).first(),
        }


class NotAcceptForm(DecisionForm):
    balance = balance_field()
    reasons = reasons_field()
    look: Mapping[str, Look] = {"balance": BALANCE, "reasons": REASONS}


class RedirectForm(DecisionForm):
    destination = forms.ChoiceField(
        label="Where does the referral go?", choices=Destination.choices, widget=forms.RadioSelect
    )
    reasons = reasons_field()
    look: Mapping[str, Look] = {
        "destination": Look(missing="Select where the referral goes"),
        "reasons": REASONS,
    }


def what_was_proposed(proposal: Proposal) -> dict[str, Any]:
    """A proposal's words as its form had them, to write them anew."""
    judged = {True: "yes", False: "no", None: "not_applicable"}[proposal.significant_conviction]
    return {
        **{name: getattr(proposal, name) for name in (*NotAcceptForm.base_fields, *AcceptForm.base_fields)},
        "significant_conviction": judged,
        "held_by": proposal.held_by.code if proposal.held_by else NOBODY,
    }


class SecondReadingForm(GovukForm):
    """The second reader's answer."""

    answer = forms.ChoiceField(
        label="Do you agree with this decision?",
        choices=[("agree", "Yes, it is made as it stands"), ("send_back", "No, return it with reasons")],
        widget=forms.RadioSelect,
    )
    remarks = TextField(label="Your reasons", multi_line=True, max_length=LONG, required=False)
    look: Mapping[str, Look] = {
        "answer": Look(missing="Select whether you agree with this decision"),
        "remarks": Look(
            hint="Needed when you return it. Internal: the proposer reads them, the force does not.",
            noun="your reasons",
            rows=5,
        ),
    }

    def clean(self) -> dict[str, Any]:
        cleaned = dict(super().clean() or self.cleaned_data)
        if cleaned.get("answer") == "send_back" and not cleaned.get("remarks") and "remarks" in cleaned:
            self.add_error("remarks", "Enter why you return the proposed decision")
        return cleaned


class RecallForm(GovukForm):
    reason = TextField(label="Why do you take it back?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="It stands in the timeline; the force does not read it",
            missing="Enter why you take the proposed decision back",
            noun="the reason",
            rows=3,
        )
    }


class FlagSearchForm(GovukForm):
    words = TextField(
        label="Reference, Home Office reference, CID or Atlas person ID, or name", max_length=120
    )
    look: Mapping[str, Look] = {
        "words": Look(
            missing="Enter a reference, an identifier or a name",
            autocomplete="off",
            spellcheck=False,
            noun="words",
        )
    }
