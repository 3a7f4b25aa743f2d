"""What is no request at all is answered with every header and repeats nothing, also where no proxy stands before it."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nexus.bootstrap import CHECKOUT
from nexus.children import end_with_parent
from nexus.every_answer import ON_EVERY_ANSWER

WANTED = ("Content-Security-Policy", "X-Frame-Options", "Cache-Control", *ON_EVERY_ANSWER)
TYPED = b"Zelmanov"
SENT = {
    b"GET /?q=Zelmanov HTTP/9.9\r\n\r\n": 400,
    b"Zelmanov\r\n\r\n": 400,
    b"GET /?q=" + TYPED + b"x" * 9_000 + b" HTTP/1.1\r\n\r\n": 414,
    b"GET / HTTP/1.1\r\nZelmanov \x00: 1\r\n\r\n": 400,
    b"GET / HTTP/1.1\r\nA: " + TYPED + b"x" * 9_000 + b"\r\n\r\n": 431,
    b"POST / HTTP/1.1\r\nTransfer-Encoding: Zelmanov\r\n\r\n": 501,
}
READY_SECONDS = 60


@contextmanager
def served(worker: str, log: Path) -> Iterator[int]:
    """Started as in the image: by gunicorn's own command, in the folder of the checkout; the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        str(Path(sys.executable).with_name("gunicorn")), "wsgiref.simple_server:demo_app", f"--bind=127.0.0.1:{port}",
        f"--worker-class={worker}", "--threads=2", "--no-control-socket",
    ]  # fmt: skip
    with log.open("wb") as out:
        running = subprocess.Popen(command, cwd=CHECKOUT, stdout=out, stderr=out, preexec_fn=end_with_parent)
    try:
        deadline = time.monotonic() + READY_SECONDS
        while "Booting worker" not in log.read_text():
            assert running.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield port
    finally:
        running.terminate()
        running.wait(READY_SECONDS)


def answers(port: int) -> Iterator[tuple[int, int, str]]:
    """Of each thing sent: the status it should have, and what was answered."""
    for sent, status in SENT.items():
        with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
            line.sendall(sent)
            answer = b"".join(iter(lambda: line.recv(4096), b"")).decode("latin1")
        yield status, int(answer.split()[1]), answer


def lacking(worker: str, log: Path) -> tuple[set[str], bool]:
    """The headers that an answer lacked, and whether answers or log lines repeat what was sent."""
    missing: set[str] = set()
    repeated = False
    with served(worker, log) as port:
        for wanted, found, answer in answers(port):
            head = answer.partition("\r\n\r\n")[0]
            missing |= {name for name in WANTED if f"\r\n{name}: " not in head}
            missing |= {f"{wanted}, not {found}"} if wanted != found else set()
            repeated |= TYPED.decode() in answer
    return missing, repeated or TYPED.decode() in log.read_text()


def test_what_is_no_request_is_answered_with_every_header_and_not_repeated(tmp_path: Path) -> None:
    assert lacking("nexus.web_worker.Worker", tmp_path / "log") == (set(), False)


def test_sabotage_gunicorns_own_worker_lacks_headers_and_repeats_what_was_sent(tmp_path: Path) -> None:
    missing, repeated = lacking("gthread", tmp_path / "log")
    assert set(WANTED) <= missing and repeated


@pytest.mark.parametrize("file", ["Dockerfile", "nexus/management/commands/up.py"])
def test_it_is_what_runs(file: str) -> None:
    assert '"--worker-class=nexus.web_worker.Worker"' in (CHECKOUT / file).read_text()


def test_the_worker_is_loaded_before_the_service_is() -> None:
    """gunicorn imports it while no app is loaded; what it imports may not ask for one."""
    argv = [sys.executable, "-c", "import nexus.web_worker"]
    done = subprocess.run(argv, cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
