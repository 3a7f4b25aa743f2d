"""`GET /api/v1/reference/`: what other systems need to fill in the rest, by code and in words. It names no subject."""

from collections.abc import Callable, Iterable, Mapping

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from casework.decisions.models.letter import LetterTemplate
from casework.engagement.rules.powers import POWERS
from nexus.accounts.models import Force, User
from nexus.accounts.roles import Role
from nexus.api.requests import Call, endpoint
from nexus.documents.models import Marking
from referrals.rules.nationalities import COUNTRIES
from referrals.rules.offences import OFFENCES
from referrals.rules.sections import SECTION
from referrals.rules.terms import ConductKind, MaterialLevel, Part, SentenceType, Status
from referrals.states import State

Pairs = Iterable[tuple[str, str]]


def people(by: User) -> Pairs:
    """Whom this person, or a program for them, may name: those of the same force, or of the Home Office."""
    found = User.objects.filter(force=by.force_id, is_active=True)
    found = found.exclude(role__in=(Role.ADMINISTRATOR, Role.AUDITOR))
    return found.order_by("full_name", "pk").values_list("email", "full_name")


def fixed(pairs: Pairs) -> Callable[[User], Pairs]:
    """The same for everybody."""
    kept = [(str(code), str(words)) for code, words in pairs]
    return lambda by: kept


# What there is: in words, and the pairs.
LISTS: Mapping[str, tuple[str, Callable[[User], Pairs]]] = {
    "forces": ("Forces", lambda by: Force.objects.order_by("code").values_list("code", "name")),
    "people": ("People whom a program may name in Nexus-Officer, by e-mail address", people),
    "countries": ("Countries and nationalities", fixed(COUNTRIES.items())),
    "offences": (
        "Offences that are suggested; any other may be sent",
        fixed((each, each) for each in OFFENCES),
    ),
    "immigration-statuses": ("Immigration statuses", fixed(Status.choices())),
    "conduct-kinds": ("Kinds of conduct event", fixed(ConductKind.choices())),
    "parts-in-conduct": ("The person’s part in a conduct event", fixed(Part.choices())),
    "sentences": ("Kinds of sentence", fixed(SentenceType.choices())),
    "material-levels": ("What may be disclosed of Nexus material", fixed(MaterialLevel.choices())),
    "markings": ("Markings of documents", fixed(Marking.choices)),
    "sections": ("Sections of a referral", fixed((key, each.title) for key, each in SECTION.items())),
    "referral-states": ("States of a referral", fixed(State.choices)),
    "powers": ("Powers an operation may name", fixed((each.code, each.words) for each in POWERS)),
    "letters": ("Letters", fixed(LetterTemplate.choices)),
}


class ReferenceSerializer(serializers.Serializer):
    """A list there is."""

    name = serializers.ChoiceField(choices=sorted(LISTS))
    words = serializers.CharField()


class ReferencesSerializer(serializers.Serializer):
    """All the lists."""

    results = ReferenceSerializer(many=True)


class CodeSerializer(serializers.Serializer):
    """A code as fields take it, and what it means."""

    code = serializers.CharField()
    label = serializers.CharField()


class CodesSerializer(serializers.Serializer):
    """One list, whole."""

    results = CodeSerializer(many=True)


@extend_schema(
    operation_id="reference_list",
    responses={200: ReferencesSerializer},
    summary="Lists of codes that there are",
)
@endpoint("GET")
def lists(request: Call) -> Response:
    """Their names. A list changes seldom: ask with If-None-Match."""
    return Response({"results": [{"name": name, "words": words} for name, (words, _) in LISTS.items()]})


@extend_schema(
    operation_id="reference_read",
    parameters=[OpenApiParameter("name", location=OpenApiParameter.PATH, enum=sorted(LISTS))],
    responses={200: CodesSerializer},
    summary="One list of codes",
)
@endpoint("GET")
def one(request: Call, name: str) -> Response:
    """Codes and their words, whole. A list changes seldom: ask with If-None-Match."""
    if name not in LISTS:
        raise Http404
    _, pairs = LISTS[name]
    return Response({"results": [{"code": code, "label": label} for code, label in pairs(request.user)]})
