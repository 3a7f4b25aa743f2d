"""The guide and the changelog in docs/api/, as blocks of a page: the part of Markdown that they are written in.

The files hold headings, paragraphs, lists, tables and blocks of code; within a line `code`, **strong** and links.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nexus.bootstrap import CHECKOUT

FOLDER = CHECKOUT / "docs" / "api"
SPAN = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<strong>[^*]+)\*\*|\[(?P<text>[^\]]+)\]\((?P<address>[^)\s]+)\)")
HEADING = re.compile(r"(#{1,4}) (.+)")
FENCE = "```"


@dataclass(frozen=True)
class Span:
    """A piece of a line: "text", "code", "strong" or "link"."""

    kind: str
    text: str
    address: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Block:
    """A "heading" of a level, a "paragraph", a "list", a "table" with its head first, or "code" in a language."""

    kind: str
    lines: tuple[Line, ...] = ()
    rows: tuple[tuple[Line, ...], ...] = ()
    text: str = ""
    level: int = 0
    language: str = ""

    @property
    def anchor(self) -> str:
        """What an address calls a heading."""
        return re.sub(r"[^a-z0-9]+", "-", self.text.lower()).strip("-")


@cache
def page_of(name: str) -> tuple[Block, ...]:
    """The file of this name, read once a process."""
    return tuple(blocks((FOLDER / f"{name}.md").read_text()))


def blocks(text: str) -> Iterator[Block]:
    """What stands in the text, in order. Between two fences everything is code."""
    for at, part in enumerate(re.split(rf"^{FENCE}", text, flags=re.MULTILINE)):
        if at % 2:
            language, _, code = part.partition("\n")
            yield Block("code", text=code.rstrip("\n"), language=language.strip())
        else:
            yield from (block_of(lines) for lines in chunks(part))


def chunks(text: str) -> Iterator[list[str]]:
    """Lines that stand together; a heading stands alone."""
    apart = re.sub(r"^(#{1,4} .+)$", r"\n\1\n", text, flags=re.MULTILINE)
    yield from (lines.splitlines() for lines in re.split(r"\n\s*\n", apart.strip()) if lines.strip())


def block_of(lines: list[str]) -> Block:
    """What they are."""
    if found := HEADING.fullmatch(lines[0]):
        return Block("heading", text=found[2], level=len(found[1]))
    if lines[0].startswith("- "):
        items = re.split(r"(?:^|\n)- ", "\n".join(lines))[1:]
        return Block("list", lines=tuple(spans(each) for each in items))
    if lines[0].startswith("|"):
        cells = [[spans(cell.strip()) for cell in line.strip("|").split("|")] for line in lines]
        return Block("table", rows=tuple(tuple(row) for row in (cells[0], *cells[2:])))
    return Block("paragraph", lines=(spans("\n".join(lines)),))


def spans(text: str) -> Line:
    """The pieces of a line; what is broken over lines is one."""
    text, found, at = " ".join(text.split()), [], 0
    for match in SPAN.finditer(text):
        found.append(Span("text", text[at : match.start()]))
        found.append(span_of(match))
        at = match.end()
    return tuple(each for each in (*found, Span("text", text[at:])) if each.text)


def span_of(match: re.Match[str]) -> Span:
    """A piece that is marked."""
    if match["code"]:
        return Span("code", match["code"])
    return (
        Span("strong", match["strong"]) if match["strong"] else Span("link", match["text"], match["address"])
    )
