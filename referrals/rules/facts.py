"""What the rules know of a subject: plain values, gathered by `referrals.queries.facts_of`."""

from dataclasses import dataclass, field
from datetime import date

from referrals.rules.terms import (
    CLASS_OF,
    CONVICTIONS,
    LEAVE_MAY_CONTINUE,
    ConductKind,
    MaterialLevel,
    Part,
    SentenceType,
    Status,
    StatusClass,
)


@dataclass(frozen=True)
class Conduct:
    """One recorded event. `court_occasion` names the hearing, so that offences sentenced together count
    as one occasion."""

    kind: ConductKind
    convicted_on: date | None = None
    sentence_type: SentenceType | None = None
    sentence_months: int | None = None
    part: Part = Part.SUSPECT
    quashed: bool = False
    court_occasion: str | None = None

    @property
    def is_standing_conviction(self) -> bool:
        return self.kind in CONVICTIONS and self.part is Part.CONVICTED and not self.quashed


@dataclass(frozen=True)
class Material:
    level: MaterialLevel | None = None
    threat_current: bool | None = None
    threat_ongoing: bool | None = None


@dataclass(frozen=True)
class Facts:
    """One subject on one day. `None` always means "not answered"."""

    reference_date: date
    metropolitan: bool
    immigration_status: Status
    # Of a pending application or appeal: it was made in time, so that leave runs on.
    leave_continues: bool | None = None
    date_of_birth: date | None = None
    nationalities: tuple[str, ...] = ()
    right_of_abode: bool | None = None
    held_by: str | None = None
    active_police_interest: bool | None = None
    removal_priority: bool | None = None
    harms_wider_community: bool | None = None
    significant_conviction: bool | None = None
    material: Material = field(default_factory=Material)
    conduct: tuple[Conduct, ...] = ()

    @property
    def status_class(self) -> StatusClass:
        """What the status means. Leave that runs on is leave; that it does not, or may not, is never none."""
        if self.immigration_status in LEAVE_MAY_CONTINUE and self.leave_continues:
            return StatusClass.LEAVE_OR_EEA
        return CLASS_OF[self.immigration_status]

    @property
    def standing_convictions(self) -> list[Conduct]:
        return [event for event in self.conduct if event.is_standing_conviction]
