"""A small OpenID Connect provider on the loopback: discovery, keys, authorisation code with PKCE, RS256."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "nexus", "an invented secret of the service"


class OpenIdProvider:
    """Whoever comes is signed in as `person`. `token` and `key` are what it makes identity tokens of, for a test to
    change; `asked` counts the questions."""

    def __init__(self, issuer: str) -> None:
        self.issuer, self.published_issuer = issuer, issuer
        self.key = self.published_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person: dict[str, Any] = {}
        self.token: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}

    def discovery(self) -> dict[str, Any]:
        paths = {"authorization_endpoint": "authorise", "token_endpoint": "token", "jwks_uri": "keys"}
        return {
            "issuer": self.published_issuer,
            **{name: f"{self.issuer}/{path}" for name, path in paths.items()},
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.published_key.public_key()))
        return {"keys": [{**public, "kid": "first", "use": "sig", "alg": "RS256"}]}

    def code_for(self, asked: dict[str, str]) -> str:
        """Of somebody who signed in here just now."""
        assert asked["response_type"] == "code" and asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256" and "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return code

    def exchange(self, sent: dict[str, str], credentials: str) -> dict[str, Any] | None:
        """The token for a code, once, for who asked for it; None for everybody else."""
        asked = self.codes.pop(sent.get("code", ""), None)
        expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or credentials != f"Basic {expected}" or challenge != asked["code_challenge"]:
            return None
        if sent["redirect_uri"] != asked["redirect_uri"]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.person,
            **self.token,
        }
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "first"})
        return {"token_type": "Bearer", "access_token": "unused", "id_token": signed}


@contextmanager
def openid_provider() -> Iterator[OpenIdProvider]:
    """One that listens until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider = server.provider = OpenIdProvider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    server.server_close()
    thread.join()


class Answers(BaseHTTPRequestHandler):
    @property
    def provider(self) -> OpenIdProvider:
        found: OpenIdProvider = self.server.provider
        return found

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/authorise":
            asked = {name: value for name, (value,) in parse_qs(address.query).items()}
            back = {"code": self.provider.code_for(asked), "state": asked["state"]}
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
            self.end_headers()
        elif address.path == "/keys":
            self.say(200, self.provider.keys())
        else:
            self.say(200, self.provider.discovery())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: value for name, (value,) in parse_qs(body).items()}
        token = self.provider.exchange(sent, self.headers.get("Authorization", ""))
        self.say(200 if token else 400, token or {"error": "invalid_grant"})

    def say(self, status: int, answer: dict[str, Any]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args: Any) -> None:
        """Nothing: a test's output is its own."""
