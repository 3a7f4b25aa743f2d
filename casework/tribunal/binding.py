"""A bundle as one PDF: the entries prepared, then bound in the confined program (nexus/confined/binding.py)."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from casework.decisions.models import Challenge, ChallengeKind, Hearing
from casework.tribunal.content import Prepared, prepared
from casework.tribunal.models import Bundle, BundleEntry, BundleVersion
from casework.tribunal.redactions import redacted, words_of
from casework.tribunal.rules import SECTIONS, changes_between
from casework.tribunal.states import State
from nexus.confined.running import FAULTS, Failed, Limits, confined
from nexus.documents.pdf import ROOT
from nexus.documents.showing import measured_at
from nexus.ui.formatting import date

TEMPLATE = "casework/tribunal/pdf/bundle.typ"
BOUND = Limits(seconds=120, megabytes=500, written=500_000_000, patience=240)
TRIBUNALS = {
    ChallengeKind.APPEAL: "In the First-tier Tribunal (Immigration and Asylum Chamber)",
    ChallengeKind.JUDICIAL_REVIEW: "In the Upper Tribunal (Immigration and Asylum Chamber)",
}
PARTIES = {
    ChallengeKind.JUDICIAL_REVIEW: ("Applicant", "Respondent"),
}
US = "Secretary of State for the Home Department"
TOGETHER = "it cannot be printed together with the others"


@dataclass(frozen=True)
class Made:
    """The finished file and what is to be said of it."""

    pdf: bytes
    contents: list[dict[str, Any]]
    left_out: list[str]
    pages: int


def numbered(bundle: Bundle) -> list[tuple[str, BundleEntry]]:
    """The included entries by section and place, each with its number: A1, A2, B1."""
    found: list[tuple[str, BundleEntry]] = []
    entries = list(bundle.entries.filter(included=True))
    for code, section in SECTIONS.items():
        inside = [entry for entry in entries if entry.section == code]
        found += [(f"{section.letter}{place}", entry) for place, entry in enumerate(inside, start=1)]
    return found


def made_of(
    version: BundleVersion, *, now: datetime, progress: Callable[[int], None] = lambda done: None
) -> Made:
    """Prepare every entry and bind them. What cannot be bound is named in the file. Raises Failed where a redacted word
    could still be read, or nothing can be bound at all."""
    bundle = version.bundle
    words = words_of(bundle.hearing.challenge.decision.case)
    with ExitStack() as files:
        ready: list[tuple[str, Prepared]] = []
        for number, entry in numbered(bundle):
            entry.bundle = bundle
            ready.append(
                (number, prepared(entry, words=words, files=files, now=now, by=version.requested_by))
            )
            progress(len(ready))
        for try_again in (each_by_itself, without_files):
            try:
                return bound(version, ready, words, now=now)
            except Failed as failed:
                if failed.fault == "redacted":
                    raise
                try_again(ready)
        return bound(version, ready, words, now=now)


def each_by_itself(ready: list[tuple[str, Prepared]]) -> None:
    """Look at each file alone: what cannot be opened is named."""
    for _, each in ready:
        if each.path and not each.reason:
            try:
                each.reason = measured_at(each.path, each.kind)[1]
            except Failed as failed:
                each.reason = str(failed)


def without_files(ready: list[tuple[str, Prepared]]) -> None:
    for _, each in ready:
        if each.path:
            each.reason = each.reason or TOGETHER


def bound(
    version: BundleVersion, ready: list[tuple[str, Prepared]], words: list[str], *, now: datetime
) -> Made:
    """One attempt, with every entry that has no reason against it. Raises Failed."""
    files = {name_of(each): each for _, each in ready if each.path and not each.reason}
    data = redacted(data_of(version, ready, now=now), words)
    given = {
        "template": TEMPLATE,
        "data": data,
        "files": {str(each.entry.pk): {"name": name, "kind": each.kind} for name, each in files.items()},
        "words": words,
        "clauses": FAULTS,
    }
    copies = {str(path.relative_to(ROOT)): path for path in ROOT.rglob("*.typ")}
    beside = {f"files/{name}": each.path for name, each in files.items() if each.path}
    with confined("binding", given, {**copies, **beside}, limits=BOUND) as done:
        answer, pdf = done.answer, done.made.read_bytes()
    left_out = [f"{number} {each.entry.title}: {each.reason}" for number, each in ready if each.reason]
    left_out += [
        f"{number} {each.entry.title}: {FAULTS.get(answer['faults'][str(each.entry.pk)], FAULTS['damaged'])}"
        for number, each in ready
        if str(each.entry.pk) in answer["faults"]
    ]
    contents = [
        content_of(number, each, answer["pages"][str(each.entry.pk)], words)
        for number, each in ready
        if str(each.entry.pk) in answer["pages"]
    ]
    return Made(pdf, contents, redacted(left_out, words), answer["total"])


def content_of(number: str, each: Prepared, pages: list[int], words: list[str]) -> dict[str, Any]:
    """What the record keeps of one entry that went in."""
    first, many = pages
    return {
        "source": each.entry.source,
        "number": number,
        "title": redacted(each.entry.title, words),
        "first": first,
        "pages": many,
        "sha256": each.digest,
    }


def name_of(each: Prepared) -> str:
    """What its file is called for the program: nothing anybody typed."""
    return f"{each.entry.pk}.{each.kind}"


def data_of(version: BundleVersion, ready: list[tuple[str, Prepared]], *, now: datetime) -> dict[str, Any]:
    """The bundle as the template takes it, before anything is redacted."""
    bundle = version.bundle
    hearing = bundle.hearing
    challenge = hearing.challenge
    return {
        "title": title_of(bundle, now),
        "reference": reference_of(challenge),
        "hearing": f"Hearing on {date(hearing.on)}",
        "draft": "" if version.is_final else "Draft: not for the tribunal",
        "prefix": f"S{bundle.number}-" if bundle.number else "",
        "demonstration": settings.NEXUS_DEMONSTRATION,
        "tribunal": challenge.court or TRIBUNALS.get(ChallengeKind(challenge.kind), ""),
        "between": parties_of(challenge),
        "cover": cover_of(version, now=now),
        "late": bundle.late_because,
        **changed_since(version, ready),
        "apart": [f"{number} {each.entry.title}: {each.reason}" for number, each in ready if each.reason],
        "witnesses": witnesses_of(hearing, ready),
        "withheld": [
            [entry.title, entry.withheld_because]
            for entry in bundle.entries.exclude(withheld_because="").filter(included=False)
        ],
        "sections": [
            {
                "letter": section.letter,
                "title": section.title,
                "entries": [
                    printed(number, each)
                    for number, each in ready
                    if each.entry.section == code and not each.reason
                ],
            }
            for code, section in SECTIONS.items()
            if any(each.entry.section == code and not each.reason for _, each in ready)
        ],
    }


def changed_since(version: BundleVersion, ready: list[tuple[str, Prepared]]) -> dict[str, Any]:
    """What is otherwise than in the last version that was made for the tribunal."""
    before = version.bundle.versions.filter(
        is_final=True, state=State.MADE, number__lt=version.number
    ).first()
    if before is None:
        return {"changed": [], "changed_title": ""}
    now = [
        {"source": each.entry.source, "number": number, "title": each.entry.title, "sha256": each.digest}
        for number, each in ready
        if not each.reason
    ]
    title = f"What changed since the bundle of {date(timezone.localdate(before.made_at))}"
    return {"changed": changes_between(before.contents, now) or ["Nothing"], "changed_title": title}


def printed(number: str, each: Prepared) -> dict[str, Any]:
    """One entry as the template takes it."""
    picture = name_of(each) if each.path and each.kind != "pdf" else ""
    blocks = each.blocks
    return {
        "key": str(each.entry.pk),
        "number": number,
        "title": each.entry.title,
        "date": date(each.entry.dated_on),
        "author": each.entry.author,
        "note": "With redactions" if each.has_redactions else "",
        "blocks": blocks,
        "picture": picture,
        "sha256": each.digest if blocks else "",
    }


def title_of(bundle: Bundle, now: datetime) -> str:
    if bundle.number:
        return f"Supplementary bundle {bundle.number} of {date(timezone.localdate(now))}"
    return "Respondent’s bundle"


def reference_of(challenge: Challenge) -> str:
    """The tribunal's own reference; ours, while it has given none."""
    return challenge.court_reference or f"Our reference {challenge.decision.case.referral.reference}"


def parties_of(challenge: Challenge) -> list[list[str]]:
    first, second = PARTIES.get(ChallengeKind(challenge.kind), ("Appellant", "Respondent"))
    return [[challenge.decision.case.referral.subject_name, first], [US, second]]


def cover_of(version: BundleVersion, *, now: datetime) -> list[list[str]]:
    hearing = version.bundle.hearing
    referral = hearing.challenge.decision.case.referral
    return [
        ["Appeal number", hearing.challenge.court_reference or "Not yet given"],
        ["Hearing", f"{hearing.when}, {hearing.place}"],
        ["Home Office reference", referral.home_office_reference or referral.reference],
        ["Date of this bundle", date(timezone.localdate(now))],
        ["Version", f"{version.number}{'' if version.is_final else ' (draft)'}"],
        ["Prepared by", version.requested_by.full_name],
    ]


def witnesses_of(hearing: Hearing, ready: list[tuple[str, Prepared]]) -> list[list[str]]:
    """Whose statements are in it, and who else is to come."""
    found = [
        [each.entry.author, f"{number} {each.entry.title}"]
        for number, each in ready
        if each.entry.source.startswith("statement:") and not each.reason
    ]
    if hearing.witnesses:
        found.append([hearing.witnesses, "To give evidence in person"])
    return found
