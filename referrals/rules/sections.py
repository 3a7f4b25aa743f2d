"""The referral form as data: its sections, what each holds, and what must be answered before it is sent.

A draft may be blank anywhere. `gaps()` lists what is still missing, each as a sentence to act on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from referrals.rules.terms import LEAVE_MAY_CONTINUE, MaterialLevel


@dataclass(frozen=True)
class Section:
    """One task of the task list. `fields` are the referral's own columns; `rows` its tables."""

    key: str
    title: str
    group: str
    fields: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


SECTIONS: tuple[Section, ...] = (
    Section(
        "referrer",
        "Referrer and channel",
        "About this referral",
        (
            "own_reference",
            "officer",
            "officer_contact",
            "supervisor",
            "channel",
            "in_custody",
            "custody_reference",
            "custody_clock_started_at",
            "held_under",
        ),
    ),
    Section(
        "identity",
        "Identity",
        "The subject",
        (
            "surname",
            "forenames",
            "date_of_birth",
            "date_of_birth_precision",
            "sex",
            "place_of_birth",
            "description",
        ),
        ("aliases", "nationalities"),
    ),
    Section(
        "scope",
        "Scope check",
        "The subject",
        ("may_be_british", "may_be_irish", "right_of_abode", "long_resident", "scope_evidence"),
    ),
    Section(
        "identifiers",
        "Identifiers",
        "The subject",
        (
            "pnc_id",
            "cro_number",
            "home_office_reference",
            "cid_person_id",
            "prison_number",
            "passport_number",
            "no_identifiers_known",
        ),
    ),
    Section(
        "immigration",
        "Immigration",
        "The subject",
        (
            "immigration_status",
            "leave_continues",
            "status_as_at",
            "status_source",
            "settlement_scheme",
            "arrived_on",
            "arrived_on_precision",
            "age_at_arrival",
            "years_of_residence",
            "active_claim",
            "active_claim_details",
        ),
    ),
    Section(
        "interest",
        "Active police interest",
        "Why this is High Harm",
        ("active_police_interest", "interest_what", "interest_by", "interest_on", "removal_priority"),
    ),
    Section(
        "harm",
        "Harm",
        "Why this is High Harm",
        (
            "harm_physical",
            "harm_emotional",
            "harm_financial",
            "harm_to_individuals",
            "harm_to_community",
            "harm_narrative",
        ),
    ),
    Section("conduct", "Conduct events", "Why this is High Harm", ("conduct_listed",), ("conduct",)),
    Section(
        "material",
        "Disclosable material",
        "Why this is High Harm",
        ("material_level", "threat_current", "threat_ongoing", "material_description"),
    ),
    Section(
        "pending",
        "Pending matters",
        "What else matters",
        (
            "pending_criminal",
            "pending_criminal_details",
            "pending_litigation",
            "pending_litigation_details",
            "pending_appeals",
            "pending_appeals_details",
        ),
    ),
    Section(
        "vulnerability",
        "Family, health and vulnerability",
        "What else matters",
        (
            "has_partner",
            "has_children",
            "health_condition",
            "mental_health_order",
            "trafficking_indicator",
            "under_18",
            "vulnerability_details",
        ),
    ),
    Section("attachments", "Documents", "What else matters", ("attachments_listed",), ("attachments",)),
    Section(
        "commitment",
        "Commitments",
        "Sign and send",
        (
            "commits_information",
            "commits_tracing",
            "commits_evidence",
            "commits_resources",
            "signatory",
            "signatory_post",
            "differences_explained",
        ),
    ),
)
SECTION = {section.key: section for section in SECTIONS}


@dataclass(frozen=True)
class Gap:
    """Something still missing: where, which field, and what to do."""

    section: str
    field: str
    sentence: str


@dataclass(frozen=True)
class Requirement:
    section: str
    field: str
    sentence: str
    applies: Callable[[Any], bool] = lambda answers: True

    def is_missing(self, answers: Any) -> bool:
        return self.applies(answers) and getattr(answers, self.field) in (None, "", False, 0)


def _answered(
    section: str, field: str, sentence: str, applies: Callable[[Any], bool] = lambda a: True
) -> Requirement:
    """For yes-or-no questions, where "no" is an answer."""
    return Requirement(section, field, sentence, lambda a: applies(a) and getattr(a, field) is None)


def _is_yes(field: str) -> Callable[[Any], bool]:
    return lambda answers: getattr(answers, field) == "yes"


REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement("referrer", "officer", "Enter the officer’s name"),
    Requirement("referrer", "officer_contact", "Enter the officer’s e-mail address or telephone number"),
    Requirement("referrer", "supervisor", "Enter the supervisor’s name"),
    Requirement("referrer", "channel", "Select whether the referral is standard or live-time"),
    _answered("referrer", "in_custody", "Select yes if the subject is in custody now"),
    Requirement(
        "referrer", "custody_reference", "Enter the custody reference", lambda a: a.in_custody is True
    ),
    Requirement(
        "referrer",
        "custody_clock_started_at",
        "Enter when the detention clock started",
        lambda a: a.in_custody is True,
    ),
    Requirement("identity", "surname", "Enter the family name"),
    Requirement("identity", "date_of_birth", "Enter the date of birth, or the year if that is all you know"),
    Requirement("identity", "sex", "Select the sex"),
    Requirement("identity", "nationality_count", "Add at least one nationality and how it is known"),
    Requirement("scope", "may_be_british", "Select whether the subject may be British"),
    Requirement("scope", "may_be_irish", "Select whether the subject may be Irish"),
    Requirement(
        "scope", "right_of_abode", "Select whether the subject may have the right of abode or be exempt"
    ),
    Requirement(
        "scope", "long_resident", "Select whether the subject has lived here since childhood or many years"
    ),
    Requirement("scope", "scope_evidence", "Enter what you looked at to check scope"),
    Requirement(
        "identifiers",
        "pnc_id",
        "Enter at least one identifier, or tick that none is known",
        lambda a: (
            not (
                a.no_identifiers_known
                or a.cro_number
                or a.home_office_reference
                or a.cid_person_id
                or a.prison_number
                or a.passport_number
            )
        ),
    ),
    Requirement("immigration", "immigration_status", "Select the immigration status"),
    Requirement(
        "immigration",
        "leave_continues",
        "Select whether the application was made in time, while leave ran",
        lambda a: a.immigration_status in LEAVE_MAY_CONTINUE,
    ),
    Requirement("immigration", "status_as_at", "Enter the date on which the status was correct"),
    Requirement("immigration", "status_source", "Enter where the immigration status comes from"),
    Requirement(
        "immigration", "active_claim", "Select whether there is an active asylum or human-rights claim"
    ),
    Requirement(
        "immigration",
        "active_claim_details",
        "Enter what is known of the asylum or human-rights claim",
        lambda a: a.active_claim == "yes",
    ),
    _answered("interest", "active_police_interest", "Select yes if there is active police interest"),
    *(
        Requirement("interest", field, sentence, lambda a: a.active_police_interest is True)
        for field, sentence in (
            ("interest_what", "Enter what the police interest is"),
            ("interest_by", "Enter who has the police interest"),
            ("interest_on", "Enter the date of the police interest"),
        )
    ),
    Requirement(
        "harm",
        "harm_physical",
        "Select at least one kind of harm",
        lambda a: not (a.harm_emotional or a.harm_financial),
    ),
    Requirement(
        "harm",
        "harm_to_individuals",
        "Select whom the harm falls on: individuals, the wider community or both",
        lambda a: not a.harm_to_community,
    ),
    Requirement("harm", "harm_narrative", "Enter what happened and its impact"),
    Requirement(
        "conduct", "conduct_listed", "Say that every conduct event has been added, or that there is none"
    ),
    Requirement("material", "material_level", "Select what disclosable material there is"),
    *(
        _answered("material", field, sentence, lambda a: a.material_level not in ("", MaterialLevel.NONE))
        for field, sentence in (
            ("threat_current", "Select yes if the material shows a current threat"),
            ("threat_ongoing", "Select yes if the material shows an ongoing threat"),
        )
    ),
    Requirement(
        "material",
        "material_description",
        "Enter what the material shows",
        lambda a: a.material_level not in ("", MaterialLevel.NONE),
    ),
    Requirement("pending", "pending_criminal", "Select whether criminal proceedings are pending"),
    Requirement("pending", "pending_litigation", "Select whether immigration litigation is pending"),
    Requirement("pending", "pending_appeals", "Select whether an appeal is pending"),
    *(
        Requirement("pending", f"{matter}_details", f"Enter what is known of the {words}", _is_yes(matter))
        for matter, words in (
            ("pending_criminal", "criminal proceedings"),
            ("pending_litigation", "immigration litigation"),
            ("pending_appeals", "appeal"),
        )
    ),
    *(
        Requirement("vulnerability", field, sentence)
        for field, sentence in (
            ("has_partner", "Select whether the subject has a partner in the UK"),
            ("has_children", "Select whether the subject has children in the UK"),
            ("health_condition", "Select whether the subject has a health condition"),
            ("mental_health_order", "Select whether there is an order under the Mental Health Act"),
            ("trafficking_indicator", "Select whether there is an indicator of trafficking"),
            ("under_18", "Select whether the subject is under 18"),
        )
    ),
    Requirement(
        "vulnerability",
        "vulnerability_details",
        "Enter what is known, as you answered yes to a question about family, health or vulnerability",
        lambda a: (
            "yes"
            in (
                a.has_partner,
                a.has_children,
                a.health_condition,
                a.mental_health_order,
                a.trafficking_indicator,
                a.under_18,
            )
        ),
    ),
    Requirement(
        "attachments", "attachments_listed", "Say that every document has been added, or that there is none"
    ),
    *(
        Requirement("commitment", field, sentence)
        for field, sentence in (
            ("commits_information", "Commit to giving additional information"),
            ("commits_tracing", "Commit to help in tracing absconders"),
            ("commits_evidence", "Commit to giving evidence in person at tribunal"),
            ("commits_resources", "Commit to resources to serve papers, arrest or detain"),
            ("signatory", "Enter who signs for the force"),
            ("signatory_post", "Enter the signatory’s rank or post"),
        )
    ),
)


def gaps(answers: Any) -> list[Gap]:
    """What is still missing, in the order of the form.

    `answers` has an attribute for every field of SECTIONS, and `nationality_count`.
    """
    return [Gap(each.section, each.field, each.sentence) for each in REQUIREMENTS if each.is_missing(answers)]


def is_started(section: Section, answers: Any) -> bool:
    """Whether anything of the section has been answered."""
    return any(getattr(answers, field) not in (None, "", False) for field in section.fields)
