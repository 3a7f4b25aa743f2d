"""The closed lists the rules speak of. Each value carries the words shown on screen."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A value with a label; `choices()` is what a form or a model wants."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(member.value, member.label) for member in cls]

    @classmethod
    def values(cls) -> list[str]:
        return [member.value for member in cls]


class Status(Term):
    """Immigration status as the force or the Home Office record gives it."""

    BRITISH = "british", "British citizen"
    EXEMPT = "exempt", "Exempt from immigration control"
    IRISH = "irish", "Irish citizen"
    EEA_SETTLED = "eea_settled", "EEA national, settled status"
    EEA_PRE_SETTLED = "eea_pre_settled", "EEA national, pre-settled status"
    EEA_NO_SCHEME_STATUS = "eea_no_scheme_status", "EEA national, no EU Settlement Scheme status"
    INDEFINITE_LEAVE = "indefinite_leave", "Indefinite leave"
    LIMITED_LEAVE = "limited_leave", "Limited leave"
    REFUGEE_OR_HUMANITARIAN = "refugee_or_humanitarian", "Refugee status or humanitarian protection"
    APPLICATION_PENDING = "application_pending", "Application pending"
    APPEAL_PENDING = "appeal_pending", "Appeal pending"
    ASYLUM_PENDING = "asylum_pending", "Asylum claim pending"
    UNKNOWN = "unknown", "Not known"
    OVERSTAYER = "overstayer", "No leave: overstayer"
    ILLEGAL_ENTRANT = "illegal_entrant", "No leave: illegal entrant"
    REFUSED = "refused", "No leave: refused, no barrier"


class StatusClass(Term):
    """What a status means for the thresholds of page 9."""

    NOT_LIABLE = "not_liable", "Not liable"
    LEAVE_OR_EEA = "leave_or_eea", "Valid leave or EEA national"
    UNDETERMINED = "undetermined", "Undetermined"
    NO_LEAVE = "no_leave", "No valid leave"


CLASS_OF: dict[Status, StatusClass] = {
    Status.BRITISH: StatusClass.NOT_LIABLE,
    Status.EXEMPT: StatusClass.NOT_LIABLE,
    Status.IRISH: StatusClass.LEAVE_OR_EEA,
    Status.EEA_SETTLED: StatusClass.LEAVE_OR_EEA,
    Status.EEA_PRE_SETTLED: StatusClass.LEAVE_OR_EEA,
    # The guidance of 2017 calls every EEA national so; since 1 July 2021 only a legal check can say.
    Status.EEA_NO_SCHEME_STATUS: StatusClass.UNDETERMINED,
    Status.INDEFINITE_LEAVE: StatusClass.LEAVE_OR_EEA,
    Status.LIMITED_LEAVE: StatusClass.LEAVE_OR_EEA,
    Status.REFUGEE_OR_HUMANITARIAN: StatusClass.LEAVE_OR_EEA,
    Status.APPLICATION_PENDING: StatusClass.UNDETERMINED,
    Status.APPEAL_PENDING: StatusClass.UNDETERMINED,
    Status.ASYLUM_PENDING: StatusClass.UNDETERMINED,
    Status.UNKNOWN: StatusClass.UNDETERMINED,
    Status.OVERSTAYER: StatusClass.NO_LEAVE,
    Status.ILLEGAL_ENTRANT: StatusClass.NO_LEAVE,
    Status.REFUSED: StatusClass.NO_LEAVE,
}


# Leave may continue for who applied in time (`nexus.law`, ia_1971_s3c).
LEAVE_MAY_CONTINUE = frozenset({Status.APPLICATION_PENDING, Status.APPEAL_PENDING})


class ConductKind(Term):
    """Kinds never blur: an unproven charge is not a record, though the acts may be proved as conduct."""

    CONVICTION = "conviction", "Conviction in the UK"
    OVERSEAS_CONVICTION = "overseas_conviction", "Conviction overseas"
    CAUTION = "caution", "Caution"
    PENDING_CHARGE = "pending_charge", "Pending charge"
    ARREST_NO_FURTHER_ACTION = "arrest_no_further_action", "Arrest, no further action"
    ACQUITTAL = "acquittal", "Acquittal"
    WITHDRAWN = "withdrawn", "Charge withdrawn"
    INTELLIGENCE = "intelligence", "Intelligence"
    CIVIL_ORDER = "civil_order", "Civil order"


CONVICTIONS = frozenset({ConductKind.CONVICTION, ConductKind.OVERSEAS_CONVICTION})


class SentenceType(Term):
    CUSTODIAL = "custodial", "Custodial, immediate"
    SUSPENDED = "suspended", "Custodial, suspended"
    NON_CUSTODIAL = "non_custodial", "Non-custodial"


class Part(Term):
    """The subject's own part. A victim's or witness's record never counts as offending."""

    CONVICTED = "convicted", "Convicted person"
    SUSPECT = "suspect", "Suspect"
    VICTIM = "victim", "Victim"
    WITNESS = "witness", "Witness"


class MaterialLevel(Term):
    NONE = "none", "No disclosable material"
    SUMMARY = "summary", "A summary of the material"
    STATEMENT = "statement", "A police statement"


class Route(Term):
    """The action the guidance names on page 4: "administrative removal, conviction-led deportation and
    intelligence-led deportation"."""

    ADMINISTRATIVE_REMOVAL = "administrative_removal", "Administrative removal"
    CONVICTION_LED = "conviction_led", "Conviction-led deportation"
    INTELLIGENCE_LED = "intelligence_led", "Intelligence-led deportation"


class Result(Term):
    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"
    UNKNOWN = "unknown", "Not known"


class Suitability(Term):
    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"
    UNDETERMINED = "undetermined", "Undetermined"


class Scope(Term):
    IN_SCOPE = "in_scope", "In scope"
    OUT_OF_SCOPE = "out_of_scope", "Out of scope"
    MANUAL_CHECK = "manual_check", "Manual legal check needed"
    SENIOR_REVIEW = "senior_review", "Senior review needed"


class StatementNeed(Term):
    REQUIRED = "required", "Required"
    NOT_NECESSARILY = "not_necessarily", "Not necessarily required"
    UNDETERMINED = "undetermined", "Cannot be said yet"


class Impact(Term):
    """Whether "their conduct incurs significant adverse impact" (page 5): a person's judgement, never assumed."""

    SIGNIFICANT = "yes", "Yes, it is significant"
    NOT_SIGNIFICANT = "no", "No, it is not significant"
    NOT_SHOWN = "not_known", "It cannot be said on what is known"


class Flag(Term):
    """Page 11: "Cases referred by the Metropolitan Police in London will be flagged as Nexus High Harm
    and cases referred by all other forces will be flagged as Nexus High Harm (Regional)"."""

    NEXUS_HIGH_HARM = "Nexus High Harm", "Nexus High Harm"
    REGIONAL = "Nexus High Harm (Regional)", "Nexus High Harm (Regional)"
