"""What comes from elsewhere is what was locked, may be used and has no known hole; and no secret leaves with the code."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from nexus.bootstrap import CHECKOUT
from nexus.supply_chain import NOT_RUN, advisories, licences, locks, secrets
from nexus.supply_chain.__main__ import main
from tests.figures import Figure

# One example for each kind of mistake bandit knows that could stand in this code, and the rule that must find it.
MISTAKES = {
    "S102": "exec(given)",
    "S105": "password = 'correct horse battery'",
    "S301": "import pickle\npickle.loads(given)",
    "S307": "eval(given)",
    "S311": "import random\ntoken = random.random()",
    "S324": "import hashlib\nhashlib.md5(given)",
    "S501": "import requests\nrequests.get('https://example.org', verify=False, timeout=5)",
    "S506": "import yaml\nyaml.load(given)",
    "S602": "import subprocess\nsubprocess.run(given, shell=True)",
    "S608": "query = f'SELECT 1 FROM t WHERE name = {given}'",
    "S701": "import jinja2\njinja2.Environment()",
}


class Osv(BaseHTTPRequestHandler):
    """Answers as OSV does; `vulnerable` names the packages with an advisory."""

    vulnerable: frozenset[str] = frozenset()

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        results = [
            {"vulns": [{"id": "PYSEC-0000-1"}]} if each["package"]["name"] in self.vulnerable else {}
            for each in question["queries"]
        ]
        body = json.dumps({"results": results}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing on the tests' own output."""


@pytest.fixture
def osv(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Osv]]:
    class Here(Osv):
        pass

    server = HTTPServer(("127.0.0.1", 0), Here)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("NEXUS_ADVISORIES", f"http://127.0.0.1:{server.server_address[1]}/")
    yield Here
    server.shutdown()
    server.server_close()


def test_the_locks_licences_and_secrets_are_in_order(figure: Figure) -> None:
    found = [*locks.faults(), *licences.faults(), *secrets.faults()]
    number = len(advisories.asked())
    figure(
        16,
        f"{len(found)} faults in {number} locked packages and {len(secrets.tracked())} files",
        holds=not found,
    )


def test_a_package_without_a_hash_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "pins", lambda lock: [("django", "5.2", "")])
    assert "requirements.txt: django has no hash" in list(locks.faults())


@pytest.mark.parametrize(
    ("named", "fault"),
    [
        (["MIT"], ""),
        (["License :: OSI Approved :: GNU Library or Lesser General Public License (LGPL)"], ""),
        (["AGPL-3.0-only"], "is under AGPL-3.0-only"),
        (["GPL-2.0-or-later"], "is under GPL-2.0-or-later"),
        (["License :: OSI Approved :: GNU General Public License v3 (GPLv3)"],
         "is under License :: OSI Approved :: GNU General Public License v3 (GPLv3)"),
        ([""], "names no licence"),
    ],
)  # fmt: skip
def test_a_binding_licence_is_found(named: list[str], fault: str) -> None:
    assert licences.fault_of(named) == fault


@pytest.mark.parametrize(
    "line",
    [
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "key = 'AKIA" + "ABCDEFGHIJKLMNOP'",
        "ghp_" + "a1B2" * 9,
        "DATABASE_URL=postgres://nexus:" + "hunter22hunter@database/nexus",
        "SECRET_KEY=" + "q7Zk2VxP0sLw9TnB4mYc8RdF1hJe",
        'api_key = "' + 'Xy8Kq2Lm9Zr4Tn6Vb1Wc3Pd5"',
    ],
)
def test_a_secret_is_found_and_not_repeated(line: str) -> None:
    (fault,) = secrets.faults_of("nexus/x.py", f"# one\n{line}\n")
    assert fault.startswith("nexus/x.py:2 looks like ") and line not in fault


@pytest.mark.parametrize(
    "line", ["postgres://nexus_app:PASSWORD@database:5432/nexus", "password = form.cleaned_data['password']", "SECRET_KEY="]
)  # fmt: skip
def test_what_only_stands_for_a_secret_is_none(line: str) -> None:
    assert not list(secrets.faults_of("x", line))


def test_a_package_with_an_advisory_fails_the_check(
    osv: type[Osv], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["advisories"]) == 0
    osv.vulnerable = frozenset({"django", "govuk-frontend"})
    assert main(["advisories"]) == 1
    printed = capsys.readouterr().out
    assert printed.count("PYSEC-0000-1") == 2 and "django 5." in printed


def test_nobody_answering_is_said_and_is_no_pass(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And a failure where advisories are required, as on a machine that reaches them."""
    monkeypatch.setenv("NEXUS_ADVISORIES", "http://127.0.0.1:9/")
    assert main(["advisories"]) == NOT_RUN
    assert "No advisories were reachable" in capsys.readouterr().out
    monkeypatch.setenv("NEXUS_REQUIRE_ADVISORIES", "1")
    assert main(["advisories"]) == 1


def test_sabotage_an_answer_that_leaves_packages_out_is_no_pass(
    osv: type[Osv], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(advisories, "answer", lambda source, question: {"results": []})
    assert main(["advisories"]) == NOT_RUN


def test_bandits_rules_find_what_they_are_for() -> None:
    """Ruff's S rules are bandit's, under the project's own configuration: a rule switched off would be missed here."""
    code = "\n".join(f"def f{n}(given):\n" + "".join(f"    {line}\n" for line in text.split("\n"))
                     for n, text in enumerate(MISTAKES.values()))  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--output-format=json", "--stdin-filename=nexus/tried.py", "-"],
        input=code, cwd=CHECKOUT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert {each["code"] for each in json.loads(done.stdout)} >= MISTAKES.keys()
