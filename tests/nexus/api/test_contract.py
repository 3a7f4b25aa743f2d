"""What a program may rely on: the schema is true, problems have codes, and nothing that is asked for is ignored."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client
from rest_framework.response import Response
from werkzeug.test import Client as WerkzeugClient

from nexus.accounts.roles import Role
from nexus.api.schema import schema
from nexus.bootstrap import CHECKOUT
from nexus.problems import MEDIA_TYPE, Code
from nexus.refusals import Refused
from referrals.api import serializers
from tests import contract
from tests.builders import a_draft, a_force, a_submitted, a_user, in_triage
from tests.contract import violations
from tests.nexus.api.calling import Caller, errors_of

pytestmark = pytest.mark.django_db
OF_PYTHON = re.compile(r"\bRaises?\b|\bNone\b|DoesNotExist|Http404|\.py\b|\bADR\b|\w\(\)|\bself\b|`by`|`now`")


def test_every_answer_in_the_tests_is_held_to_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    caller = Caller(a_user(Role.POLICE_OFFICER))
    a_draft(by=a_user(Role.POLICE_OFFICER))
    assert caller.get("referrals/").status_code == 200

    def more(self: Any, instance: Any) -> dict[str, Any]:
        return {"state": "no such state", "not_in_the_schema": 1}

    monkeypatch.setattr(serializers.ReferralLineSerializer, "to_representation", more)
    with pytest.raises(AssertionError, match="no such state"):
        caller.get("referrals/")


def test_another_status_or_type_than_the_schema_has_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    caller = Caller(a_user(Role.POLICE_OFFICER))
    answer = caller.get("session/")
    path = f"{contract.API}session/"
    assert [*violations(answer, "GET", path)] == []
    answer["Content-Type"] = "text/plain"
    assert "text/plain, not application/json" in "".join(violations(answer, "GET", path))
    answer.status_code = 418
    assert "no such status" in "".join(violations(answer, "GET", path))


def test_a_servers_answer_is_held_to_the_schema_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in its thread would fail a test: what is wrong is kept until the test's end."""
    application = get_wsgi_application()
    monkeypatch.setattr(contract, "violations", lambda response, *call: ["it is wrong"])
    with ThreadPoolExecutor(1) as threads:
        ask = WerkzeugClient(application).get
        assert threads.submit(ask, "/api/v1/nowhere/").result(20).status_code == 404
        assert threads.submit(ask, "/nowhere/").result(20).status_code == 404
    assert contract.FOUND_ASIDE == ["it is wrong"]
    contract.FOUND_ASIDE.clear()


ANOTHER_PROCESS = {"tests/nexus/test_faults.py"}  # its server is one; it holds each answer by `wrong_with`
BY_HAND = re.compile(r"^(?:import|from) (?:requests|httpx2?|urllib\.request|http\.client)\b", re.M)


def test_nobody_calls_the_interface_of_another_process_without_holding_its_answers() -> None:
    """Who sends calls with something else than Django's client sends them to a server of this process."""
    files = [path for path in (CHECKOUT / "tests").rglob("*.py") if path.name != Path(__file__).name]
    texts = {path.relative_to(CHECKOUT).as_posix(): path.read_text() for path in files}
    asking = {name: text for name, text in texts.items() if "/api/v1/" in text and BY_HAND.search(text)}
    elsewhere = {name for name, text in asking.items() if "live_server" not in text}
    assert elsewhere == ANOTHER_PROCESS
    assert all("wrong_with(" in texts[name] for name in elsewhere)


def test_a_time_is_utc_and_anything_else_is_found() -> None:
    caller = Caller(a_user(Role.POLICE_OFFICER))
    draft = a_draft(by=a_user(Role.POLICE_OFFICER))
    (row,) = caller.get("referrals/").json()["results"]
    assert row["reference"] == draft.reference and row["created_at"].endswith("Z")


def test_two_shapes_of_one_thing_say_which_they_are() -> None:
    referral = in_triage()
    one = f"referrals/{referral.reference}/"
    assert Caller(referral.created_by).get(one).json()["shape"] == "shared"
    assert Caller(a_user(Role.REFERRALS_OFFICER)).get(one).json()["shape"] == "full"
    found = schema()["components"]["schemas"]["AnyReferral"]
    assert found["discriminator"]["propertyName"] == "shape"


def test_every_one_of_several_shapes_in_an_answer_has_a_discriminator() -> None:
    for name, component in schema()["components"]["schemas"].items():
        if name.startswith("Any"):
            assert component["discriminator"]["propertyName"] == "shape", name


def test_no_description_speaks_of_python_and_every_operation_has_a_summary() -> None:
    for path, operations in schema()["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"] and operation["description"], f"{method} {path}"
            assert not OF_PYTHON.search(operation["description"]), operation["description"]
    for name, component in schema()["components"]["schemas"].items():
        assert not OF_PYTHON.search(component.get("description", "")) or "enum" in component, name


def test_a_problem_has_a_stable_code_a_field_path_with_its_index_and_the_request_id() -> None:
    referral = in_triage()
    officer = Caller(referral.claimed_by)
    questions = [{"question": "Who?", "due_on": "2099-01-05"}, {"question": ""}]
    answer = officer.post(f"referrals/{referral.reference}/request-information/", {"questions": questions})
    assert (answer.status_code, answer["Content-Type"]) == (400, MEDIA_TYPE)
    body = answer.json()
    assert (body["code"], body["type"]) == ("invalid", "urn:nexus:problem:invalid")
    assert body["request_id"] == answer["X-Request-ID"]
    found = {each["pointer"]: each["code"] for each in body["errors"]}
    assert found["/questions/1/question"] == "required"
    for each in body["errors"]:
        assert each["sentence"] in body["detail"]


def test_each_way_of_not_doing_it_is_a_problem_with_its_code() -> None:
    sent = a_submitted()
    police, nobody = Caller(sent.created_by), Caller(None)
    one = f"referrals/{sent.reference}/"
    other = {**police.headers, "Accept": "text/csv"}
    answers = {
        Code.NOT_SIGNED_IN: nobody.get("referrals/"),
        Code.NOT_PERMITTED: police.post(f"{one}accept/", {}),
        Code.NOT_FOUND: police.get("referrals/NHH-1999-000001/"),
        Code.METHOD: police.delete("referrals/"),
        Code.REFUSED: police.post(f"{one}submit/"),
        Code.UNREADABLE: police.client.post(
            f"/api/v1/{one}withdraw/", b"{", content_type="application/json", headers=police.headers
        ),
        Code.MEDIA_TYPE: police.client.post(
            f"/api/v1/{one}withdraw/", b"a", content_type="text/csv", headers=police.headers
        ),
        Code.NOT_ACCEPTABLE: police.client.get(f"/api/v1/{one}", headers=other),
    }
    for code, answer in answers.items():
        assert answer["Content-Type"] == MEDIA_TYPE, code
        assert answer.json()["code"] == code, answer.content
        assert answer.json()["status"] == answer.status_code
        assert answer.json()["detail"]
    refused = answers[Code.REFUSED].json()
    assert refused["detail"] == " ".join(refused["reasons"]) and refused["reasons"]


def test_a_choice_there_is_not_is_answered_with_those_there_are() -> None:
    caller = Caller(a_user(Role.POLICE_OFFICER))
    draft = a_draft(by=a_user(Role.POLICE_OFFICER))
    answer = caller.patch(f"referrals/{draft.reference}/sections/scope/", {"may_be_british": "perhaps"})
    (wrong,) = answer.json()["errors"]
    assert wrong["code"] == "invalid_choice" and {"yes", "no", "not_known"} <= set(wrong["allowed"])
    answer = caller.patch(f"referrals/{draft.reference}/sections/scope/", {"no_such": "x"})
    (wrong,) = answer.json()["errors"]
    assert wrong["code"] == "unknown_field" and "may_be_british" in wrong["allowed"]


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("referrals/", {"colour": "red"}, "unknown_parameter"),
        ("referrals/", {"state": "nowhere"}, "unknown_value"),
        ("referrals/", {"after": "999999"}, "unknown_cursor"),
        ("referrals/", {"after": "x"}, "unknown_cursor"),
        ("referrals/", {"after": "1", "before": "1"}, "unknown_cursor"),
        ("queue/", {"colour": "red"}, "unknown_parameter"),
        ("queue/", {"state": "nowhere"}, "invalid_choice"),
        ("queue/", {"force": "zz"}, "invalid_choice"),
        ("queue/", {"sort": "colour"}, "unknown_value"),
        ("support-requests/", {"force": "zz"}, "unknown_value"),
        ("session/", {"colour": "red"}, "unknown_parameter"),
        ("notifications/", {"unread": "perhaps"}, "unknown_value"),
    ],
)
def test_an_unknown_parameter_value_place_or_force_is_400_and_says_what_there_is(
    path: str, query: dict[str, str], code: str
) -> None:
    answer = Caller(a_user(Role.REFERRALS_OFFICER)).get(path, **query)
    assert answer.status_code == 400, answer.content
    wrong = answer.json()["errors"][0]
    assert (wrong["place"], wrong["code"]) == ("query", code)
    assert wrong["field"] in query
    if code in ("unknown_parameter", "unknown_value"):
        assert wrong["allowed"] or path == "session/"


def test_a_force_may_not_ask_for_another_forces_number() -> None:
    a_force("06")
    answer = Caller(a_user(Role.POLICE_OFFICER)).get("referrals/", force="06")
    assert (answer.status_code, list(errors_of(answer))) == (400, ["force"])


def test_every_list_says_in_the_schema_what_may_be_asked_and_refuses_the_rest() -> None:
    callers = {role: Caller(a_user(role, force=a_force() if role in POLICE else None)) for role in WHO}
    for path, operations in schema()["paths"].items():
        if "get" not in operations or "{" in path:
            continue
        for caller in callers.values():
            answer = caller.get(path.removeprefix("/api/v1/"), no_such_parameter="1")
            assert answer.status_code in (400, 403), (path, answer.status_code)


POLICE = (Role.FORCE_LEAD,)
WHO = (Role.FORCE_LEAD, Role.MANAGER)


def test_a_refusal_in_one_function_is_a_problem_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the handler the sentences would be a failure."""
    sent = a_submitted()
    caller = Caller(sent.created_by)
    monkeypatch.setattr("nexus.api.errors.refusal", lambda *_, **__: Response({"reasons": ["No."]}, 409))
    with pytest.raises(AssertionError, match="application/json, not application/problem.json"):
        caller.post(f"referrals/{sent.reference}/submit/")
    assert Refused("No.").reasons == ["No."]


def test_what_no_address_answers_is_a_problem_too() -> None:
    answer = Client().get("/api/v1/nowhere/")
    assert (answer.status_code, answer["Content-Type"]) == (404, MEDIA_TYPE)


def test_two_writers_of_one_text_both_see_both_texts_and_nothing_is_lost() -> None:
    draft = a_draft(by=a_user(Role.POLICE_OFFICER))
    one, two = Caller(draft.created_by), Caller(draft.created_by)
    path = f"referrals/{draft.reference}/"
    seen = one.get(path)["ETag"]
    saved = one.patch(f"{path}sections/identity/", {"surname": "First"}, If_Match=seen)
    assert saved.status_code == 200 and saved["ETag"] != seen
    late = two.patch(f"{path}sections/identity/", {"surname": "Second"}, If_Match=seen)
    assert late.status_code == 412
    body = late.json()
    assert body["code"] == Code.CHANGED and body["sent"] == {"surname": "Second"}
    assert body["current"]["sections"]["identity"]["surname"] == "First"
    draft.refresh_from_db()
    assert draft.surname == "First"
    again = two.patch(f"{path}sections/identity/", {"surname": "Second"}, If_Match=saved["ETag"])
    assert again.status_code == 200
    assert two.post(f"{path}rows/alias/", {"name": "A"}, If_Match=seen).status_code == 412
    assert two.post(f"{path}withdraw/", {"reason": "The subject has left."}, If_Match=seen).status_code == 412


def test_without_the_comparison_the_last_writer_would_win(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = a_draft(by=a_user(Role.POLICE_OFFICER))
    caller, path = Caller(draft.created_by), f"referrals/{draft.reference}/"
    seen = caller.get(path)["ETag"]
    caller.patch(f"{path}sections/identity/", {"surname": "First"})
    monkeypatch.setattr("referrals.api.draft.expect", lambda *_: None)
    assert caller.patch(f"{path}sections/identity/", {"surname": "B"}, If_Match=seen).status_code == 200


def test_what_is_read_again_unchanged_is_304() -> None:
    draft = a_draft(by=a_user(Role.POLICE_OFFICER))
    caller = Caller(draft.created_by)
    for path in (f"referrals/{draft.reference}/", "referrals/", "notifications/"):
        first = caller.get(path)
        headers = {**caller.headers, "If-None-Match": first["ETag"]}
        again = caller.client.get(f"/api/v1/{path}", headers=headers)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"]), path
    caller.patch(f"referrals/{draft.reference}/sections/identity/", {"surname": "New"})
    headers["If-None-Match"] = caller.get("session/").headers.get("ETag", '"none"')
    assert caller.client.get(f"/api/v1/referrals/{draft.reference}/", headers=headers).status_code == 200


def test_an_if_match_is_compared_or_refused_and_never_ignored() -> None:
    caller = Caller(a_user(Role.POLICE_OFFICER))
    answer = caller.post("notifications/mark_all_read/", {}, If_Match='"x"')
    assert (answer.status_code, list(errors_of(answer))) == (400, ["If-Match"])
