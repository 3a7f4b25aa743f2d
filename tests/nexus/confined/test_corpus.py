"""Every file of the corpus ends as expected, within the processor time and the memory of one file."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nexus.confined.running import NOTHING, USUAL, Failed, Limits, Spent, confined
from nexus.documents import kinds
from nexus.documents.fields import faults
from nexus.documents.reading import LIKE
from nexus.documents.scanning import verdict_on
from tests.nexus.confined.corpus import AT_THE_FORM, MUTATED, READ, SHOWN, VIRUS
from tests.nexus.confined.files import Made, a_png

OPENED = ""


def ended(made: Made, folder: Path, job: str, limits: Limits = USUAL) -> tuple[str, Spent]:
    """How the file ends on its way through the form and the virus check into the program, and what that took."""
    content, name = made.make(), kinds.clean_name(made.name)
    if faults(SimpleUploadedFile(name, content), name):
        return AT_THE_FORM, NOTHING
    kind, path = kinds.extension_of(name), folder / "upload"
    path.write_bytes(content)
    if not verdict_on(path, "builtin").clean:
        return VIRUS, NOTHING
    try:
        inside = f"file.{kind}" if job == "pages" else "file"
        with confined(job, {"kind": kind}, {inside: path}, limits=limits) as done:
            return OPENED, done.spent
    except Failed as failed:
        return (LIKE.get(failed.fault, failed.fault) if job == "words" else failed.fault), failed.spent


def within(spent: Spent) -> bool:
    return spent.seconds <= USUAL.seconds and spent.megabytes <= USUAL.megabytes


@pytest.mark.parametrize("made", SHOWN, ids=lambda made: made.name)
def test_a_record_is_shown_or_refused_within_bounds(made: Made, tmp_path: Path) -> None:
    fault, spent = ended(made, tmp_path, "pages")
    assert (fault, within(spent)) == (made.fault, True), spent


@pytest.mark.parametrize("made", READ, ids=lambda made: made.name)
def test_a_text_is_read_or_refused_within_bounds(made: Made, tmp_path: Path) -> None:
    fault, spent = ended(made, tmp_path, "words")
    assert (fault, within(spent)) == (made.fault, True), spent


def test_a_mutated_file_ends_nothing_but_its_own_program(tmp_path: Path) -> None:
    for number, made in enumerate(MUTATED):
        assert within(ended(made, tmp_path, "words" if number % 2 else "pages")[1]), made.name


def test_without_its_limits_a_file_takes_more_than_one_file_may(tmp_path: Path) -> None:
    """Sabotage: the bounds above are those of the limits, and not of the files."""
    made = Made("four colours.png", lambda: a_png(7_000, 7_000, colour=6))
    assert ended(made, tmp_path, "pages")[0] in ("memory", "crash")
    fault, spent = ended(made, tmp_path, "pages", Limits(seconds=100, megabytes=4_000))
    assert fault == OPENED and not within(spent)


def test_there_are_sixty_of_them() -> None:
    assert len(SHOWN) + len(READ) + len(MUTATED) >= 60
