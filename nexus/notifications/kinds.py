"""What people are told of, as tables: the kinds, their words, and by default how.

The words hold a reference and nothing else: no person's data, in the inbox as in an e-mail.
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from nexus.accounts.roles import POLICE_ROLES, Role


class Delivery(TextChoices):
    NONE = "none", "No notifications"
    IN_APP = "in_app", "In Nexus only"
    INSTANT = "instant", "In Nexus, and an e-mail each time"
    DAILY = "daily", "In Nexus, and one e-mail a day"
    WEEKLY = "weekly", "In Nexus, and one e-mail a week"


DIGESTS = (Delivery.DAILY, Delivery.WEEKLY)
RAISES = POLICE_ROLES | {Role.IMMIGRATION_OFFICER}
OFFICE = frozenset({Role.REFERRALS_OFFICER})


@dataclass(frozen=True)
class Group:
    """Kinds a person chooses for together: in whose post they come, and how until they choose."""

    title: str
    about: str
    roles: frozenset[Role]
    default: Delivery


@dataclass(frozen=True)
class Kind:
    """One kind of event. `words` may name `{reference}` and nothing else."""

    group: str
    words: str


GROUPS = {
    "new_referrals": Group(
        "New referrals", "When a force sends a referral to the Referrals Office.", OFFICE, Delivery.IN_APP
    ),
    "information": Group(
        "Questions and answers",
        "When information about a referral is asked for or given.",
        RAISES | OFFICE,
        Delivery.INSTANT,
    ),
    "decisions": Group(
        "Decisions", "When a decision is made on a referral that you raised.", RAISES, Delivery.INSTANT
    ),
    "cases": Group(
        "Your cases",
        "When a case is given to you, or passes to somebody else.",
        frozenset({Role.CASE_OWNER}),
        Delivery.INSTANT,
    ),
    "reports": Group(
        "Progress reports",
        "When a report is released to a force, or the force acknowledges it.",
        frozenset({Role.FORCE_LEAD, Role.MANAGER}),
        Delivery.INSTANT,
    ),
    "duty_desk": Group(
        "Duty Desk",
        "When an enquiry of yours is answered, or one is handed over to you.",
        RAISES | OFFICE | {Role.CRIMINAL_CASEWORK},
        Delivery.INSTANT,
    ),
}

KINDS = {
    "referral_submitted": Kind("new_referrals", "{reference} has been sent to the Referrals Office"),
    "information_requested": Kind("information", "The Referrals Office has a question about {reference}"),
    "information_answered": Kind("information", "Your question about {reference} has been answered"),
    "question_due_soon": Kind("information", "A question about {reference} is to be answered soon"),
    "question_overdue": Kind("information", "A question about {reference} has not been answered in time"),
    "question_withdrawn": Kind("information", "A question about {reference} need not be answered any more"),
    "referral_decided": Kind("decisions", "A decision has been made on {reference}"),
    "case_assigned": Kind("cases", "You are now the case-owner of {reference}"),
    "case_reassigned": Kind("cases", "{reference} has passed to another case-owner"),
    "report_released": Kind("reports", "A progress report for {reference} is ready to read"),
    "report_acknowledged": Kind("reports", "{reference} has acknowledged its progress report"),
    "enquiry_answered": Kind("duty_desk", "{reference} has been answered by the Duty Desk"),
    "enquiry_handed_over": Kind("duty_desk", "{reference} has been handed over to you"),
}


def groups_of(role: str) -> dict[str, Group]:
    """The groups a person with this role may be told of, in their order."""
    return {name: group for name, group in GROUPS.items() if role in group.roles}
