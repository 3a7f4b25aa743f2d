"""The decision: what it is, why, how a second officer read it, and what reopens it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from nexus.accounts.models import Team
from nexus.ui.forms import GovukForm, Look, ReasonsField
from nexus.ui.reasons import reason_form
from referrals.forms.triage.asking import LONG
from referrals.forms.triage.queue import teams
from referrals.models import Destination, Proposal
from referrals.queue import NOBODY
from referrals.rules.terms import Impact, Route, StatementNeed

LONGEST_KEY = 19  # characters: what a key of the database has at most
CHOICES = (
    ("accept", "Accept it"),
    ("not_accept", "Do not accept it"),
    ("redirect", "Redirect it to another Home Office command"),
)
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


def reasons_field() -> ReasonsField:
    return ReasonsField(label="Reasons for the decision", max_length=LONG)


def balance_field() -> ReasonsField:
    return ReasonsField(label="Balance", max_length=LONG)


def impact_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Is the adverse impact of the conduct significant?",
        choices=Impact.choices(),
        widget=forms.RadioSelect,
    )


def impact_reasons_field() -> ReasonsField:
    return ReasonsField(label="What shows it, or does not?", max_length=LONG)


IMPACT: dict[str, Look] = {
    "significant_impact": Look(
        hint="Whether the conduct is High Harm, physically, emotionally or financially. Your judgement: the rules do "
        "not answer it.",
        missing="Select whether the impact is significant",
    ),
    "impact_reasons": Look(
        hint="Whom it harmed, how, and on what evidence. Internal: the force does not read this.",
        missing="Enter what shows that the impact is, or is not, significant",
        noun="what shows that the impact is significant",
        rows=4,
    ),
}


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


class ProposableForm(GovukForm):
    """A decision that may need a second reader. `own` are the proposals of whoever decides: of one of them,
    named by its number as the initial `again`, the form begins with the words."""

    def __init__(self, *args: Any, own: QuerySet[Proposal] | None = None, **kwargs: Any) -> None:
        again = (kwargs.pop("initial", None) or {}).get("again", "")
        if own is not None and again.isdecimal() and len(again) < LONGEST_KEY:
            found = own.filter(pk=again).first()
            kwargs["initial"] = what_was_proposed(found) if found else {}
        super().__init__(*args, **kwargs)


class AcceptForm(ProposableForm):
    scope_confirmation = ReasonsField(
        label="What did you check to confirm that the subject is in scope?", max_length=LONG
    )
    significant_conviction = forms.ChoiceField(
        label="Is there a significant conviction?",
        choices=[("yes", "Yes"), ("no", "No"), ("not_applicable", "Not applicable")],
        widget=forms.RadioSelect,
    )
    held_by = forms.ChoiceField(label="Which team has the case now?", choices=teams, widget=forms.RadioSelect)
    significant_impact = impact_field()
    impact_reasons = impact_reasons_field()
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
        **IMPACT,
        "balance": BALANCE,
        "route": Look(hint="It can be changed later, with a reason", missing="Select the route"),
        "police_statement": Look(missing="Select whether a police statement is needed"),
        "reasons": REASONS,
    }

    def answers(self) -> dict[str, Any]:
        """What `actions.accept` takes."""
        cleaned = self.cleaned_data
        return {
            **cleaned,
            "significant_conviction": {"yes": True, "no": False}.get(cleaned["significant_conviction"]),
            "held_by": Team.objects.filter(code=cleaned["held_by"]).first(),
        }


class NotAcceptForm(ProposableForm):
    significant_impact = impact_field()
    impact_reasons = impact_reasons_field()
    balance = balance_field()
    reasons = reasons_field()
    look: Mapping[str, Look] = {**IMPACT, "balance": BALANCE, "reasons": REASONS}


class RedirectForm(GovukForm):
    destination = forms.ChoiceField(
        label="Where does the referral go?", choices=Destination.choices, widget=forms.RadioSelect
    )
    reasons = reasons_field()
    look: Mapping[str, Look] = {
        "destination": Look(missing="Select where the referral goes"),
        "reasons": REASONS,
    }


def what_was_proposed(proposal: Proposal) -> dict[str, Any]:
    """A proposal's words as its form had them, to propose it again."""
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
        choices=[("agree", "Yes, make it as it is"), ("send_back", "No, return it with reasons")],
        widget=forms.RadioSelect,
    )
    remarks = ReasonsField(label="Your reasons", max_length=LONG, required=False)
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


class AgreeForm(GovukForm):
    """Agree to exactly what is proposed."""

    remarks = SecondReadingForm.base_fields["remarks"]


SendBackForm = reason_form(
    "Your reasons", missing="Enter why you return the proposed decision", noun="your reasons", name="reasons"
)


RecallForm = reason_form(
    "Why do you take it back?",
    hint="It appears in the timeline; the force does not see it",
    missing="Enter why you take the proposed decision back",
    rows=3,
)


ReopenForm = reason_form(
    "What is new?",
    hint="New information, or the discussion with the force and when it was",
    missing="Enter the new information or the discussion that reopens the referral",
    noun="what is new",
)
