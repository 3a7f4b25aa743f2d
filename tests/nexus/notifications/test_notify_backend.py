"""Django e-mails through GOV.UK Notify's endpoint, played by a server on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import pytest
import requests
from django.core.mail import EmailMessage, get_connection

from nexus.notifications.actions.sending import hand_over
from nexus.notifications.govuk_notify import NotSent

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"


class Notify(BaseHTTPRequestHandler):
    """POST /v2/notifications/email as documented: 201 with an id, or an error with its status."""

    calls: list[dict[str, Any]] = []
    status = 201
    hangs_up = False

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.calls.append({"path": self.path, "headers": dict(self.headers), "body": body})
        if self.hangs_up:
            self.close_connection = True
            self.connection.close()
            return
        ok = {"id": "740e5834-3a29-46b4-9a6f-16142fde533a", "reference": body.get("reference")}
        problem = {"status_code": self.status, "errors": [{"error": "RateLimitError", "message": "Wait"}]}
        answer = json.dumps(ok if self.status == 201 else problem).encode()
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: Any) -> None:
        """Quietly."""


@pytest.fixture
def notify(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Notify]]:
    monkeypatch.setattr(Notify, "calls", [])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Notify)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.EMAIL_BACKEND = "nexus.notifications.govuk_notify.EmailBackend"
    settings.NEXUS_NOTIFY_ADDRESS = f"http://127.0.0.1:{server.server_port}"
    settings.NEXUS_NOTIFY_KEY = f"casework-{SERVICE}-{SECRET}"
    settings.NEXUS_NOTIFY_TEMPLATE = TEMPLATE
    yield Notify
    server.shutdown()
    thread.join()
    server.server_close()


def a_message() -> EmailMessage:
    return EmailMessage(
        "Nexus: a decision", "Read it.", to=["rowan@police.example"], headers={"X-Nexus-Mail": "12"}
    )


def test_the_call_is_the_documented_one(notify: type[Notify]) -> None:
    assert get_connection().send_messages([a_message()]) == 1
    (call,) = notify.calls
    assert call["path"] == "/v2/notifications/email"
    assert call["body"] == {
        "email_address": "rowan@police.example",
        "template_id": TEMPLATE,
        "personalisation": {"subject": "Nexus: a decision", "message": "Read it."},
        "reference": "12",
    }
    scheme, token = call["headers"]["Authorization"].split()
    claims = jwt.decode(token, SECRET, algorithms=["HS256"])
    assert scheme == "Bearer" and claims["iss"] == SERVICE and set(claims) == {"iss", "iat"}


@pytest.mark.parametrize("status", [400, 403, 429, 500, 503])
def test_what_notify_refuses_was_surely_not_sent(
    notify: type[Notify], monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setattr(notify, "status", status)
    with pytest.raises(NotSent, match=f"^Notify answered {status}$"):
        get_connection().send_messages([a_message()])
    assert hand_over(a_message()) == "NotSent"


@pytest.mark.parametrize("status", [302, 502, 504])
def test_what_a_gateway_says_leaves_it_open(
    notify: type[Notify], monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setattr(notify, "status", status)
    with pytest.raises(requests.HTTPError):
        hand_over(a_message())


def test_a_connection_that_breaks_leaves_it_open(
    notify: type[Notify], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notify, "hangs_up", True)
    with pytest.raises(requests.ConnectionError):
        hand_over(a_message())
