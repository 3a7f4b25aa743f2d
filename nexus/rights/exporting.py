"""The file that answers a request: what is held as a table and as JSON, and the files themselves, in one ZIP.

It goes to the person, so it bears no security marking.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from nexus.documents.exports import BOM, safe_cell
from nexus.documents.places import place
from nexus.rights.items import Item
from nexus.rights.models import AccessRequest

HEADER = ("Record", "What it is", "Part", "What it says")
ABOUT = (
    "This is what the Home Office holds on you in Operation Nexus – High Harm. Names of other people have been removed. "
    "{withheld} further texts or files were withheld, each after a person looked at it. You can ask why, and you can "
    "complain to the Information Commissioner."
)


@dataclass(frozen=True)
class Export:
    name: str
    content: bytes


def packed(request: AccessRequest, items: list[Item], withheld: int) -> Export:
    """The ZIP of these items."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("read-me-first.txt", ABOUT.format(withheld=withheld))
        archive.writestr("what-is-held.csv", BOM + as_csv(items))
        archive.writestr("what-is-held.json", as_json(items))
        files = [(item.file, item.words) for item in items if item.file]
        for number, (file_id, words) in enumerate(files, start=1):
            with place().fetched(file_id) as path:
                if path.exists():
                    archive.write(path, f"files/{number:03} {words}")
    return Export(f"access-request-{request.pk}.zip", out.getvalue())


def cells(item: Item) -> tuple[str, str, str, str]:
    return item.record, item.table, item.field, item.words


def as_csv(items: Iterable[Item]) -> str:
    """A line an item."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows([safe_cell(value) for value in cells(item)] for item in items)
    return out.getvalue()


def as_json(items: Iterable[Item]) -> str:
    """The same, for a machine."""
    names = ("record", "table", "field", "words")
    return json.dumps(
        [dict(zip(names, cells(item), strict=True)) for item in items], ensure_ascii=False, indent=1
    )
