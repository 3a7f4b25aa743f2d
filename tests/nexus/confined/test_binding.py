"""How dear it is to bind foreign pages: beside concatenating them with pypdf, at a tenth of 500 pages."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typst
from pypdf import PdfReader, PdfWriter

from nexus.confined.running import FAULTS, confined
from nexus.documents.pdf import ROOT

PAGES, FILES = 10, 5
STARTING = 0.4  # seconds of processor time to start the program, which a bundle of any length takes once
TIMES = 3
MEGABYTES = 300
WORDS: dict[str, Any] = {
    "title": "Respondent’s bundle",
    "reference": "HU/00001/2026",
    "hearing": "Hearing on 3 December 2026",
    "tribunal": "In the First-tier Tribunal",
    **dict.fromkeys(("draft", "prefix", "late", "changed_title"), ""),
    **dict.fromkeys(("between", "cover", "changed", "apart", "witnesses", "withheld"), []),
    "demonstration": True,
}


def seconds_of(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def concatenated(paths: list[Path]) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for path in paths:
        writer.append(str(path))
    writer.write(out)
    return out.getvalue()


def entry(key: str) -> dict[str, Any]:
    words = {"key": key, "number": f"D{key}", "title": f"Record {key}", "date": "", "author": "PC Ashdown"}
    return {**words, "note": "", "blocks": [], "picture": "", "sha256": ""}


def test_binding_costs_at_most_three_times_what_concatenating_does(tmp_path: Path) -> None:
    """The figures of 500 pages are in docs/benchmarks.md."""
    text = f"#for page in range({PAGES}) [= Page #page \n #lorem(350) #if page < {PAGES - 1} [#pagebreak()]]"
    paths = [tmp_path / f"{number}.pdf" for number in range(FILES)]
    for path in paths:
        path.write_bytes(typst.compile(f"#set document(title: [P])\n{text}".encode(), format="pdf"))
    alone = min(seconds_of(lambda: concatenated(paths)) for _ in range(3))
    keys = [path.stem for path in paths]
    section = {"letter": "D", "title": "Statements", "entries": [entry(key) for key in keys]}
    given = {
        "template": "casework/tribunal/pdf/bundle.typ",
        "data": {**WORDS, "sections": [section]},
        "files": {key: {"name": f"{key}.pdf", "kind": "pdf"} for key in keys},
        "words": [],
        "clauses": FAULTS,
    }
    beside = {f"files/{path.name}": path for path in paths}
    copies = {str(path.relative_to(ROOT)): path for path in ROOT.rglob("*.typ")}
    with confined("binding", given, {**copies, **beside}) as done:
        made, answer, spent = PdfReader(io.BytesIO(done.made.read_bytes())), done.answer, done.spent
    assert answer["total"] == len(made.pages) == FILES * PAGES + 2 and answer["faults"] == {}
    assert "Page 9" in made.pages[answer["pages"]["0"][0] + 8].extract_text()
    assert spent.megabytes < MEGABYTES
    assert spent.seconds <= TIMES * alone + STARTING
