"""The promises as rows: each names tests that exist, and is judged honestly."""

import ast
from pathlib import Path

import pytest

from nexus.bootstrap import CHECKOUT
from nexus.walls.asking import finding, read
from nexus.walls.promises import PROMISES, Promise
from nexus.walls.report import page
from tests.figures import Figure

ONE = Promise(1, "One", "all", proofs=("tests/a.py",), sabotage=("tests/b.py::test_b",))
PASSED: list[dict[str, object]] = [
    {"ended": "passed", "test": "tests/a.py::test_a[1]"},
    {"ended": "passed", "test": "tests/b.py::test_b"},
]
SAID: dict[str, object] = {
    "promise": 1,
    "words": "10 of 10 found",
    "holds": True,
    "test": "tests/a.py::test_a[1]",
}


def test_there_are_twenty_promises_in_order() -> None:
    assert [promise.number for promise in PROMISES] == list(range(1, 21))


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: str(promise.number))
def test_each_test_of_a_promise_exists(promise: Promise) -> None:
    for test in promise.tests:
        file, _, name = test.partition("::")
        tree = ast.parse((CHECKOUT / file).read_text())
        assert not name or name in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}, (
            test
        )
    assert promise.proofs or promise.falls_short, "a promise without a proof says that it is not reached"


def test_a_promise_holds_when_every_test_passed_and_a_figure_was_said() -> None:
    found = finding(ONE, [*PASSED, SAID])
    assert found.holds
    assert found.figures == ("10 of 10 found",)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([], "tests/a.py did not run."),
        (PASSED, "No figure was measured."),
        ([*PASSED, SAID | {"holds": False}], "10 of 10 found."),
        ([*PASSED, SAID, {"ended": "skipped", "test": "tests/a.py::test_c"}], "tests/a.py did not pass."),
        ([PASSED[0], SAID], "tests/b.py::test_b did not run."),
    ],
)
def test_what_stands_against_a_promise(lines: list[dict[str, object]], reason: str) -> None:
    found = finding(ONE, lines)
    assert not found.holds
    assert reason in found.reasons


def test_a_test_of_a_group_is_the_one_that_is_named() -> None:
    grouped = [
        {**line, "test": f"{line['test']}@worker"} if "ended" in line else line for line in [*PASSED, SAID]
    ]
    assert finding(ONE, grouped).reasons == finding(ONE, [*PASSED, SAID]).reasons == ()


def test_a_proof_that_cannot_fail_proves_nothing() -> None:
    without = Promise(1, "One", "all", proofs=("tests/a.py",))
    assert finding(without, [*PASSED, SAID]).reasons == ("No sabotage test shows that the proof can fail.",)


def test_a_figure_that_falls_short_fails_its_test_and_is_written(
    figure: Figure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEXUS_FIGURES", str(tmp_path / "figures.jsonl"))
    with pytest.raises(AssertionError, match="Promise 5 falls short: 9 of 10 found"):
        figure(5, "9 of 10 found", holds=False)
    assert [line["words"] for line in read(tmp_path / "figures.jsonl")] == ["9 of 10 found"]
    monkeypatch.delenv("NEXUS_FIGURES")


def test_the_page_says_each_promise_its_proof_and_its_figure() -> None:
    text = page([finding(ONE, [*PASSED, SAID])], "on 1 May 2026")
    assert "## 1. One" in text and "Measured: 10 of 10 found" in text and "`tests/b.py::test_b`" in text
    assert page((finding(each, []) for each in PROMISES), "never").count("\n## ") == 20


def test_the_page_in_the_repository_names_the_promises_as_they_stand() -> None:
    written = (CHECKOUT / "docs" / "security.md").read_text()
    for promise in PROMISES:
        assert f"## {promise.number}. {promise.title}\n" in written
