"""Everything that is done to a decision or a challenge, a row a verb: its page and its endpoint are made from it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers

from casework.decisions import actions, forms
from casework.decisions.actions.appeal_time import reasons_not_to_record_appeal_right
from casework.decisions.actions.challenges import reasons_not_to_lodge
from casework.decisions.actions.claims import reasons_not_to_end_claim, reasons_not_to_record_claim
from casework.decisions.actions.decide import reasons_not_to_decide, reasons_not_to_reconsider
from casework.decisions.actions.draft import reasons_not_to_draft
from casework.decisions.actions.hearings import reasons_it_is_over, reasons_not_to_record
from casework.decisions.actions.letters import reasons_not_to_make_letter
from casework.decisions.actions.review import reasons_not_to_review, reasons_not_to_submit
from casework.decisions.actions.steps import reasons_not_to, reasons_not_to_write
from casework.decisions.beside import cited
from casework.decisions.earlier import reviewed_before
from casework.decisions.letters import beside_letters, cautions_on_letters, content_of
from casework.decisions.lists import CHALLENGES, CLAIMS, DECISIONS
from casework.decisions.models import Challenge, Claim, Decision, Finding, Hearing, Letter, LetterTemplate
from casework.decisions.permissions import WHO_MAY
from casework.decisions.queries import appeal_rights_of, reasons_for_two_of
from casework.decisions.rules.gaps import cautions
from casework.decisions.rules.law import QUESTIONS, is_relevant
from casework.decisions.rules.law import SECTIONS as ALL_SECTIONS
from casework.decisions.rules.recorded import contradictions
from casework.decisions.wording import (
    FINDING_WORDS,
    dissent_from_review,
    in_words,
    statement_words,
    unanswered_in_finding,
)
from casework.lists import CASES
from casework.models import Case
from casework.queries import asked_of_force
from casework.views.frame import show as show_case
from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.soft_delete import contents_of
from nexus.verbs import Verb, VerbPages, Verbs
from referrals.risks import risk_flags

CHECK_NEXT_ACTION = "Check that the next action is still right"


def unwritable(decision: Decision, by: User, now: datetime) -> list[str]:
    return reasons_not_to_write(decision, by)


def of_decision(decision: Decision, by: User) -> dict[str, Any]:
    return {"decision": decision}


def as_asked(decision: Decision, by: User) -> dict[str, Any]:
    """What is asked of the force stays asked unless somebody takes it out."""
    standing = asked_of_force(decision.case)
    return {"initial": {"asked_of_force": standing.asked_of_force}} if standing else {}


def as_recorded(decision: Decision, by: User) -> dict[str, Any]:
    return {
        **of_decision(decision, by),
        "initial": {"place": decision.served_place, "appeal": decision.appeal_right},
    }


def warnings(decision: Decision, by: User) -> dict[str, Any]:
    """What must not be overlooked: why two people decide, and where the case and the draft contradict each other."""
    risks = risk_flags(decision.case.referral)
    two = reasons_for_two_of(decision, now=timezone.now())
    return {"cautions": [*two, *cautions(decision.answers), *contradictions(decision.answers, risks)]}


def whole_text(decision: Decision, by: User) -> dict[str, Any]:
    """The whole text stands beside the form, so that nobody reviews or decides unread."""
    statement = statement_words(decision.case)
    law = cited(section for section in ALL_SECTIONS if is_relevant(section, decision.answers))
    text = {"text": in_words(decision), "statement": statement, "law": law}
    letters = beside_letters(decision, now=timezone.now())
    return {**warnings(decision, by), **reviewed_before(decision), **text, **letters}


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
    claims = serializers.ListField(
        child=serializers.IntegerField(),
        required=False,
        help_text="Which recorded claims the decision refuses",
    )
    return {**found, "chosen": material, "refused_claims": claims}


def finding_of(decision: Decision, *, finding_id: int) -> Finding:
    return get_object_or_404(decision.findings, pk=finding_id)


def removed_finding_of(decision: Decision, *, finding_id: int) -> Finding:
    return get_object_or_404(decision.findings(manager="with_removed"), pk=finding_id)


def as_found(finding: Finding, by: User) -> dict[str, Any]:
    """What was found of it so far."""
    return {"initial": {name: getattr(finding, name) for name in forms.FindingForm.base_fields}}


def letter_to_make(decision: Decision, *, template: str) -> Letter:
    """The letter that may be made of this template; it is not saved."""
    if template not in LetterTemplate.values:
        raise Http404
    return Letter(decision=decision, template=template)


def reasons_against_letter(letter: Letter, by: User, now: datetime) -> list[str]:
    return reasons_not_to_make_letter(letter.decision, by, letter.template)


def preview(letter: Letter, by: User) -> dict[str, Any]:
    """The letter as it would read, where one can be made."""
    now = timezone.now()
    if reasons_against_letter(letter, by, now):
        return {}
    beside = beside_letters(letter.decision, now=now)
    return {**beside, "letter": content_of(letter.decision, letter.template, now=now)}


def letters_in_full(decision: Decision, by: User) -> dict[str, Any]:
    """The letters as they stand, below the form that writes them."""
    return beside_letters(decision, now=timezone.now())


def as_written(decision: Decision, by: User) -> dict[str, Any]:
    """What was written for the letters so far."""
    return {**of_decision(decision, by), "initial": {**decision.letter}}


def rights(decision: Decision, by: User) -> dict[str, Any]:
    """The right of appeal the decision carries, as its notice says it."""
    return {"rights": appeal_rights_of(decision)}


def before_service(decision: Decision, by: User) -> dict[str, Any]:
    """The right of appeal, and what of the letters is not approved."""
    unapproved = cautions_on_letters(decision, timezone.localdate())
    return {**rights(decision, by), "letter_cautions": unapproved}


def hearing_of(challenge: Challenge, *, hearing_id: int) -> Hearing:
    return get_object_or_404(challenge.hearings, pk=hearing_id)


BEGIN = {
    "draft": Verb(
        action=actions.draft,
        heading="Draft a decision",
        success="Draft started. Complete its sections in any order",
        button_only=True,
        reasons_against=lambda case, by, now: reasons_not_to_draft(case, by),
    ),
    "record_claim": Verb(
        action=actions.record_claim,
        form=forms.ClaimForm,
        heading="Record a claim",
        success=f"The claim is recorded. The decision must answer it. {CHECK_NEXT_ACTION}",
        lead="An appeal lies against the refusal of a claim, not against removal or deportation.",
        reasons_against=lambda case, by, now: reasons_not_to_record_claim(case, by),
    ),
}

OF_CLAIM = {
    "end_claim": Verb(
        action=actions.end_claim,
        form=forms.EndClaimForm,
        heading="Record how the claim ended",
        success=f"The end of the claim is recorded. {CHECK_NEXT_ACTION}",
        reasons_against=lambda claim, by, now: reasons_not_to_end_claim(claim, by),
    ),
}

# The sections have pages by hand, views/draft.py; the endpoint takes the answers of any of them.
SECTIONS = {
    "save_section": Verb(
        action=actions.save_section,
        form=forms.AnswersForm,
        heading="Save a section",
        button="Save and continue",
        reasons_against=unwritable,
        form_kwargs=of_decision,
        template="casework/decisions/section",
        extra_fields=answers_in_words(),
    ),
}

FINDINGS = {
    "add_finding": Verb(
        action=actions.add_finding,
        form=forms.AddFindingForm,
        heading="Add an allegation",
        button="Add the allegation",
        success="The allegation is added",
        reasons_against=unwritable,
        form_kwargs=of_decision,
    ),
    "change_finding": Verb(
        action=actions.change_finding,
        form=forms.FindingForm,
        heading="Record the finding",
        button="Save and continue",
        success="The finding is saved",
        address="findings/<int:finding_id>/change/",
        find_part=finding_of,
        reasons_against=lambda finding, by, now: reasons_not_to_write(finding.decision, by),
        form_kwargs=as_found,
        unanswered=unanswered_in_finding,
        partial=True,
    ),
    "remove_finding": Verb(
        action=actions.remove_finding,
        heading="Remove the allegation",
        success="The allegation is removed. You can put it back until the decision is submitted or made",
        lead="What is written below goes with it. You can put it back until the decision is submitted or made.",
        address="findings/<int:finding_id>/remove/",
        find_part=finding_of,
        reasons_against=lambda finding, by, now: reasons_not_to_write(finding.decision, by),
        page_context=lambda finding, by: {"removes": contents_of(finding, *FINDING_WORDS)},
        warns=True,
    ),
    "restore_finding": Verb(
        action=actions.restore_finding,
        heading="Put the allegation back",
        success="The allegation is put back",
        button_only=True,
        address="findings/<int:finding_id>/restore/",
        find_part=removed_finding_of,
        reasons_against=lambda finding, by, now: reasons_not_to_write(finding.decision, by),
    ),
}

# In this order they stand on the case's page, as far as nothing stands against them.
MOVES = {
    "decide": Verb(
        action=actions.decide,
        form=forms.DecideForm,
        heading="Make the decision",
        success="The decision is made. Have it served",
        lead="The decision is made in your name. Nobody can change its text afterwards.",
        reasons_against=reasons_not_to_decide,
        form_kwargs=as_asked,
        page_context=whole_text,
        partial=True,
    ),
    "submit": Verb(
        action=actions.submit,
        heading="Submit for review",
        success="The draft waits for a Senior Caseworker",
        lead="Senior Caseworkers are told. You cannot change the text until one of them has reviewed it.",
        reasons_against=reasons_not_to_submit,
        page_context=warnings,
    ),
    "approve": Verb(
        action=actions.approve,
        form=forms.ReviewForm,
        heading="Review the decision",
        success="The decision is reviewed",
        lead="Your review covers exactly this text. Any change to it makes your review void.",
        reasons_against=lambda decision, by, now: reasons_not_to_review("approve", decision, by),
        instead=dissent_from_review,
        page_context=whole_text,
    ),
    "return_draft": Verb(
        action=actions.return_draft,
        form=forms.ReturnForm,
        heading="Return the draft",
        success="The draft is returned with your reasons",
        reasons_against=lambda decision, by, now: reasons_not_to_review("return_draft", decision, by),
        instead=dissent_from_review,
        page_context=whole_text,
    ),
    "serve": Verb(
        action=actions.serve,
        form=forms.ServeForm,
        heading="Record the service",
        success=f"The service is recorded. {CHECK_NEXT_ACTION}",
        reasons_against=lambda decision, by, now: reasons_not_to("serve", decision, by),
        form_kwargs=lambda decision, by: {**of_decision(decision, by), **as_asked(decision, by)},
        page_context=before_service,
        partial=True,
    ),
    "record_appeal_right": Verb(
        action=actions.record_appeal_right,
        form=forms.AppealRightForm,
        heading="Record the right of appeal",
        success=f"The right of appeal and the last day to appeal are recorded. {CHECK_NEXT_ACTION}",
        reasons_against=lambda decision, by, now: reasons_not_to_record_appeal_right(decision, by),
        form_kwargs=as_recorded,
        page_context=rights,
        partial=True,
    ),
    "lodge": Verb(
        action=actions.lodge,
        form=forms.LodgeForm,
        heading="Record a challenge",
        success=f"The challenge is recorded. {CHECK_NEXT_ACTION}",
        reasons_against=lambda decision, by, now: reasons_not_to_lodge(decision, by),
        form_kwargs=as_asked,
        page_context=rights,
        partial=True,
    ),
    "reconsider": Verb(
        action=actions.reconsider,
        form=forms.ReconsiderForm,
        heading="Reconsider the decision",
        success="The decision has been superseded. Draft a new one",
        lead="You can still read the old decision. The case goes back to gathering evidence.",
        reasons_against=lambda decision, by, now: reasons_not_to_reconsider(decision, by),
        form_kwargs=as_asked,
        partial=True,
    ),
    "take_back": Verb(
        action=actions.take_back,
        heading="Take the decision back",
        success="The decision is a draft again",
        lead="You can then change it. Any review already given becomes void, because it was of this text.",
        reasons_against=lambda decision, by, now: reasons_not_to("take_back", decision, by),
    ),
}

LETTERS = {
    "write_letter": Verb(
        action=actions.write_letter,
        form=forms.LetterForm,
        heading="Write the letters",
        button="Save the letters",
        success="The letters are saved. Read them below",
        reasons_against=unwritable,
        form_kwargs=as_written,
        page_context=letters_in_full,
        next_page=lambda decision, saved: letters_page(saved),
        partial=True,
    ),
    "make_letter": Verb(
        action=actions.make_letter,
        heading="Make a letter",
        button="Make the letter",
        success="Letter made and kept as PDF and DOCX",
        address="letters/<slug:template>/",
        find_part=letter_to_make,
        reasons_against=reasons_against_letter,
        page_context=preview,
        template="casework/decisions/letter",
    ),
}

OF_CHALLENGE = {
    "add_hearing": Verb(
        action=actions.add_hearing,
        form=forms.HearingForm,
        heading="Add a hearing",
        success=f"The hearing is added. {CHECK_NEXT_ACTION}",
        reasons_against=lambda challenge, by, now: reasons_it_is_over(challenge, by),
    ),
    "record_hearing": Verb(
        action=actions.record_hearing,
        form=forms.HearingResultForm,
        heading="Record the result of the hearing",
        success=f"The result of the hearing is recorded. {CHECK_NEXT_ACTION}",
        address="hearings/<int:hearing_id>/record/",
        find_part=hearing_of,
        reasons_against=lambda hearing, by, now: reasons_not_to_record(hearing, by),
        form_kwargs=lambda hearing, by: as_asked(hearing.challenge.decision, by),
        page_context=lambda hearing, by: {"hearing": hearing},
        partial=True,
    ),
    "conclude": Verb(
        action=actions.conclude,
        form=forms.ConcludeForm,
        heading="Record how the challenge ended",
        success=f"The end of the challenge is recorded. {CHECK_NEXT_ACTION}",
        reasons_against=lambda challenge, by, now: reasons_it_is_over(challenge, by),
        form_kwargs=lambda challenge, by: as_asked(challenge.decision, by),
        partial=True,
    ),
}

VERBS = {**SECTIONS, **FINDINGS, **MOVES, **LETTERS}


def page_of_case(case: Case) -> str:
    return reverse("decisions:detail", args=[case.referral.reference])


def letters_page(decision: Decision) -> str:
    return reverse("decisions:write_letter", args=[decision.case.referral.reference, decision.pk])


def findings_page(decision: Decision) -> str:
    return reverse("decisions:findings", args=[decision.case.referral.reference, decision.pk])


def show(
    request: SignedInRequest, decision: Decision, name: str, *, status: int, **context: Any
) -> HttpResponse:
    """The page of a verb in the frame of its case. Where the whole text stands on it, it was read."""
    if "text" in context:
        DECISIONS.viewed(request.user, decision)
    template = context["verb"].template or "casework/decisions/act"
    return show_case(request, decision.case, "decision", template, status=status, **context)


def show_challenge(request: SignedInRequest, challenge: Challenge, name: str, **context: Any) -> HttpResponse:
    return show(request, challenge.decision, name, challenge=challenge, **context)


def pages_of(verbs: Verbs, back: Callable[[Decision], str]) -> VerbPages:
    """The pages of verbs that are done to a decision."""
    return VerbPages(
        verbs=verbs,
        who_may=WHO_MAY,
        find=DECISIONS.find,
        ids=lambda decision: {"decision_id": decision.pk},
        show=show,
        back=lambda decision, by: back(decision),
    )


pages = pages_of(MOVES, lambda decision: page_of_case(decision.case))
section_pages = pages_of(SECTIONS, lambda decision: page_of_case(decision.case))
letter_pages = pages_of(LETTERS, lambda decision: page_of_case(decision.case))
finding_pages = pages_of(FINDINGS, findings_page)
challenge_pages = VerbPages(
    verbs=OF_CHALLENGE,
    who_may=WHO_MAY,
    find=CHALLENGES.find,
    ids=lambda challenge: {"challenge_id": challenge.pk},
    show=show_challenge,
    back=lambda challenge, by: page_of_case(challenge.decision.case),
)


def show_of_case(
    request: SignedInRequest, case: Case, name: str, *, status: int, **context: Any
) -> HttpResponse:
    """The page of a verb that is done to the case, in its frame."""
    return show_case(request, case, "decision", "casework/decisions/act", status=status, **context)


def show_claim(request: SignedInRequest, claim: Claim, name: str, **context: Any) -> HttpResponse:
    return show_of_case(request, claim.case, name, claim=claim, **context)


claim_pages = VerbPages(
    verbs=OF_CLAIM,
    who_may=WHO_MAY,
    find=CLAIMS.find,
    ids=lambda claim: {"claim_id": claim.pk},
    show=show_claim,
    back=lambda claim, by: page_of_case(claim.case),
)
begin_pages = VerbPages(
    verbs=BEGIN,
    who_may=WHO_MAY,
    find=CASES.find,
    ids=lambda case: {"case_id": case.pk},
    show=show_of_case,
    back=lambda case, by: page_of_case(case),
)
