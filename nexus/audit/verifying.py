"""Reading the whole record against its seals and its exported heads, a few thousand rows at a time.

`verify(cursor, heads=…)` finds what was edited, removed, put elsewhere, cut off, dated back or forged, by whomever:
hashes are reckoned here, so that nothing rests on a function of the database. It writes nothing.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from nexus.audit.heads import Head, Running
from nexus.audit.sql import HASHED

ROWS_AT_ONCE = 2_000
FAULTS_KEPT = 50
LONGEST_TRANSACTION = 24 * 3600 * 1_000_000  # microseconds between an entry and its seal; beyond: dated back
NO_CHAIN = ("", 0, "", 0)

SEALS = f"""
SELECT s.chain, s.number, s.id, s.entry_id, s.hash, audit_micros(s.sealed_at)::bigint,
    e.subject_type, e.subject_id, e.by_id, e.at = e.recorded_at, audit_micros(e.recorded_at)::bigint,
    e.reason, e.reason_salt, e.reason_digest, r.entry_id IS NOT NULL,
    {", ".join(HASHED)}
FROM audit_seal s LEFT JOIN audit_auditevent e ON e.id = s.entry_id
LEFT JOIN audit_erasedreason r ON r.entry_id = e.id
WHERE (s.chain, s.number) > (%s, %s) ORDER BY s.chain, s.number LIMIT %s
"""  # noqa: S608  # columns of our own
UNSEALED = """
SELECT e.id FROM audit_auditevent e LEFT JOIN audit_seal s ON s.entry_id = e.id
WHERE s.id IS NULL
"""
CUT_OFF = """
SELECT h.chain FROM audit_chainhead h LEFT JOIN audit_seal s ON s.chain = h.chain AND s.number = h.number
WHERE s.id IS NULL OR s.hash <> h.hash
UNION ALL
SELECT s.chain FROM audit_seal s LEFT JOIN audit_chainhead h ON s.chain = h.chain
WHERE h.chain IS NULL OR s.number > h.number
"""
ERASED = """
SELECT review_id::text, count(*), string_agg(entry_id::text, ' ' ORDER BY entry_id) FROM audit_erasedreason
GROUP BY review_id
"""
ERASURES = """
SELECT subject_id, (detail->>'reasons')::bigint, detail->>'reasons_digest' FROM audit_auditevent
WHERE kind = 'retention.erased' AND detail->>'reasons' <> '0'
"""
STORY = "SELECT EXISTS (SELECT FROM audit_storytime)"
IN_ORDER = "SELECT id, hash FROM audit_seal WHERE id > %s AND id <= %s ORDER BY id LIMIT %s"


@dataclass
class Findings:
    """What was read, how much is wrong with it, and the first faults in sentences."""

    entries: int = 0
    chains: int = 0
    heads: int = 0
    faults: int = 0
    first: list[str] = field(default_factory=list)

    def found(self, sentence: str, *, times: int = 1) -> None:
        self.faults += times
        if len(self.first) < FAULTS_KEPT:
            self.first.append(sentence)


def verify(cursor: Any, *, heads: Sequence[Head | None] = ()) -> Findings:
    """Everything wrong with the record the cursor sees."""
    findings = Findings()
    for check in (check_chains, check_ends, check_unsealed, check_erased_reasons):
        check(cursor, findings)
    check_heads(cursor, findings, heads)
    return findings


def check_chains(cursor: Any, findings: Findings) -> None:
    """Each chain from its first link to its last: nothing missing, nothing changed, times in order."""
    told = one(cursor, STORY)
    before: tuple[str, int, str, int] = NO_CHAIN
    for row in chain_rows(cursor):
        chain, number, _, entry_id, value, sealed_at = row[:6]
        if chain != before[0]:
            findings.chains += 1
            before = (chain, 0, "", 0)
        findings.entries += 1
        for sentence in faults_of_link(row, before, told=told):
            findings.found(sentence.format(entry=entry_id, chain=chain))
        before = (chain, number, value, sealed_at)


def chain_rows(cursor: Any) -> Iterator[tuple[Any, ...]]:
    """Every seal with its entry, chain by chain."""
    place: tuple[str, int] = ("", 0)
    while True:
        cursor.execute(SEALS, [*place, ROWS_AT_ONCE])
        rows = cursor.fetchall()
        yield from rows
        if len(rows) < ROWS_AT_ONCE:
            return
        place = rows[-1][:2]


def faults_of_link(row: tuple[Any, ...], before: tuple[str, int, str, int], *, told: bool) -> Iterator[str]:
    """What is wrong with one entry and its seal, given the link before. One sentence is enough."""
    chain, number, _, _, value, sealed_at, kind, subject, by_id, on_time, recorded_at = row[:11]
    (*reason, erased), hashed = row[11:15], row[15:]
    if number != before[1] + 1:
        yield "Before entry {entry}, entries are missing from the chain {chain}."
    elif kind is None:
        yield "Entry {entry} has been removed: its seal in the chain {chain} is there."
    elif chain != chain_of(kind, subject, by_id):
        yield "Entry {entry} is sealed in the chain {chain}, which is another subject’s."
    elif value != link(before[2], number, sealed_at, digest(hashed)):
        yield "Entry {entry} or its place in the chain {chain} has been changed."
    elif not reason_holds(*reason, erased=erased):
        yield "The reason of entry {entry} is not the one that was given."
    elif sealed_at < before[3] or not 0 <= sealed_at - recorded_at <= LONGEST_TRANSACTION:
        yield "Entry {entry} in the chain {chain} has been dated back."
    elif not (told or on_time):
        yield "Entry {entry} has another time than that of its recording."


def reason_holds(reason: str, salt: str, sealed: str, *, erased: bool) -> bool:
    """Whether the reason is the one whose digest is sealed, or went with an erasure and left nothing."""
    if erased:
        return bool(sealed) and not reason and not salt
    return sealed == (sha256(salt + reason) if reason or salt else "")


def check_erased_reasons(cursor: Any, findings: Findings) -> None:
    """The reasons that went are those, and only those, of which the sealed entries of erasures speak."""
    cursor.execute(ERASED)
    gone = {(review, number, sha256(entries)) for review, number, entries in cursor.fetchall()}
    cursor.execute(ERASURES)
    for review in sorted({row[0] for row in gone ^ set(cursor.fetchall())}):
        findings.found(f"Other reasons have been erased than those of review {review}.")


def check_ends(cursor: Any, findings: Findings) -> None:
    """Each chain ends where its head says."""
    for chain, more in some(cursor, CUT_OFF):
        findings.found(f"The chain {chain} does not end where it did.", times=1 + more)


def check_unsealed(cursor: Any, findings: Findings) -> None:
    """No entry stands there that the database has not sealed."""
    for entry, more in some(cursor, UNSEALED):
        findings.found(f"Entry {entry} has no seal: the service did not record it.", times=1 + more)


def check_heads(cursor: Any, findings: Findings, heads: Sequence[Head | None]) -> None:
    """What each exported head said is still so."""
    running = Running()
    for head in sorted((head for head in heads if head and head.is_ours), key=lambda head: head.horizon):
        findings.heads += 1
        take_on(cursor, running, head.horizon)
        if (running.seals, running.digest) != (head.seals, head.digest):
            missing = f"{head.seals} entries then, {running.seals} now"
            findings.found(f"The record up to {head.at} is not what its exported head says: {missing}.")
    for _ in (head for head in heads if head is None or not head.is_ours):
        findings.found("An exported head does not bear our signature.")


def take_on(cursor: Any, running: Running, horizon: int) -> None:
    """Read the seals up to this horizon that were not read yet."""
    while True:
        cursor.execute(IN_ORDER, [running.horizon, horizon, ROWS_AT_ONCE])
        rows = cursor.fetchall()
        running.add(rows)
        if len(rows) < ROWS_AT_ONCE:
            return


def head_of(cursor: Any, horizon: int, *, now: datetime, since: Head | None = None) -> Head:
    """The signed head of the record up to the seal `horizon`; after a head of ours, what is new is enough to read."""
    running = Running(since)
    take_on(cursor, running, horizon)
    return Head(
        horizon=horizon,
        seals=running.seals,
        digest=running.digest,
        at=now.astimezone(UTC).isoformat(timespec="seconds"),
    ).signed()


def chain_of(subject_type: str, subject_id: str, by_id: int | None) -> str:
    """As audit_chain in nexus/audit/sql.py."""
    return f"{subject_type}:{subject_id}" if subject_type else f"person:{'' if by_id is None else by_id}"


def digest(texts: Sequence[str | None]) -> str:
    """As audit_digest."""
    return sha256("".join("-" if text is None else f"{len(text)}:{text}" for text in texts))


def link(before: str, number: int, sealed_at: int, entry: str) -> str:
    """As audit_link."""
    return sha256(f"{before} {number} {sealed_at} {entry}")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def one(cursor: Any, statement: str) -> Any:
    cursor.execute(statement)
    return cursor.fetchone()[0]


def some(cursor: Any, statement: str) -> Iterator[tuple[Any, int]]:
    """The first rows of a statement that finds nothing unless something is wrong; with the last, how many more."""
    cursor.execute(f"SELECT found.*, count(*) OVER () FROM ({statement}) found LIMIT {FAULTS_KEPT}")  # noqa: S608
    rows = cursor.fetchall()
    for place, (value, total) in enumerate(rows, start=1):
        yield value, total - place if place == len(rows) else 0
