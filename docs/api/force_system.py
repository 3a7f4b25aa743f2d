"""A force's own system at work with the API, and the system that keys: two programs to begin with.

Each shows a signed assertion for a token of 15 minutes (RFC 7523), names the officer it acts for, sends every change
with an Idempotency-Key so that it may be sent again, and follows what changed from the place it has kept.
tests/nexus/api/test_force_system.py plays both against a real server.
"""

import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import jwt
import requests

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
TRIES = 3


class Program:
    """One program of a force or of the Home Office: its number and its key, and the officer for whom it acts."""

    def __init__(self, address: str, number: int, key: Any, officer: str) -> None:
        self.address, self.number, self.key, self.officer = address.rstrip("/"), number, key, officer
        self.token, self.token_ends = "", 0.0

    def signed(self) -> str:
        """What shows that it is it: for this service alone, for two minutes, good once."""
        now = int(time.time())
        claims = {
            "iss": str(self.number),
            "sub": str(self.number),
            "aud": f"{self.address}/api/v1/programs/token/",
            "iat": now,
            "exp": now + 120,
            "jti": str(uuid4()),
        }
        return jwt.encode(claims, self.key, "ES256")

    def headers(self) -> dict[str, str]:
        """A token that still lasts a minute, and the officer."""
        if time.time() > self.token_ends - 60:
            asked = {
                "grant_type": "client_credentials",
                "client_assertion_type": ASSERTION,
                "client_assertion": self.signed(),
            }
            answer = requests.post(f"{self.address}/api/v1/programs/token/", data=asked, timeout=30)
            answer.raise_for_status()
            given = answer.json()
            self.token, self.token_ends = given["access_token"], time.time() + given["expires_in"]
        return {"Authorization": f"Bearer {self.token}", "Nexus-Officer": self.officer}

    def get(self, path: str, **query: str) -> Any:
        """What stands there."""
        return self.answered("GET", path, params=query)

    def file(self, path: str) -> bytes:
        """The bytes that stand there. They are refused (409) while they are being checked for viruses."""
        return self.answer_of("GET", path).content

    def change(
        self, method: str, path: str, body: Any = None, *, key: str = "", document: Path | None = None
    ) -> Any:
        """One change. Sent again with the same key it has no second effect. With a document the answers are one part
        and its bytes another."""
        sent_as = {"Idempotency-Key": key or str(uuid4())}
        if document is None:
            return self.answered(method, path, json=body or {}, headers=sent_as)
        parts = {"answers": (None, json.dumps(body)), "file": (document.name, document.read_bytes())}
        return self.answered(method, path, files=parts, headers=sent_as)

    def answered(self, method: str, path: str, **sent: Any) -> Any:
        """What the answer says."""
        return self.answer_of(method, path, **sent).json()

    def answer_of(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **sent: Any
    ) -> requests.Response:
        """The answer; asked again where the connection failed, and after the wait that the service names."""
        for left in reversed(range(TRIES)):
            try:
                answer = requests.request(
                    method,
                    f"{self.address}/api/v1/{path}",
                    headers={**self.headers(), **(headers or {})},
                    timeout=30,
                    **sent,
                )
            except requests.ConnectionError:
                if not left:
                    raise
                continue
            if answer.status_code not in (429, 503) or not left:
                answer.raise_for_status()
                return answer
            time.sleep(int(answer.headers.get("Retry-After", "5")))
        raise AssertionError("the last try answers or raises")


class ForceSystem(Program):
    """A force's records system. What it knows of the feed lies in a file, so that a restart loses nothing."""

    def __init__(self, *program: Any, place: Path) -> None:
        super().__init__(*program)
        self.place = place

    def refer(self, own_reference: str, whole: dict[str, Any]) -> Any:
        """The whole referral in one call, made or changed, under the force's own reference."""
        return self.change("PUT", f"referrals/by-own-reference/{quote(own_reference)}/", whole)

    def start(self, key: str) -> str:
        """Start a referral; `key` is the force's own of that case, so that it is started once."""
        return str(self.change("POST", "referrals/", key=key)["reference"])

    def save(self, reference: str, section: str, answers: dict[str, Any]) -> Any:
        """Save some answers of one section."""
        return self.change("PATCH", f"referrals/{reference}/sections/{section}/", answers)

    def submit(self, reference: str, key: str) -> Any:
        """Send it to the Referrals Office."""
        return self.change("POST", f"referrals/{reference}/submit/", key=key)

    def news(self) -> list[dict[str, str]]:
        """What changed since the last time, each change once. The place is kept when all of them are in hand."""
        found: list[dict[str, str]] = []
        after, more = self.place.read_text() if self.place.exists() else "", True
        while more:
            page = self.get("changes/", **({"after": after} if after else {}))
            found += page["changes"]
            after, more = page["next"], page["more"]
        self.place.write_text(after)
        return found

    def answer(self, reference: str, words: str, key: str, document: Path | None = None) -> Any:
        """Answer the first question that waits, with a document where there is one."""
        question = self.get(f"referrals/{reference}/")["questions"][0]["id"]
        said: dict[str, Any] = {"question_id": question, "answer": words}
        if document:
            said |= {"description": document.stem, "marking": "official", "disclosable": True}
        return self.change(
            "POST", f"referrals/{reference}/answer-information/", said, key=key, document=document
        )

    def newest_report(self, kind: str) -> bytes:
        """The force's newest progress report as pdf, xlsx, ods or csv."""
        report = self.get("reports/", state="released")["results"][0]
        return self.file(f"reports/{report['id']}/files/{kind}/")


class KeyingSystem(Program):
    """Atlas’s side: it takes what has to be keyed as a code and a value, and gives a receipt for each."""

    def key_all(self) -> list[dict[str, Any]]:
        """Key what is pending, and confirm it in one call."""
        pending = self.get("to-be-keyed/", keyed="no")["results"]
        receipts = [
            {"key": each["key"], "receipt": self.keyed(each["code"], each["value"])} for each in pending
        ]
        sent = {"system": "atlas", "receipts": receipts}
        return list(self.change("POST", "to-be-keyed/receipts/", sent)["results"]) if receipts else []

    def keyed(self, code: str, value: str) -> str:
        """Here the other system would do it; it answers with its own number."""
        return f"ATL-{uuid4().hex[:12]}"
