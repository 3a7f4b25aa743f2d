"""From a bare Python: what is said when it cannot work, and what counts as ready."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from nexus import bootstrap
from nexus.bootstrap import CHECKOUT


def test_an_old_python_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """manage.py, told that it runs on Python 3.9."""
    source = (CHECKOUT / "manage.py").read_text().replace("sys.version_info", "OLD")
    with pytest.raises(SystemExit) as left:
        exec(compile(source, str(CHECKOUT / "manage.py"), "exec"), {"OLD": (3, 9), "__name__": "__main__"})
    said = capsys.readouterr().err
    assert left.value.code == 1
    assert said.startswith("Nexus needs Python 3.11 or newer; this is Python 3.9.\n")
    assert "python3.11 manage.py up" in said


def test_an_old_python_can_read_manage_py() -> None:
    """Nothing newer than Python 3.6 may stand in it, or the sentence is never reached."""
    ast.parse((CHECKOUT / "manage.py").read_text(), feature_version=(3, 6))


def test_the_bootstrap_needs_nothing_installed() -> None:
    """A Python without site-packages imports it."""
    bare = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(CHECKOUT)!r}); "]
    bare[-1] += "import nexus.bootstrap"
    subprocess.run(bare, check=True, capture_output=True)


def test_this_environment_holds_the_lock_and_is_up_to_date() -> None:
    assert bootstrap.holds_the_lock()
    assert bootstrap.up_to_date(inside=True)


def test_a_package_of_another_version_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    right = bootstrap.pins()
    wrong = [pin.replace("django=", "django=0.") if pin.startswith("django=") else pin for pin in right]
    assert wrong != right
    monkeypatch.setattr(bootstrap, "pins", lambda _: wrong)
    assert not bootstrap.holds_the_lock()


def test_a_changed_lock_or_another_python_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "stamp")
    assert not bootstrap.up_to_date(inside=True), "no stamp: never completed"
    (tmp_path / "stamp").write_text(f"{bootstrap.fingerprint()} {bootstrap.python_version()}\n")
    assert bootstrap.up_to_date(inside=True)
    (tmp_path / "stamp").write_text(f"{bootstrap.fingerprint()} 3.10\n")
    assert not bootstrap.up_to_date(inside=True)
    (tmp_path / "stamp").write_text(f"{'0' * 64} {bootstrap.python_version()}\n")
    assert not bootstrap.up_to_date(inside=True)


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        (
            "WARNING: Retrying ... NewConnectionError: Temporary failure",
            "the package index cannot be reached",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "is not the one in the lock"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "the disk is full"),
        (
            "ERROR: No matching distribution found for typst==0.15",
            "Not every package is made for this Python",
        ),
        ("ERROR: something new", "could not be installed: ERROR: something new"),
    ],
)
def test_why_an_installation_failed_is_said_with_what_to_do(log: str, sentence: str) -> None:
    said = bootstrap.explain(log)
    assert sentence in said.splitlines()[0]
    assert "Run the same command again" in said


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bootstrap made to work on a virtual environment of this test's own."""
    venv = tmp_path / ".venv"
    for name, value in {
        "VENV": venv, "PYTHON": venv / "bin" / "python", "STAMP": venv / "stamp", "LOG": venv / "log",
    }.items():  # fmt: skip
        monkeypatch.setattr(bootstrap, name, value)
    return venv


def test_a_python_without_its_venv_module_is_told_what_to_install(
    elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Debian's python3 without python3-venv leaves it: an environment without pip, and no ensurepip."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(elsewhere)], check=True)
    (tmp_path / "ensurepip.py").write_text("import sys; sys.exit('ensurepip is not available')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(bootstrap.CannotPrepare, match="apt-get install python3-venv"):
        bootstrap.build()


def test_a_half_made_environment_is_made_anew(elsewhere: Path) -> None:
    (elsewhere / "bin").mkdir(parents=True)
    bootstrap.PYTHON.symlink_to("/nowhere/python3")
    assert not bootstrap.usable()
    bootstrap.make()
    assert bootstrap.usable()


def test_no_network_ends_with_one_sentence_and_goes_on_next_time(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real pip, asked for a package index where nobody listens."""
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(bootstrap.CannotPrepare, match="the package index cannot be reached"):
        bootstrap.build()
    assert not bootstrap.STAMP.exists()
    assert bootstrap.usable(), "the environment itself is kept for the next attempt"
