"""Everything in the guide is run against a real server, as it stands there, and prints what the guide says it prints."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from nexus.bootstrap import CHECKOUT
from nexus.developers.guide import Block, blocks, page_of

API = CHECKOUT / "docs" / "api"
REFERENCE = re.compile(r"NHH-\d{4}-\d{6}")
DONE = "-- the block is done --"
SECONDS = "300"


class Reader:
    """Somebody who follows the guide in one shell and one Python."""

    def __init__(self, folder: Path, begins: dict[str, str]) -> None:
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        self.folder, self.named, self.printed, self.ran = folder, {"__name__": "guide"}, "", 0
        self.shell = subprocess.Popen(
            ["timeout", SECONDS, "bash", "-euo", "pipefail"],
            cwd=folder,
            env={"PATH": path, "HOME": str(folder), **begins},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def follow(self, block: Block) -> None:
        """Do what a block says, or compare what was printed with what it says."""
        if block.language == "sh":
            self.printed = self.in_shell(block.text)
        elif block.language == "python":
            self.printed = self.in_python(block.text)
        elif block.language == "text":
            assert REFERENCE.sub("NHH", self.printed) == REFERENCE.sub("NHH", block.text)
        elif "--triage" in block.text:
            call_command("sandbox", triage=True, stdout=io.StringIO())
        self.ran += block.language in ("sh", "python")

    def in_shell(self, text: str) -> str:
        """What the block prints. A command of it that fails ends the shell."""
        assert self.shell.stdin and self.shell.stdout
        (self.folder / "block.sh").write_text(text)
        self.shell.stdin.write(f"source ./block.sh </dev/null; echo '{DONE}'\n")
        self.shell.stdin.flush()
        lines = [
            line.rstrip("\n") for line in iter(self.shell.stdout.readline, f"{DONE}\n") if self.alive(line)
        ]
        return "\n".join(lines)

    def alive(self, line: str) -> bool:
        """A shell that ended prints nothing any more, not even that the block is done."""
        assert line, f"the shell ended with {self.shell.wait()} in\n{(self.folder / 'block.sh').read_text()}"
        return True

    def in_python(self, text: str) -> str:
        """What the block prints."""
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile(text, "guide.md", "exec"), self.named)
        return printed.getvalue().rstrip("\n")


@pytest.fixture
def reader(
    live_server: Any,
    settings: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    second_reading: None,
) -> Any:
    """In a folder with what lies beside the guide, and with a program in a sandbox."""
    settings.NEXUS_API_CALLS_A_MINUTE = 600  # as an installation has it by itself
    settings.NEXUS_SANDBOX, settings.NEXUS_ADDRESS = True, live_server.url
    folder = tmp_path / "guide"
    shutil.copytree(API, folder)
    call_command("sandbox", key=folder / "program.pem")
    given = json.loads(capsys.readouterr().out)
    names = {"ADDRESS": "address", "PROGRAM": "program", "OFFICER": "officer", "KEY": "key"}
    begins = {name: str(given[key]) for name, key in names.items()}
    for name, value in begins.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(str(folder))
    found = Reader(folder, begins)
    yield found
    found.shell.kill()
    found.shell.wait()
    sys.modules.pop("force_system", None)


@pytest.mark.django_db(transaction=True)
def test_the_guide_does_what_it_says_in_curl_and_in_python(reader: Reader) -> None:
    code = [block for block in page_of("guide") if block.kind == "code"]
    assert {block.language for block in code} == {"console", "sh", "python", "text"}
    for block in code:
        reader.follow(block)
    assert reader.ran >= 12


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```sh\necho one\n```\n\n```text\ntwo\n```", "'one' == 'two'"),
        ("```sh\nfalse\n```", "the shell ended with 1"),
        ("```python\nprint(1 / 0)\n```", "division by zero"),
    ],
)
def test_a_guide_that_has_rotted_is_found(reader: Reader, text: str, found: str) -> None:
    with pytest.raises((AssertionError, ZeroDivisionError), match=found):
        for block in blocks(text):
            reader.follow(block)


def test_the_guide_is_read_as_it_is_written() -> None:
    """A block that the page does not show is not run either."""
    text = (API / "guide.md").read_text()
    found = page_of("guide")
    assert text.count("\n```") == 2 * sum(block.kind == "code" for block in found)
    assert [block.text for block in found if block.kind == "heading"] == re.findall(
        r"^#+ (.+)$", outside(text), re.M
    )


def outside(text: str) -> str:
    """Without the blocks of code."""
    return "".join(re.split(r"^```.*?^```", text, flags=re.MULTILINE | re.DOTALL))
