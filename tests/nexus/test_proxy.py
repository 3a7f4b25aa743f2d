"""deploy/nginx.conf as nginx runs it: what it says itself is in style and has every header, and what it bounds it bounds."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from csp.utils import build_policy

from nexus.bootstrap import CHECKOUT
from nexus.every_answer import ON_EVERY_ANSWER
from tests.nexus.test_up import free_port

DEPLOY = CHECKOUT / "deploy"
HOST = "nexus.example.org"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
HEADERS = ("Content-Security-Policy", "Strict-Transport-Security", "X-Frame-Options", *ON_EVERY_ANSWER)

running = pytest.mark.skipif(NGINX is None, reason="nginx is not installed: apt-get install nginx-light")
pytestmark = pytest.mark.xdist_group("proxy")


class Web(BaseHTTPRequestHandler):
    """What stands behind: it answers, or answers too late."""

    def do_GET(self) -> None:
        if self.path == "/late/":
            self.server.let_go.wait(20)
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("X-Seen-From", self.headers["X-Forwarded-For"])
        self.send_header("Content-Length", "2")
        with suppress(BrokenPipeError):  # the proxy had no more patience
            self.end_headers()
            self.wfile.write(b"ok")

    do_POST = do_GET

    def log_message(self, *args: object) -> None:
        """Nothing on the tests' own output."""


@dataclass
class Proxy:
    plain: int
    tls: int
    web: ThreadingHTTPServer

    def ask(
        self, path: str = "/", method: str = "GET", body: bytes = b"", **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """Over TLS, as a browser that was sent there."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        raw = socket.create_connection(("127.0.0.1", self.tls), timeout=30)
        with context.wrap_socket(raw, server_hostname=HOST) as line:
            return spoken(line, path, method, body, **headers)


def spoken(
    line: socket.socket, path: str, method: str, body: bytes, **headers: str
) -> tuple[int, dict[str, str], str]:
    """One request by hand: the host is the one asked for, whatever is connected to."""
    lines = {"Host": HOST, "Content-Length": str(len(body)), "Connection": "close"} | headers
    head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items()) + "\r\n"
    line.sendall(head.encode() + body)
    answer = http.client.HTTPResponse(line)
    answer.begin()
    return answer.status, dict(answer.getheaders()), answer.read().decode()


def configured(folder: Path, plain: int, tls: int, web: int) -> Path:
    """The shipped files, with the addresses, folders and waits of this test in place of a container's."""
    shutil.copytree(DEPLOY / "pages", folder / "pages")
    (folder / "tls").mkdir()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
         "-keyout", "tls/nexus.key", "-out", "tls/nexus.crt"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    shutil.copy("/etc/nginx/mime.types", folder)
    changes = {
        "/tmp/": f"{folder}/", "/etc/nginx/": f"{folder}/", "/dev/stdout": f"{folder}/access.log",
        "listen 8080": f"listen 127.0.0.1:{plain}", "listen 8443": f"listen 127.0.0.1:{tls}",
        "set $web web:8000": f"set $web 127.0.0.1:{web}", "proxy_read_timeout 75s": "proxy_read_timeout 1s",
        "rate=5r/s": "rate=6r/m",
    }  # fmt: skip
    for name in ("nginx.conf", "proxy.conf", "headers.conf", "host.conf"):
        text = (DEPLOY / name).read_text()
        for old, new in changes.items():
            text = text.replace(old, new)
        (folder / name).write_text(text)
    return folder / "nginx.conf"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Outside pytest's own folders: as root, nginx's workers are somebody else and may not read there."""
    made = Path("/tmp") / f"nexus-proxy-{os.getpid()}"
    made.mkdir(mode=0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def proxy(folder: Path) -> Iterator[Proxy]:
    web = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    web.let_go = threading.Event()
    threading.Thread(target=web.serve_forever, daemon=True).start()
    plain, tls = free_port(), free_port()
    file = configured(folder, plain, tls, web.server_address[1])
    server = subprocess.Popen(
        [str(NGINX), "-c", str(file), "-e", str(folder / "error.log"), "-g", "daemon off;"]
    )
    try:
        until_open(tls, folder)
        yield Proxy(plain, tls, web)
    finally:
        web.let_go.set()
        server.terminate()
        server.wait(20)
        web.shutdown()
        web.server_close()


def until_open(port: int, folder: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError((folder / "error.log").read_text())


def in_style(found: tuple[int, dict[str, str], str], status: int, words: str) -> None:
    code, headers, page = found
    assert code == status
    assert f"<h1>{words}</h1>" in page and "OFFICIAL-SENSITIVE" in page and "nginx" not in page
    for name in HEADERS:
        assert headers.get(name), f"{name} is missing on {status}"
    assert headers["Cache-Control"] == "no-store" and headers["Retry-After"]


@running
def test_it_passes_on_and_sets_each_header_once(proxy: Proxy) -> None:
    code, headers, page = proxy.ask("/referrals/queue/", **{"X-Forwarded-For": "192.0.2.9"})
    assert (code, page) == (200, "ok")
    assert headers["X-Seen-From"] == "127.0.0.1", "only the proxy's own word counts"
    assert headers["X-Frame-Options"] == "DENY" and headers["Content-Security-Policy"]


@running
def test_what_the_proxy_says_itself_is_in_style_with_every_header(proxy: Proxy) -> None:
    in_style(proxy.ask("/metrics/"), 404, "Page not found")
    in_style(proxy.ask("/sign-in/", "POST", b"x" * 1_100_000), 413, "What you sent is too large")
    in_style(proxy.ask("/" + "a" * 9_000), 414, "The request was not understood")
    in_style(proxy.ask("/", **{"X-Long": "a" * 9_000}), 400, "The request was not understood")
    in_style(proxy.ask("/late/"), 504, "Sorry, the service is busy")
    style = proxy.ask("/unavailable/style.css")
    assert style[0] == 200 and style[1]["Content-Type"] == "text/css"


@running
def test_a_flood_is_told_to_wait_and_signing_in_sooner_than_pages(proxy: Proxy) -> None:
    with ThreadPoolExecutor(16) as pool:
        pages = list(pool.map(lambda n: proxy.ask("/waiting/")[0], range(40)))
        sign_ins = list(pool.map(lambda n: proxy.ask("/sign-in/", "POST", b"email=x"), range(32)))
    assert set(pages) == {200}
    refused = [each for each in sign_ins if each[0] == 429]
    assert 8 <= len(refused) <= 11, "a burst of twenty passes"
    in_style(refused[0], 429, "Too many requests")


@running
def test_plain_http_leads_only_to_the_configured_host(proxy: Proxy) -> None:
    with socket.create_connection(("127.0.0.1", proxy.plain), timeout=10) as line:
        code, headers, _ = spoken(line, "/waiting/?a=b", "GET", b"")
    assert (code, headers["Location"]) == (301, f"https://{HOST}/waiting/?a=b")
    assert headers["Content-Security-Policy"]
    with socket.create_connection(("127.0.0.1", proxy.plain), timeout=10) as line:
        with pytest.raises(ConnectionResetError):
            spoken(line, "/", "GET", b"", Host="elsewhere.example")


@running
def test_another_host_gets_no_tls_either(proxy: Proxy) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", proxy.tls), timeout=10) as raw:
        with pytest.raises(ssl.SSLError):
            context.wrap_socket(raw, server_hostname="elsewhere.example")


@running
def test_nobody_behind_it_is_said_in_style(proxy: Proxy) -> None:
    """The last test of the module: what stands behind is stopped."""
    proxy.web.shutdown()
    proxy.web.server_close()
    in_style(proxy.ask("/"), 502, "Sorry, the service is busy")


def directives(name: str) -> list[str]:
    """The lines of a shipped file without comments."""
    lines = (line.partition("#")[0].strip() for line in (DEPLOY / name).read_text().splitlines())
    return [line for line in lines if line]


def test_the_proxys_headers_are_those_of_nexus() -> None:
    """Read from the file: this holds where nginx is not installed as well."""
    said = dict(
        re.fullmatch(r'add_header (\S+) "?(.*?)"? always;', line).groups()
        for line in directives("headers.conf")
    )
    policy = dict(each.strip().split(" ", 1) for each in said.pop("Content-Security-Policy").split(";"))
    assert policy == dict(each.strip().split(" ", 1) for each in build_policy().split(";"))
    assert said.pop("X-Frame-Options") == "DENY"
    assert said.pop("Strict-Transport-Security").startswith("max-age=31536000")
    assert said == ON_EVERY_ANSWER
    hidden = {
        line.split()[1].rstrip(";") for line in directives("proxy.conf") if line.startswith("proxy_hide")
    }
    assert hidden == set(HEADERS)


def test_the_configuration_bounds_what_anybody_may_send() -> None:
    lines = directives("nginx.conf")
    for wanted in (
        "limit_req_zone",
        "limit_conn_zone",
        "limit_conn ",
        "client_max_body_size",
        "client_header_timeout",
    ):
        assert any(line.startswith(wanted) for line in lines), wanted
    assert not any("$host" in line or "$http_host" in line for line in lines if line.startswith("return"))
