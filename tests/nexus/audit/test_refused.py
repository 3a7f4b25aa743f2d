"""Refusals are entries: one each, whatever becomes of the request's own transaction, and probing is seen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nexus.accounts.actions import change_user, disable_user
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.accounts.second_factor.proof import CODE
from nexus.audit import refused
from nexus.audit.models import AuditEvent
from nexus.audit.queries import PROBING_ADDRESSES, probing
from nexus.audit.recording import record
from tests.builders import NOON, a_force, a_submitted, a_user
from tests.figures import Figure

pytestmark = pytest.mark.django_db
TYPED = "Nobody may ever read these words"


def signed_in(person: User, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(person)
    return client


def refusals() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(kind__startswith="refusal.").order_by("id"))


def foreign(client: Client) -> Any:
    theirs = a_submitted(by=a_user(Role.POLICE_OFFICER, force=a_force("06")))
    return client.get(f"/referrals/{theirs.reference}/")


def not_permitted(client: Client) -> Any:
    return client.post(reverse("administration:team_add"), {"name": TYPED})


def forged(client: Client) -> Any:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    return strict.post("/matrix/", {"name": TYPED})


def forged_call(client: Client) -> Any:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    return strict.post("/api/v1/referrals/", {"surname": TYPED}, content_type="application/json")


def bad_token(client: Client) -> Any:
    return Client(headers={"Authorization": f"Token {'a' * 64}"}).get("/api/v1/session/")


def stale(client: Client) -> Any:
    """Something that cannot be done as things stand."""
    person = User.objects.get(pk=client.session["_auth_user_id"])
    referral = a_submitted(by=person)
    return client.post(f"/api/v1/referrals/{referral.reference}/submit/", {}, content_type="application/json")


WAYS: dict[str, tuple[Callable[[Client], Any], int, str]] = {
    "a foreign address": (foreign, 404, refused.FOREIGN),
    "a role that may not": (not_permitted, 403, refused.NOT_PERMITTED),
    "a form of another site": (forged, 403, refused.FORGED_FORM),
    "a call of another site": (forged_call, 403, refused.FORGED_FORM),
    "a bad token": (bad_token, 401, refused.BAD_TOKEN),
    "what is not possible": (stale, 409, refused.CONFLICT),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_refusal_is_one_entry_without_a_word_that_was_typed(way: str, figure: Figure) -> None:
    ask, status, kind = WAYS[way]
    person = a_user(Role.POLICE_OFFICER)
    answer = ask(signed_in(person))
    assert answer.status_code == status, answer.content[:500]
    (entry,) = refusals()
    assert entry.kind == kind
    assert entry.by_id == (None if kind == refused.BAD_TOKEN else person.pk)
    assert entry.request_id == answer.headers["X-Request-ID"]
    assert TYPED not in str(entry.__dict__) and entry.detail["page"]
    figure(19, f"{way}: 1 entry", holds=len(refusals()) == 1)


def test_a_throttled_call_is_one_entry() -> None:
    cache.clear()
    client = Client()
    body = {"email": "nobody@example.org", "password": "wrong", CODE: "000000"}
    statuses = [
        client.post("/api/v1/token/", body, content_type="application/json").status_code for _ in range(15)
    ]
    throttled = AuditEvent.objects.filter(kind=refused.THROTTLED).count()
    failed = AuditEvent.objects.filter(kind="user.sign_in_failed").count()
    assert throttled == statuses.count(429) > 0
    assert failed == statuses.count(401) > 0


@pytest.mark.django_db(transaction=True)
def test_the_entry_is_kept_although_the_request_is_undone() -> None:
    assert stale(signed_in(a_user(Role.POLICE_OFFICER))).status_code == 409
    assert not_permitted(signed_in(a_user(Role.POLICE_OFFICER))).status_code == 403
    assert [entry.kind for entry in refusals()] == [refused.CONFLICT, refused.NOT_PERMITTED]


def test_without_the_middleware_no_refusal_is_on_record(settings: Any) -> None:
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "refused" not in each]
    for ask, status, _ in WAYS.values():
        assert ask(signed_in(a_user(Role.POLICE_OFFICER))).status_code == status
    assert refusals() == []


def test_what_is_allowed_or_only_does_not_exist_as_a_page_is_none() -> None:
    client = signed_in(a_user(Role.POLICE_OFFICER))
    assert client.get("/referrals/").status_code == 200
    assert client.get("/no/such/page/").status_code == 404
    assert Client().get("/api/v1/session/").status_code == 401
    assert refusals() == []


def test_one_who_probes_is_found_on_the_auditors_page(figure: Figure) -> None:
    prober = a_user(Role.POLICE_OFFICER, full_name="Ivor Curious")
    careless = a_user(Role.POLICE_OFFICER, full_name="Cara Less")
    asked = signed_in(prober)
    for _ in range(PROBING_ADDRESSES + 1):
        assert foreign(asked).status_code == 404
    for hours in range(PROBING_ADDRESSES + 1):
        record(kind=refused.FOREIGN, by=careless, now=timezone.now() - timedelta(hours=hours))
    page = signed_in(a_user(Role.AUDITOR)).get("/audit/").text
    assert "Somebody may be probing" in page and "Ivor Curious" in page.split("<table")[0]
    assert "Cara Less" not in page.split("<table")[0]
    found = [each.who for each in probing(timezone.now())]
    figure(19, f"{len(found)} probing person found", holds=found == ["Ivor Curious"])


def test_changes_of_an_account_keep_the_old_and_the_new_value() -> None:
    admin, person = a_user(Role.ADMINISTRATOR), a_user(Role.POLICE_OFFICER)
    code = person.force.code if person.force else ""
    values = {"email": "new@example.org", "full_name": person.full_name, "role": Role.MANAGER}
    change_user(user_id=person.pk, by=admin, confirmed_at=NOON, now=NOON, **values)
    detail = AuditEvent.objects.get(kind="user.changed").detail
    assert detail["role"] == ["police_officer", "manager"]
    assert (detail["email"], detail["force"]) == ([person.email, "new@example.org"], [code, ""])
    disable_user(user_id=person.pk, by=admin, now=NOON)
    assert AuditEvent.objects.get(kind="user.disabled").detail["may_sign_in"] == [True, False]


def test_a_search_of_people_is_an_entry_without_its_words() -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    signed_in(officer).post("/referrals/queue/", {"words": TYPED})
    made = AuditEvent.objects.filter(kind="search.made", by_id=officer.pk)
    assert [entry.detail for entry in made] == [{"page": "desk:queue"}]
