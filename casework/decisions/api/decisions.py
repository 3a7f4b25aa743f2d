"""Decisions: list, draft, read, review, make, serve; challenges: lodge, hear, conclude. Files come from their pages."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import serializers

from casework.api.finding import find as find_case
from casework.decisions import actions, forms
from casework.decisions.api.serializers import (
    CaseDecisionLineSerializer,
    CaseDecisionSerializer,
    as_challenge,
)
from casework.decisions.models import Challenge, Decision, Finding, Hearing
from casework.decisions.permissions import WHO_MAY
from casework.decisions.rules.law import QUESTIONS
from casework.decisions.states import State
from casework.queries import asked_of_force
from nexus.accounts.models import User
from nexus.api.before import Start, Verb
from nexus.api.requests import Call
from nexus.api.resources import Filter, Resource


def visible(user: User) -> QuerySet[Decision]:
    """The decisions that exist for this person."""
    people = ("drafted_by", "reviewed_by", "decided_by", "served_by")
    return Decision.objects.visible_to(user).select_related(
        "case__referral__force", "case__case_owner", *people
    )


class AnswersForm(*forms.FORMS.values()):  # type: ignore[misc]
    """Answers of any sections, and in `chosen` the material relied on. What the body does not name stays."""

    look = {name: look for section in forms.FORMS.values() for name, look in section.look.items()}

    def answers(self) -> dict[str, Any]:
        """As `save_section` takes them."""
        given: dict[str, dict[str, str]] = {}
        for name in QUESTIONS:
            said = {"choice": name, "reasons": f"{name}_reasons"}
            named = {part: self.cleaned_data[field] for part, field in said.items() if field in self.data}
            if named:
                given[name] = {**self.decision.answers.get(name, {}), **named}
        chosen = [self.approved[pk] for pk in self.cleaned_data.get("chosen", [])]
        return {"answers": given, "material": chosen if "chosen" in self.data else None}


def answers_in_words() -> dict[str, serializers.Field]:
    """The questions' names with what may be answered, for the schema."""
    found: dict[str, serializers.Field] = {}
    for name, question in QUESTIONS.items():
        codes = ", ".join(code for code, _ in question.choices)
        found[name] = serializers.CharField(
            required=False, label=question.words, help_text=f"One of: {codes}"
        )
        found[f"{name}_reasons"] = serializers.CharField(required=False, label=question.reasons)
    material = serializers.ListField(child=serializers.IntegerField(), required=False)
    return {**found, "chosen": material}


def about(decision: Decision, request: Call) -> dict[str, Any]:
    """What every form about a decision needs. What is asked of the force stays asked unless the body says otherwise."""
    asked = asked_of_force(decision.case)
    return {"decision": decision, "initial": {"asked_of_force": asked.asked_of_force} if asked else {}}


def finding_of(decision: Decision, *, finding_id: int) -> Finding:
    """The allegation in the address."""
    return get_object_or_404(decision.findings, pk=finding_id)


def found_before(finding: Finding, request: Call) -> dict[str, Any]:
    """What was found of it so far."""
    return {"initial": {name: getattr(finding, name) for name in forms.FindingForm.base_fields}}


decisions = Resource(
    noun="case_decision",
    plural="case_decisions",
    address="decisions/<int:decision_id>/",
    key="decision_id",
    who_may=WHO_MAY,
    rows=visible,
    line=CaseDecisionLineSerializer,
    shape=CaseDecisionSerializer,
    filters={"state": Filter("state", State.values), "case": Filter("case__referral__reference")},
    audit="decision",
    starts={
        "case_draft_decision": Start(
            actions.draft,
            verb="draft",
            at="cases/<slug:reference>/draft-decision/",
            of=find_case,
            given=lambda case: {"case_id": case.pk},
        )
    },
    verbs={
        "save_section": Verb(
            actions.save_section,
            forms.NothingForm,
            lambda decision, request: {"decision": decision},
            adds=answers_in_words(),
            chosen=lambda decision, request: AnswersForm,
        ),
        "add_finding": Verb(
            actions.add_finding, forms.AddFindingForm, lambda decision, request: {"decision": decision}
        ),
        "change_finding": Verb(
            actions.change_finding,
            forms.FindingForm,
            found_before,
            at="findings/<int:finding_id>/change/",
            part=finding_of,
            partly=True,
        ),
        "remove_finding": Verb(actions.remove_finding, at="findings/<int:finding_id>/remove/"),
        "submit": Verb(actions.submit),
        "take_back": Verb(actions.take_back),
        "approve": Verb(actions.approve, forms.ReviewForm, about),
        "return_draft": Verb(actions.return_draft, forms.ReturnForm, about),
        "decide": Verb(actions.decide, forms.DecideForm, about, partly=True),
        "make_letter": Verb(actions.make_letter, at="letters/<slug:template>/"),
        "serve": Verb(actions.serve, forms.ServeForm, about, partly=True),
        "reconsider": Verb(actions.reconsider, forms.ReconsiderForm, about, partly=True),
        "lodge": Verb(actions.lodge, forms.LodgeForm, about, partly=True),
    },
)


def find_challenge(request: Call, challenge_id: int, **_: Any) -> Challenge:
    """The challenge, or Http404 outside the decisions that exist for this person."""
    found = Challenge.objects.filter(decision__in=Decision.objects.visible_to(request.user))
    people = ("concluded_by", "decision__case__referral__force", "decision__case__case_owner")
    return get_object_or_404(found.select_related(*people).prefetch_related("hearings"), pk=challenge_id)


def shown(request: Call, challenge: Challenge) -> dict[str, Any]:
    return as_challenge(challenge)


def challenged(challenge: Challenge, request: Call) -> dict[str, Any]:
    return about(challenge.decision, request)


def record_hearing(*, challenge_id: int, hearing_id: int, **said: Any) -> Hearing:
    """What came of a hearing of this challenge."""
    get_object_or_404(Hearing, pk=hearing_id, challenge=challenge_id)
    return actions.record_hearing(hearing_id=hearing_id, **said)


CHALLENGE_VERBS = {
    "add_hearing": Verb(actions.add_hearing, forms.HearingForm, challenged, partly=True),
    "record_hearing": Verb(
        record_hearing,
        forms.HearingResultForm,
        challenged,
        partly=True,
        at="hearings/<int:hearing_id>/record/",
    ),
    "conclude": Verb(actions.conclude, forms.ConcludeForm, challenged, partly=True),
}
