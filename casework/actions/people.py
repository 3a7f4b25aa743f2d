"""People around the subject who have no case here: added, corrected with the original kept, and removed.

The audit says that and by whom, never a name or a word of what is known: those stand on the case alone.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from casework.actions.steps import lock, reasons_not_to, save
from casework.models import Case, PersonRelation, RelatedPerson
from nexus.accounts.models import User
from nexus.refusals import blank, refuse_if, wordless


@dataclass(frozen=True, kw_only=True)
class PersonDetails:
    """What is said of a person."""

    name: str
    relation: str
    known: str
    source: str
    disclosable: bool

    @property
    def reasons_incomplete(self) -> list[str]:
        return (
            blank(self.name, "Enter the person’s name, or “Not known”.")
            + ([] if self.relation in PersonRelation.values else ["Select how the person is related."])
            + blank(self.known, "Enter what is known of the person.")
            + blank(self.source, "Enter how this is known.")
        )


def reasons_not_known(person: RelatedPerson) -> list[str]:
    """Why this is no longer what is known of the person."""
    if person.removed_at:
        return [f"{person.removed_by} has removed this person from the case already."]
    if RelatedPerson.objects.filter(replaces=person).exists():
        return ["This has since been corrected. Go back to the case and correct the latest version."]
    return []


@transaction.atomic
def add_person(
    *,
    case_id: int,
    by: User,
    now: datetime,
    name: str,
    relation: str,
    known: str,
    source: str,
    disclosable: bool,
) -> RelatedPerson:
    """Write down a person of the subject's life or of the conduct. Raises Refused."""
    details = PersonDetails(name=name, relation=relation, known=known, source=source, disclosable=disclosable)
    case = lock(case_id, by=by, verb="add_person")
    refuse_if(reasons_not_to("add_person", case, by) or details.reasons_incomplete)
    person = RelatedPerson.objects.create(case=case, added_by=by, added_at=now, **asdict(details))
    save(case, done="person_added", by=by, now=now, detail={"person": person.pk})
    return person


@transaction.atomic
def correct_person(
    *,
    case_id: int,
    person_id: int,
    by: User,
    now: datetime,
    name: str,
    relation: str,
    known: str,
    source: str,
    disclosable: bool,
    because: str,
) -> RelatedPerson:
    """Say it rightly, and why; the original is kept. Raises Refused, and RelatedPerson.DoesNotExist."""
    details = PersonDetails(name=name, relation=relation, known=known, source=source, disclosable=disclosable)
    case, person = lock_person(case_id, person_id, by=by, verb="correct_person")
    refuse_if(
        reasons_not_to("correct_person", case, by)
        or reasons_not_known(person)
        or details.reasons_incomplete + wordless(because, "Enter why it is corrected.")
    )
    corrected = RelatedPerson.objects.create(
        case=case, added_by=by, added_at=now, replaces=person, because=because, **asdict(details)
    )
    detail = {"person": corrected.pk, "replaces": person.pk}
    save(case, done="person_corrected", by=by, now=now, detail=detail)
    return corrected


@transaction.atomic
def remove_person(*, case_id: int, person_id: int, by: User, now: datetime, reason: str) -> RelatedPerson:
    """Take the person off the case, and say why; it stays readable. Raises Refused, and
    RelatedPerson.DoesNotExist."""
    case, person = lock_person(case_id, person_id, by=by, verb="remove_person")
    refuse_if(
        reasons_not_to("remove_person", case, by)
        or reasons_not_known(person)
        or wordless(reason, "Enter why the person is removed.")
    )
    person.removed_by, person.removed_at, person.removed_because = by, now, reason
    person.save(update_fields=["removed_by", "removed_at", "removed_because"])
    save(case, done="person_removed", by=by, now=now, detail={"person": person.pk})
    return person


def lock_person(case_id: int, person_id: int, *, by: User, verb: str) -> tuple[Case, RelatedPerson]:
    case = lock(case_id, by=by, verb=verb)
    return case, case.people.select_related("removed_by").get(pk=person_id)
