"""`manage.py house`: what is said more than once may only grow fewer."""

import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from nexus.management.commands import house

# As counted on 30 November 2026. Lower a number when the code allows it; never raise one.
CEILINGS = {
    "row classes for a verb beside nexus/verbs.py": 0,
    "views with a form, by hand": 24,  # with the page of an invitation, where nobody is signed in yet
    "views of one button, by hand": 4,
    "verbs that endpoints state again": 0,
    "except Refused in doors": 0,
    # With the pages of retention, of requests for access, of the second factor, of lists, and of invitations and programs,
    # of finding a person, of corrections, and of the feed of changes with its programs.
    # With the keying as data, keys of programs, bundles of any hearing, and the grouped pages of a draft with its lines of
    # events, pasted rows and live-time referrals in a few words; and with what a program may rely on,
    # claims, letters that are written before they are reviewed, and of whom each line of a report speaks;
    # with signing in at a provider, and the list of what an officer started; with files by the API and the lists of codes;
    # with the pages for developers, and who may do what by the API; and with what Criminal Casework reads and relies on.
    "lines in doors": 26_246,
    "functions called lock, visible or viewed": 3,
    "answers by which a page is refused": 1,
    "request ids handed on by doors": 0,
    "joins named by a string in the settings": 4,
    "migrations": 25,  # one an app
}
# What was found and must never be found again: its pattern, and what it looked like.
OVERCOME = {
    "row classes for a verb beside nexus/verbs.py": (house.ROW_CLASS, "class Act:"),
    "verbs that endpoints state again": (house.STATED, "Verb(actions.accept)"),
    "except Refused in doors": (house.REFUSED, "except Refused as refused:"),
    "request ids handed on by doors": (house.REQUEST_ID, "now=now, request_id=request.id)"),
}


def test_nothing_is_said_more_often_than_it_was() -> None:
    found = house.counts()
    assert {words: found[words] for words in CEILINGS if found[words] > CEILINGS[words]} == {}


def test_each_count_finds_something(capsys: pytest.CaptureFixture[str]) -> None:
    """A pattern that no longer meets the code would count nothing and please everybody."""
    call_command("house")
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == len(house.counts())
    assert {words for words, number in house.counts().items() if not number} <= set(OVERCOME)
    assert all(pattern.search(example) for pattern, example in OVERCOME.values())


def test_each_count_says_what_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(house.WANTED) == set(house.counts())
    call_command("house")
    short = [line for line in capsys.readouterr().out.splitlines() if "falls short" in line]
    assert [line.split(")  ")[1].strip() for line in short] == ["lines in doors  falls short"]


def test_a_first_start_is_told_by_what_it_says() -> None:
    lines = [
        (0.1, "Making the virtual environment .venv …"),
        (2.0, "Installing 120 packages, a few minutes the first time …"),
        (40.0, "Installing 120 packages, a few minutes the first time: done (38 s)"),
        (55.0, "Nexus is ready at an address"),
        (120.0, "Filling the demonstration in; every page says how far it is: done (65 s)"),
    ]
    installed, signed_in, complete = house.told(lines)
    assert installed.split()[0] == "40" and signed_in.split()[0] == "15"
    assert complete.split()[0] == "80" and "2.0 x installing" in complete


def test_a_first_start_that_ends_early_is_no_figure() -> None:
    said = subprocess.Popen([sys.executable, "-c", "import sys; print('Installing', file=sys.stderr)"],
                            stderr=subprocess.PIPE, text=True)  # fmt: skip
    with pytest.raises(CommandError, match="ended before its demonstration was complete"):
        list(house.said_until_filled(said))
    said.communicate()
