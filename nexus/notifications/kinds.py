"""What people are told of, as tables: the kinds, their words, and by default how.

The words hold a reference and nothing else: no person's data, in the inbox as in an e-mail.
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from nexus.accounts.roles import CASEWORK_ROLES, POLICE_ROLES, Role


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
    description: str
    roles: frozenset[Role]
    default: Delivery


@dataclass(frozen=True)
class Kind:
    """One kind of event. `words` may name `{reference}` and nothing else."""

    group: str
    words: str


GROUPS = {
    "new_referrals": Group(
        "New referrals",
        "When forces send referrals to the Referrals Office: one notification an hour for all of them.",
        OFFICE,
        Delivery.IN_APP,
    ),
    "targets": Group(
        "Local targets",
        "When the local target of a referral you hold, or that nobody holds, is near or has passed.",
        OFFICE | {Role.MANAGER},
        Delivery.IN_APP,
    ),
    "custody": Group(
        "Custody clocks",
        "When the custody clock of a referral you hold, or that nobody holds, runs out soon or has run out.",
        OFFICE | {Role.MANAGER},
        Delivery.INSTANT,
    ),
    # Chosen for each view, on its page: so it comes in nobody's preferences.
    "views": Group("Views of the queue", "When a referral enters a view.", frozenset(), Delivery.INSTANT),
    "information": Group(
        "Questions and answers",
        "When information about a referral is asked for or given.",
        RAISES | OFFICE,
        Delivery.INSTANT,
    ),
    "decisions": Group(
        "Decisions",
        "When a decision is made on a referral, or its flag is removed or set again.",
        RAISES,
        Delivery.INSTANT,
    ),
    "second_readings": Group(
        "Second readings", "When a decision waits for a second reader.", OFFICE, Delivery.IN_APP
    ),
    "proposals": Group(
        "Your proposed decisions",
        "When a second reader agrees to a decision you proposed or returns it, or it becomes void.",
        OFFICE,
        Delivery.INSTANT,
    ),
    "quality": Group(
        "Quality", "When a decision of yours has been read for quality.", OFFICE, Delivery.IN_APP
    ),
    "cases": Group(
        "Your cases",
        "When a case is given to you, or passes to somebody else.",
        frozenset({Role.CASE_OWNER}),
        Delivery.INSTANT,
    ),
    "reviews": Group(
        "Decisions to review",
        "When a draft decision waits for a review, or one of yours has been reviewed.",
        frozenset({Role.CASE_OWNER, Role.SENIOR_CASEWORKER}),
        Delivery.INSTANT,
    ),
    "day": Group(
        "Your day",
        "When a colleague mentions you in a note, when a task of yours is due, or when work is moved to you.",
        CASEWORK_ROLES | OFFICE,
        Delivery.IN_APP,
    ),
    "reports": Group(
        "Progress reports",
        "When a report is released to a force, or the force acknowledges it.",
        frozenset({Role.FORCE_LEAD, Role.MANAGER}),
        Delivery.INSTANT,
    ),
    "material": Group(
        "Nexus material",
        "When material is requested from a force, sent, checked, approved or advised on.",
        POLICE_ROLES | {Role.CASE_OWNER, Role.SENIOR_CASEWORKER, Role.SPECIALIST_APPEALS},
        Delivery.INSTANT,
    ),
    "litigation": Group(
        "Litigation",
        "When the Duty Desk tasks immigration litigation to Nexus Casework.",
        frozenset({Role.SENIOR_CASEWORKER}),
        Delivery.INSTANT,
    ),
    "rota": Group(
        "The rota",
        "When nobody is on duty in the days ahead.",
        OFFICE | {Role.MANAGER},
        Delivery.INSTANT,
    ),
    "support": Group(
        "Police support",
        "When support is requested from a force, and when the force answers, helps or writes.",
        POLICE_ROLES | OFFICE | {Role.CASE_OWNER, Role.SENIOR_CASEWORKER, Role.CRIMINAL_CASEWORK},
        Delivery.INSTANT,
    ),
    "duty_desk": Group(
        "Duty Desk",
        "When an enquiry of yours is answered, or one is handed over to you.",
        RAISES | OFFICE | {Role.CRIMINAL_CASEWORK},
        Delivery.INSTANT,
    ),
    "operations": Group(
        "Operations",
        "When an arrest, a detention or another operation is asked for, decided on, tasked or carried out.",
        POLICE_ROLES | {Role.CASE_OWNER, Role.SENIOR_CASEWORKER, Role.CIO_HMI},
        Delivery.INSTANT,
    ),
    # Nobody chooses not to be stopped: it comes in nobody's preferences.
    "stops": Group(
        "Operations that are stopped",
        "When an operation that was authorised must not be carried out, or was carried out all the same.",
        frozenset(),
        Delivery.INSTANT,
    ),
    # Nor not to hear of their own account.
    "account": Group(
        "Your account",
        "When somebody could not confirm that it is you, or what you sign in with has changed.",
        frozenset(),
        Delivery.INSTANT,
    ),
}

KINDS = {
    "referral_submitted": Kind("new_referrals", "New in the triage queue: {reference}"),
    "target_near": Kind("targets", "The local target of {reference} is near"),
    "target_passed": Kind("targets", "The local target of {reference} has passed"),
    "custody_near": Kind("custody", "The custody clock of {reference} runs out soon"),
    "custody_passed": Kind("custody", "The custody clock of {reference} has run out"),
    "view_entered": Kind("views", "{reference} is new in a view of the queue that you follow"),
    "view_counted": Kind("views", "{reference} newly in a view of the queue that you follow"),
    "information_requested": Kind("information", "The Referrals Office has a question about {reference}"),
    "information_answered": Kind("information", "Your question about {reference} has been answered"),
    "information_added": Kind("information", "The force has added information to {reference}"),
    "referral_corrected": Kind("information", "A recorded fact of {reference} has been corrected"),
    "question_reassigned": Kind("information", "A question about {reference} has passed to somebody else"),
    "question_due_soon": Kind("information", "A question about {reference} is due soon"),
    "question_overdue": Kind("information", "A question about {reference} has not been answered in time"),
    "question_withdrawn": Kind("information", "A question about {reference} no longer needs an answer"),
    "referral_decided": Kind("decisions", "A decision has been made on {reference}"),
    "flag_removed": Kind("decisions", "The Nexus High Harm flag of {reference} has been removed"),
    "flag_set_again": Kind("decisions", "The Nexus High Harm flag of {reference} has been set again"),
    "second_reading_waits": Kind("second_readings", "A decision on {reference} waits for a second reader"),
    "proposal_agreed": Kind(
        "proposals", "A second reader agrees to the decision you proposed on {reference}"
    ),
    "proposal_returned": Kind("proposals", "A second reader has returned your decision on {reference}"),
    "proposal_void": Kind("proposals", "The decision you proposed on {reference} is void"),
    "quality_finding": Kind("quality", "There is a finding on your decision on {reference}"),
    "case_assigned": Kind("cases", "You are now the case-owner of {reference}"),
    "case_reassigned": Kind("cases", "{reference} has passed to another case-owner"),
    "decision_to_review": Kind("reviews", "A draft decision on {reference} waits for a review"),
    "decision_approved": Kind("reviews", "Your draft decision on {reference} has been reviewed"),
    "decision_returned": Kind("reviews", "Your draft decision on {reference} has been returned with reasons"),
    "appeal_time_ends": Kind("cases", "The time to appeal on {reference} ends soon"),
    "decision_review_void": Kind(
        "reviews", "The review of the decision on {reference} is void: something became known"
    ),
    "mentioned": Kind("day", "You are mentioned in a note on {reference}"),
    "task_reminder": Kind("day", "A task of yours on {reference} is due soon"),
    "task_overdue": Kind("day", "A task of yours on {reference} has not been completed in time"),
    "task_moved": Kind("day", "A task on {reference} has been moved to you"),
    "next_action_moved": Kind("day", "The next action on {reference} has been moved to you"),
    "report_released": Kind("reports", "A progress report for {reference} is ready to read"),
    "report_acknowledged": Kind("reports", "{reference} has acknowledged its progress report"),
    "enquiry_answered": Kind("duty_desk", "{reference} has been answered by the Duty Desk"),
    "call_taken": Kind("information", "{reference} was taken by telephone: complete it and send it"),
    "litigation_tasked": Kind("litigation", "Litigation about {reference} is tasked to Nexus Casework"),
    "rota_gap": Kind("rota", "Nobody is {reference}: the rota has a gap"),
    "enquiry_handed_over": Kind("duty_desk", "{reference} has been handed over to you"),
    "support_submitted": Kind("support", "{reference} waits to be passed on to a force"),
    "support_passed_on": Kind("support", "{reference} has been passed on to the force"),
    "support_sent_back": Kind("support", "{reference} has come back to you from the Referrals Office"),
    "support_asked": Kind("support", "{reference} asks your force for support"),
    "support_stop_now": Kind("stops", "Stop: do not carry out {reference}. Telephone the officer on call"),
    "support_accepted": Kind("support", "{reference} has been accepted by the force"),
    "support_declined": Kind("support", "{reference} has been declined by the force"),
    "support_fulfilled": Kind("support", "{reference}: the force has done what was asked"),
    "support_cancelled": Kind("support", "{reference} is no longer needed from your force"),
    "support_message": Kind("support", "There is a new message about {reference}"),
    "support_due_soon": Kind("support", "{reference} is due soon"),
    "support_overdue": Kind("support", "{reference} is overdue"),
    "material_asked": Kind("material", "Your force is asked for material for {reference}"),
    "material_sent_back": Kind("material", "Material for {reference} has been returned for changes"),
    "material_due_soon": Kind("material", "Material for {reference} is due soon"),
    "material_not_asked": Kind("material", "Material for {reference} is no longer needed"),
    "material_supplied": Kind("material", "Material for {reference} has arrived from the force"),
    "material_message": Kind("material", "There is a new message about material for {reference}"),
    "material_to_approve": Kind("material", "Material for {reference} is checked and waits for approval"),
    "material_approved": Kind("material", "Material for {reference} has been approved"),
    "material_taken_back": Kind(
        "material", "Material for {reference} is no longer approved: do not rely on it"
    ),
    "material_for_appeals": Kind("material", "Material for {reference} waits for your review and advice"),
    "material_advised": Kind("material", "Specialist Appeals have advised on material for {reference}"),
    "engagement_requested": Kind(
        "operations", "An operation on {reference} waits for your quality assurance"
    ),
    "engagement_blocked": Kind("operations", "A trafficking indicator blocks an operation on {reference}"),
    "engagement_trafficking": Kind("operations", "The trafficking outcome on {reference} has been recorded"),
    "engagement_returned": Kind("operations", "An operation on {reference} has been returned with issues"),
    "engagement_authorised": Kind("operations", "An operation on {reference} has been authorised"),
    "engagement_refused": Kind("operations", "An operation on {reference} has been refused"),
    "engagement_tasked": Kind("operations", "Your force is asked for an operation on {reference}"),
    "engagement_called_back": Kind(
        "operations", "Do not act on {reference}: the operation has been called back"
    ),
    "engagement_stop_now": Kind(
        "stops", "Stop: do not carry out the operation on {reference}. Telephone the officer on call"
    ),
    "account_access_changed": Kind("account", "Your role, force, team or e-mail address has been changed"),
    "account_integration_granted": Kind(
        "account", "An administrator has granted a program that you answer for"
    ),
    "account_integration_withdrawn": Kind("account", "A program that you answer for is withdrawn"),
    "account_invited": Kind("account", "Your account is ready. Choose your password"),
    "account_new_password": Kind("account", "An administrator has sent you a link to a new password"),
    "account_password_changed": Kind("account", "Your password has been changed"),
    "account_token_made": Kind("account", "A token for the API has been made in your name"),
    "account_second_factor_changed": Kind(
        "account", "An app or a security key you sign in with was added or removed"
    ),
    "account_reset_asked": Kind(
        "account",
        "An administrator has asked for a reset of your second step. If you did not ask, ring them now",
    ),
    "account_reset": Kind(
        "account", "Your second step has been reset. Set up a new one when you next sign in"
    ),
    "account_not_confirmed": Kind(
        "account",
        "A wrong code or password was given in your name. If it was not you, change your password now",
    ),
    "engagement_stopped": Kind("stops", "An operation on {reference} is stopped: its authorisation is void"),
    "engagement_irregular": Kind(
        "stops", "An operation on {reference} was carried out outside its authorisation"
    ),
    "engagement_look_again": Kind("operations", "A stopped operation on {reference} waits for you again"),
    "engagement_void": Kind("operations", "An operation on {reference} has been reopened or withdrawn"),
    "engagement_answered": Kind("operations", "The force has answered about an operation on {reference}"),
    "engagement_ended": Kind("operations", "The force has recorded what was done on {reference}"),
    "engagement_expired": Kind("operations", "The authorisation of an operation on {reference} has expired"),
    "engagement_overdue": Kind(
        "operations", "The verbal authorisation on {reference} has not been written up in time"
    ),
}


def groups_of(role: str) -> dict[str, Group]:
    """The groups a person with this role may be told of, in their order."""
    return {name: group for name, group in GROUPS.items() if role in group.roles}
