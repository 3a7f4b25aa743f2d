"""Everything that is done to a case, its people and whose work it is, a row a verb (nexus/verbs.py)."""

from casework.verbs.absences import absence_pages, move_work_pages, record_absence_pages
from casework.verbs.case import VERBS, pages

__all__ = ["VERBS", "absence_pages", "move_work_pages", "pages", "record_absence_pages"]
