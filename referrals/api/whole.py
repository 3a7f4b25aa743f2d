"""A whole referral in one call, by the force's own reference; `dry_run` says what it lacks and what the rules show."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from nexus.accounts.models import User
from nexus.api.asking import known_value
from nexus.api.bodies import body_of, object_of, unknown_fields
from nexus.api.errors import ChangedMeanwhile, InvalidBody
from nexus.api.etags import IF_MATCH, expect
from nexus.api.requests import Call, endpoint
from nexus.problems import Sentence
from nexus.ui.text import has_hidden_characters
from referrals import actions
from referrals.actions.draft import ROWS
from referrals.api.assessment import AssessmentSerializer
from referrals.api.draft import ALIAS_BODY, CONDUCT_BODY, NATIONALITY_BODY, answers_of, row_values
from referrals.api.referrals import force_named, referrals
from referrals.api.serializers import ReferralSerializer
from referrals.forms.pages import PAGES, without_unasked
from referrals.models import Referral
from referrals.permissions import WHO_MAY
from referrals.queries import assessment_of, contradictions_of, gaps_of, outcome_for
from referrals.rules.matrix import MatrixOutcome
from referrals.rules.sections import SECTION, SECTIONS
from referrals.states import State

LONGEST = 60
KINDS = {"aliases": "alias", "nationalities": "nationality", "conduct": "conduct"}
PARTS = ("force", "sections", *KINDS)
OWN = "own_reference"
YES_OR_NO = ("true", "false")
FLAGS = ("dry_run", "submit")
AN_OBJECT = Sentence("Send an object.", "wrong_type")
A_LIST = Sentence("Send a list of objects.", "wrong_type")


def section_bodies() -> type[serializers.Serializer]:
    """Every section with its own answers, none of them required."""
    fields = {}
    for section in SECTIONS:
        forms = [page.form for page in PAGES if page.form and page.section == section.key]
        if forms:
            name = f"{section.key.title()}Section"
            fields[section.key] = body_of(*forms, name=name, required=False)(required=False)
    return type("WholeSections", (serializers.Serializer,), fields)


class WholeReferralBody(serializers.Serializer):
    """The whole of it: what is not named is blank afterwards, and a row that is not named is removed."""

    force = serializers.CharField(
        required=False, help_text="PNC force code; only an immigration officer names one"
    )
    sections = section_bodies()(required=False)
    aliases = ALIAS_BODY(many=True, required=False)
    nationalities = NATIONALITY_BODY(many=True, required=False)
    conduct = CONDUCT_BODY(many=True, required=False)


class ReferralGapSerializer(serializers.Serializer):
    """One thing it lacks before it can be sent."""

    section = serializers.ChoiceField(choices=[(section.key, section.title) for section in SECTIONS])
    field = serializers.CharField()
    code = serializers.ChoiceField(choices=[("missing", "Missing"), ("contradicted", "Contradicted")])
    sentence = serializers.CharField()


class WholeReferralSerializer(serializers.Serializer):
    """What became of it, or with dry_run what would."""

    dry_run = serializers.BooleanField()
    submitted = serializers.BooleanField(help_text="Whether the Referrals Office has it")
    gaps = ReferralGapSerializer(many=True)
    provisional_outcome = serializers.ChoiceField(
        choices=MatrixOutcome.choices(), help_text="What the rules show of these answers; it decides nothing"
    )
    provisional_assessment = AssessmentSerializer(
        help_text="The same, whole: each limb with its state, its evidence and what would change it"
    )
    referral = ReferralSerializer()


@extend_schema(
    operation_id="referral_put_by_own_reference",
    summary="Make or change a whole referral",
    parameters=[
        OpenApiParameter(
            OWN, location=OpenApiParameter.PATH, description="The force’s own, of 60 characters at most"
        ),
        OpenApiParameter(
            "dry_run", bool, description="Save nothing: say what it lacks and what the rules show"
        ),
        OpenApiParameter(
            "submit", bool, description="Send it as well; refused with every gap where it lacks any"
        ),
        IF_MATCH,
    ],
    request=WholeReferralBody,
    responses={200: WholeReferralSerializer, 201: WholeReferralSerializer},
)
@endpoint("PUT", query=FLAGS, takes_match=True, roles=WHO_MAY["edit"])
def whole(request: Call, own_reference: str) -> Response:
    """One call for a referral with all its rows, all of it or nothing. The same call again changes nothing."""
    dry_run, submit = (flag(request, name) for name in FLAGS)
    with transaction.atomic():
        answer = saved(request, readable(own_reference), object_of(request), dry_run=dry_run, submit=submit)
        transaction.set_rollback(dry_run)
    return answer


def flag(request: Call, name: str) -> bool:
    """A parameter that is true or false. Raises InvalidBody."""
    wanted = request.query_params.get(name, "false")
    known_value(name, wanted, YES_OR_NO)
    return wanted == "true"


def readable(own_reference: str) -> str:
    """The reference, as it may be kept. Raises InvalidBody."""
    text = own_reference.strip()
    if not text or len(text) > LONGEST or has_hidden_characters(text, lines=False):
        raise InvalidBody({OWN: [f"Send a reference of 1 to {LONGEST} characters."]}, place="path")
    return text


def saved(
    request: Call, own_reference: str, body: dict[str, Any], *, dry_run: bool, submit: bool
) -> Response:
    """Everything that is asked, in the caller's transaction. Raises InvalidBody and Refused."""
    by, now = request.user, timezone.now()
    strangers = set(body) - set(PARTS)
    if strangers:
        raise InvalidBody(unknown_fields(strangers, PARTS))
    force = force_named(body, by)
    referral, new = actions.found_or_started(by=by, now=now, force=force, own_reference=own_reference)
    if not new:
        expect(request, referrals.shown, referral)
    elif "If-Match" in request.headers:
        raise ChangedMeanwhile({}, body)
    sections, rows = read_sections(referral, body), read_rows(referral, body)
    referral = actions.save_whole(referral_id=referral.pk, by=by, now=now, sections=sections, rows=rows)
    if submit and referral.state == State.DRAFT and not dry_run:
        referral = actions.submit(referral_id=referral.pk, by=by, now=now)
    made = status.HTTP_201_CREATED if new and not dry_run else status.HTTP_200_OK
    return Response(told(by, referral, dry_run=dry_run), status=made)


def told(by: User, referral: Referral, *, dry_run: bool) -> dict[str, Any]:
    """The answer."""
    lacking = gaps_of(referral, timezone.localdate()) if referral.state == State.DRAFT else []
    differing = {(each.section, each.field) for each in contradictions_of(referral)}
    gaps = [
        {
            "section": gap.section,
            "field": gap.field,
            "code": "contradicted" if (gap.section, gap.field) in differing else "missing",
            "sentence": f"{gap.sentence}.",
        }
        for gap in lacking
    ]
    return {
        "dry_run": dry_run,
        "submitted": referral.submitted_at is not None,
        "gaps": gaps,
        "provisional_outcome": outcome_for(referral),
        "provisional_assessment": AssessmentSerializer(assessment_of(referral)).data,
        "referral": ReferralSerializer(referral, context={"user": by}).data,
    }


def read_sections(referral: Referral, body: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every section's columns, read by the forms of its pages from what is blank otherwise. Raises InvalidBody."""
    sent = body.get("sections", {})
    if not isinstance(sent, dict) or not all(isinstance(each, dict) for each in sent.values()):
        raise InvalidBody({"sections": [AN_OBJECT]})
    wrong = {
        f"sections.{name}": said for name, said in unknown_fields(set(sent) - set(SECTION), SECTION).items()
    }
    if wrong:
        raise InvalidBody(wrong)
    blank = Referral(pk=referral.pk, reference=referral.reference, force=referral.force)
    blank.own_reference, blank.created_at, blank.created_by = (
        referral.own_reference,
        referral.created_at,
        referral.created_by,
    )
    found = {section.key: read_section(blank, section.key, sent.get(section.key, {})) for section in SECTIONS}
    return {key: values for key, values in found.items() if values}


def read_section(blank: Referral, key: str, body: dict[str, Any]) -> dict[str, Any]:
    """The columns of one section, put into the blank referral as well. Raises InvalidBody."""
    if key == "referrer" and body.get(OWN, blank.own_reference) != blank.own_reference:
        raise InvalidBody({f"sections.referrer.{OWN}": ["It stands in the address. Leave it out here."]})
    try:
        answers = answers_of(blank, key, body)
    except InvalidBody as wrong:
        raise wrong.within(f"sections.{key}") from None
    for column, value in answers.items():
        setattr(blank, column, value)
    for column, value in without_unasked(SECTION[key], blank).items():
        setattr(blank, column, value)
    return {column: getattr(blank, column) for column in SECTION[key].fields}


def read_rows(referral: Referral, body: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Every kind's rows, read by the forms of their pages. Raises InvalidBody, which says which row is meant."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, kind in KINDS.items():
        sent = body.get(name, [])
        if not isinstance(sent, list) or not all(isinstance(each, dict) for each in sent):
            raise InvalidBody({name: [A_LIST]})
        found[kind] = [read_row(referral, kind, dict(each), f"{name}[{at}]") for at, each in enumerate(sent)]
    codes = [row["code"] for row in found["nationality"]]
    for at, code in enumerate(codes):
        if code in codes[:at]:
            raise InvalidBody({f"nationalities[{at}].code": ["This nationality has already been added"]})
    return found


def read_row(referral: Referral, kind: str, body: dict[str, Any], path: str) -> dict[str, Any]:
    """One row's columns. Raises InvalidBody."""
    same = {"code": body.get("code")} if kind == "nationality" else None
    row = ROWS[kind].objects.filter(referral=referral, **same).first() if same else None
    try:
        return row_values(referral, kind, body, row=row)
    except InvalidBody as wrong:
        raise wrong.within(path) from None
