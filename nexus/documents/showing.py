"""Whether a stored file can be shown in a PDF of ours, found out once by really drawing each of its pages."""

from pathlib import Path

from nexus.confined.pages import PICTURES
from nexus.confined.running import FAULTS, Failed, confined
from nexus.documents.kinds import KINDS, extension_of
from nexus.documents.models import Scan, StoredFile
from nexus.documents.places import place
from nexus.documents.reading import Unreadable, decoded

DRAWN = ("pdf", *PICTURES)
UNCHECKED = {
    Scan.QUARANTINED: "it is still being checked for viruses",
    Scan.REFUSED: "the virus check refused it",
}
MISSING = "its bytes are not there"
FOR_THE_MOMENT = frozenset(("busy",))


def measured(stored: StoredFile) -> tuple[int, str]:
    """How many pages of a clean file can be shown, and if none, why: a clause. Opens it, which takes seconds."""
    with place().fetched(stored.pk) as path:
        return measured_at(path, extension_of(stored.name))


def measured_at(path: Path, extension: str) -> tuple[int, str]:
    """The same of a file that lies here."""
    if not path.exists():
        return 0, MISSING
    try:
        if KINDS[extension].text:
            decoded(path.read_bytes())
            return 1, ""
        if extension not in DRAWN:
            return 0, FAULTS["kind"]
        with confined("pages", {"kind": extension}, {f"file.{extension}": path}) as done:
            return done.answer, ""
    except Unreadable as unreadable:
        return 0, FAULTS[unreadable.fault]
    except Failed as failed:
        if failed.fault in FOR_THE_MOMENT:
            raise
        return 0, str(failed)


def reason_not_shown(stored: StoredFile) -> str:
    """Why it is not shown, as a clause; nothing where it is, or has not been looked at yet."""
    return UNCHECKED.get(Scan(stored.scan), "") or stored.not_shown
