"""The floor: what any page of this service must do at least, in the same Django on the same rows.

A session, its user, the protection against forgery, one query of 25 rows by key, the entry in the audit record, and a
page made by Jinja2; for a verb the lock, the change and the entry.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from jinja2 import Environment

from nexus.audit.models import AuditEvent
from nexus.requests import SignedInRequest
from referrals.models import Referral, ReferralChange
from referrals.states import UNDECIDED

PAGE = Environment(autoescape=True).from_string(
    "<!doctype html><html lang='en'><head><title>Queue</title></head><body><h1>Queue</h1><p>{{ user.full_name }}</p><table>"
    "{% for r in rows %}<tr><td><input type='checkbox' name='chosen' value='{{ r.pk }}'></td>"
    "<th><a href='/referrals/{{ r.reference }}/'>{{ r.subject_name }}</a><br>{{ r.reference }}</th><td>{{ r.force.name }}</td>"
    "<td>{{ r.channel }}</td><td>{{ r.submitted_at }}</td><td>{{ r.get_state_display() }}</td>"
    "<td>{{ r.claimed_by.full_name if r.claimed_by else 'Nobody' }}</td></tr>{% endfor %}</table></body></html>"
)
MIDDLEWARE = [
    "casework.management.benchmark.floor.OwnAddresses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]


class OwnAddresses:
    """The floor's addresses in place of the service's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        return self.get_response(request)


def floor_client() -> Client:
    """A client whose requests pass through the floor's middleware alone."""
    client = Client(SERVER_NAME="localhost")
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        client.handler.load_middleware()
    return client


def write_down(request: SignedInRequest, kind: str, subjects: list[int]) -> None:
    by = request.user
    AuditEvent.objects.create(at=timezone.now(), by_id=by.pk, by_role=by.role, kind=kind, subjects=subjects)


def listed(request: SignedInRequest) -> HttpResponse:
    """The 25 that wait longest."""
    undecided = Referral.objects.filter(state__in=UNDECIDED, follows=None).select_related(
        "force", "claimed_by"
    )
    rows = list(undecided.order_by("submitted_at", "pk")[:25])
    write_down(request, "referral.listed", [row.pk for row in rows])
    return HttpResponse(PAGE.render(rows=rows, user=request.user))


@csrf_exempt
def act(request: SignedInRequest, referral_id: int) -> HttpResponse:
    """One verb: lock, change, write down."""
    now = timezone.now()
    referral = Referral.objects.select_for_update().get(pk=referral_id)
    Referral.objects.filter(pk=referral.pk).update(changed_at=now)
    ReferralChange.objects.create(
        referral=referral,
        verb="claim",
        from_state=referral.state,
        to_state=referral.state,
        by=request.user,
        at=now,
    )
    write_down(request, "referral.claimed", [referral.pk])
    return HttpResponse(status=302, headers={"Location": "/"})


urlpatterns = [path("listed/", listed), path("act/<int:referral_id>/", act)]
