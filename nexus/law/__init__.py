"""Every statement of law the service makes, as dated rows: see `statement.py` for what a row holds.

    from nexus.law import law
    law("appeal_in_uk").number  # 14

A change of law is a new row, and an `until` on the old one: what was decided under the old stays readable.
"""

from nexus.law.acting import ACTING
from nexus.law.appealing import APPEALING
from nexus.law.deciding import DECIDING
from nexus.law.keeping import KEEPING
from nexus.law.papers import PAPERS
from nexus.law.statement import Actor, Condition, Person, Reading, Statement
from nexus.law.status import STATUS
from nexus.law.times import TIMES
from nexus.law.weighing import WEIGHING

BY_SUBJECT: dict[str, tuple[Statement, ...]] = {
    "Powers to decide": DECIDING,
    "What is weighed, and what stands in the way": WEIGHING,
    "Leave, status and sentences": STATUS,
    "Rights of appeal": APPEALING,
    "Times": TIMES,
    "Papers for a tribunal": PAPERS,
    "Powers to act": ACTING,
    "What is kept of people": KEEPING,
}
LAWS: dict[str, Statement] = {each.code: each for rows in BY_SUBJECT.values() for each in rows}


def law(code: str) -> Statement:
    """The statement of that code. Raises KeyError when there never was one."""
    return LAWS[code]


__all__ = ["BY_SUBJECT", "LAWS", "Actor", "Condition", "Person", "Reading", "Statement", "law"]
