"""Every file of the corpus ends as expected, within the processor time and the memory of one file."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.confined.running import NOTHING, USUAL, Failed, Limits, Spent, confined
from nexus.documents import kinds
from nexus.documents.fields import faults
from nexus.documents.reading import LIKE
from nexus.documents.scanning import verdict_on
from referrals.datawash.linkage.headings import KNOWN
from tests.builders import a_user
from tests.figures import Figure
from tests.nexus.confined.corpus import AT_THE_FORM, MUTATED, READ, SHOWN, VIRUS
from tests.nexus.confined.files import Made, a_pdf, a_png
from tests.referrals.datawash.linkage.lists import LISTS

OPENED = ""
ROOMY = Limits(written=150_000_000, patience=120)  # by the clock, for a busy machine


def ended(made: Made, folder: Path, job: str, limits: Limits = ROOMY) -> tuple[str, Spent]:
    """How the file ends on its way through the form and the virus check into the program, and what that took."""
    content, name = made.make(), kinds.clean_name(made.name)
    if job != "lists" and faults(SimpleUploadedFile(name, content), name):
        return AT_THE_FORM, NOTHING
    kind, path = kinds.extension_of(name), folder / "upload"
    path.write_bytes(content)
    if job != "lists" and not verdict_on(path, "builtin").clean:
        return VIRUS, NOTHING
    try:
        inside = f"file.{kind}" if job == "pages" else "file"
        with confined(job, {"kind": kind, "known": KNOWN}, {inside: path}, limits=limits) as done:
            return OPENED, done.spent
    except Failed as failed:
        return (LIKE.get(failed.fault, failed.fault) if job == "words" else failed.fault), failed.spent


def within(spent: Spent) -> bool:
    return spent.seconds <= USUAL.seconds and spent.megabytes <= USUAL.megabytes


def test_each_file_of_the_corpus_ends_as_expected_within_bounds(tmp_path: Path, figure: Figure) -> None:
    ends = [
        (f"{job}: {made.name}", made.fault, *ended(made, tmp_path, job))
        for job, corpus in (("pages", SHOWN), ("words", READ), ("lists", LISTS))
        for made in corpus
    ]
    wrong = [end for end in ends if end[1] != end[2] or not within(end[3])]
    assert not wrong, wrong
    seconds, megabytes = (max(end[3][at] for end in ends) for at in (0, 1))
    words = f"{len(ends)} files, {len(wrong)} not as expected; at most {seconds:.1f} s and {megabytes:.0f} MB"
    figure(11, words, holds=len(ends) >= 60 and not wrong)
    figure(17, words, holds=len(ends) >= 60 and not wrong)


@pytest.mark.django_db
def test_a_page_answers_as_usual_while_a_file_is_opened(tmp_path: Path, figure: Figure) -> None:
    """The program has the lowest priority, and its caller's thread only waits."""
    client = Client()
    client.force_login(a_user(Role.POLICE_OFFICER))
    heavy = tmp_path / "heavy.pdf"
    heavy.write_bytes(a_pdf(pages=200, content=b"BT /F0 12 Tf (word) Tj ET " * 2_000))
    usual, meanwhile, program = [], [], None
    with ThreadPoolExecutor(1) as pool:
        for _ in range(ROUNDS):
            usual.append(answered_in(client))
            program = pool.submit(opened, heavy)
            while not program.done():
                meanwhile.append(answered_in(client))
            program.result()
    before, during = median(usual), median(meanwhile)
    words = f"a page in {during * 1000:.0f} ms while a file is opened, {before * 1000:.0f} ms before"
    figure(17, words, holds=len(meanwhile) >= ROUNDS and during <= 2 * before)


ROUNDS = 4


def answered_in(client: Client) -> float:
    began = time.perf_counter()
    assert client.get(reverse("datawash:list")).status_code == 200
    return time.perf_counter() - began


def opened(path: Path) -> None:
    """Open a file that takes about a second."""
    try:
        with confined("words", {"kind": "pdf"}, {"file": path}, limits=Limits(seconds=2)):
            pass
    except Failed as failed:
        assert failed.fault in ("slow", "long")


def test_a_mutated_file_ends_nothing_but_its_own_program(tmp_path: Path) -> None:
    for number, made in enumerate(MUTATED):
        assert within(ended(made, tmp_path, "words" if number % 2 else "pages")[1]), made.name


def test_without_its_limits_a_file_takes_more_than_one_file_may(tmp_path: Path) -> None:
    """Sabotage: the bounds above are those of the limits, and not of the files."""
    made = Made("four colours.png", lambda: a_png(7_000, 7_000, colour=6))
    assert ended(made, tmp_path, "pages")[0] in ("memory", "crash")
    fault, spent = ended(made, tmp_path, "pages", Limits(seconds=100, megabytes=4_000))
    assert fault == OPENED and not within(spent)
