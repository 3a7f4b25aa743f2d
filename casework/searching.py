"""Full-text search over notes, documents' descriptions and text files, as far as the reader may see their case.

The words are PostgreSQL's web search: every word, "words together", either or another, -without.
"""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import QuerySet

from casework.models import Case, Searchable
from nexus.accounts.models import User

CONFIG = "english"
# Around what was found. Private-use characters: no keyboard types them, and they are split at, never shown.
START, STOP = "\ue000", "\ue001"


@dataclass(frozen=True)
class Piece:
    """A part of a snippet; `found` where it is what was looked for."""

    text: str
    found: bool


def found_by(words: str, *, by: User) -> QuerySet[Searchable]:
    """What holds the words and this person may read. `snippet` is for `pieces`."""
    query = SearchQuery(words, config=CONFIG, search_type="websearch")
    snippet = SearchHeadline(
        "text", query, config=CONFIG, start_sel=START, stop_sel=STOP, max_words=35, min_words=15
    )
    seen = Searchable.objects.filter(case__in=Case.objects.visible_to(by), vector=query)
    return (
        seen.annotate(snippet=snippet)
        .select_related("case__referral__force", "by")
        .prefetch_related("case__referral__nationalities")
    )


def pieces(snippet: str) -> list[Piece]:
    """The snippet cut at its marks, as plain text: the page escapes each part."""
    parts = []
    for number, part in enumerate(snippet.split(START)):
        inside, _, after = part.partition(STOP) if number else ("", "", part)
        parts += [Piece(inside.replace(STOP, ""), found=True), Piece(after.replace(STOP, ""), found=False)]
    return [part for part in parts if part.text]
