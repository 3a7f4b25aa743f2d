"""Queries about Nexus material."""

from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone

from casework.material.models import (
    Ask,
    Check,
    Kind,
    Material,
    MaterialChange,
    Message,
    NoStatement,
    Original,
    Version,
)
from casework.material.states import ENDED, LOCKED, State
from casework.models import Case
from casework.parts import Unfinished
from casework.rules.words import written as date_in_words
from casework.states import State as CaseState
from casework.timeline import INTERNAL, SIZE, Entry
from nexus.accounts.models import User
from nexus.accounts.roles import POLICE_ROLES, Role
from nexus.parts import WorkWaiting
from nexus.soft_delete import RemovedRow, removed_rows
from referrals.queries import facts_of, standing_decision
from referrals.rules.assessment import statement_needed
from referrals.rules.terms import StatementNeed


def approved_for(case: Case) -> QuerySet[Material]:
    """The case's approved material that nothing has superseded: what a decision may rely on or relies on."""
    return Material.objects.filter(case=case, state__in=LOCKED).select_related("approval__version")


def asked_for_criminal_casework(material: Material) -> list[User]:
    """The case-owner of Criminal Casework for whom it was asked; nobody where it is a case of our own."""
    return list(
        User.objects.filter(support_asked__material=material, support_asked__from_criminal_casework=True)
    )


def statement_of(material: Material) -> Version | None:
    """The latest version of the statement."""
    return material.versions.filter(kind=Kind.STATEMENT).select_related("ask").first()


def original_of(ask: Ask) -> Original | None:
    """The file the force sends its text with, where it attached one."""
    return Original.objects.filter(ask=ask).select_related("file").first()


def originals_of(material: Material) -> dict[int, Original]:
    """The files of what was sent, by version."""
    found = Original.objects.filter(ask__version__material=material).select_related("file", "ask__version")
    return {original.ask.version.pk: original for original in found}


def removed_files(material: Material, ask: Ask) -> list[RemovedRow]:
    """What was attached to what is asked now and taken away again, each with the way to put it back."""
    records = removed_rows(
        ask.records(manager="with_removed"),
        title=lambda record: f"{record.description} ({record.file.name})",
        address=lambda record: reverse("material:restore_record", args=[material.pk, record.pk]),
    )
    originals = removed_rows(
        ask.originals(manager="with_removed"),
        title=lambda original: f"The file of the text: {original.file.name}",
        address=lambda original: reverse("material:restore_upload", args=[material.pk, original.pk]),
    )
    return records + originals


def checks_of(material: Material, *, version: Version | None = None) -> list[Check]:
    """The checks of its statement, or of one version, the latest first, each with all it says. Five queries."""
    found = Check.objects.filter(version__material=material, version__kind=Kind.STATEMENT)
    found = found.filter(version=version) if version else found
    rows = found.select_related("version", "checked_by")
    return list(rows.prefetch_related("points", "paragraphs", "records__record"))


def standing_check(version: Version) -> Check | None:
    """The latest check of a version."""
    return version.checks.select_related("checked_by").first()


def no_statement_needed(case: Case) -> NoStatement | None:
    """That the case needs no police statement, who said so and why; None where nobody has, or it was withdrawn."""
    return case.no_statements.filter(withdrawn_at=None).select_related("recorded_by").first()


def statement_indicated(case: Case) -> StatementNeed:
    """T4 as the rules read the referral now; whether a conviction is significant is triage's judgement."""
    decision = standing_decision(case.referral)
    significant = decision.significant_conviction if decision else None
    return statement_needed(facts_of(case.referral, significant_conviction=significant))


# The last word in the thread is the force's: a question, or an answer that nobody has acted on.
LAST_WORD = Subquery(
    Message.objects.filter(material=OuterRef("pk")).order_by("-at", "-pk").values("from_force")[:1]
)
UNANSWERED = Q(Exact(LAST_WORD, True)) & ~Q(state__in=ENDED)


def with_due_day(user: User) -> QuerySet[Material]:
    """What a list of material shows, with the day of what is asked of the force now."""
    open_ask = Ask.objects.filter(material=OuterRef("pk"), closed_at=None)
    return (
        Material.objects.visible_to(user)
        .select_related("case__referral__force", "case__case_owner")
        .prefetch_related("case__referral__nationalities")
        .annotate(due_on=Subquery(open_ask.values("due_on")[:1]), force_wrote=LAST_WORD)
    )


def overdue(today: date) -> Q:
    """The force has not sent what is asked of it by its day."""
    late = Ask.objects.open().filter(material=OuterRef("pk"), due_on__lt=today)
    return Q(Exists(late))


def to_approve(user: User) -> QuerySet[Material]:
    """Checked material that this Senior Caseworker neither checked nor commissioned."""
    latest = Check.objects.filter(version__material=OuterRef("pk")).order_by("-pk")
    return (
        Material.objects.filter(state=State.CHECKED)
        .annotate(checker=Subquery(latest.values("checked_by")[:1]))
        .exclude(checker=user.pk)
        .exclude(commissioned_by=user.pk)
    )


# Asked of Specialist Appeals, or relied on in a case under challenge: they "will review all Nexus material in
# cases where the enforcement decision is to be challenged at appeal" (p. 7).
FOR_APPEALS = Q(state=State.WITH_APPEALS) | Q(
    case__state=CaseState.CHALLENGED, state__in=[State.RELIED_ON, State.SERVED], appeals_reviews=None
)
OWNERS_LINES = (
    (State.SUMMARY_RECEIVED, "Summaries of material to review"),
    (State.SUMMARY_REVIEWED, "Statements to commission, or to record as not needed"),
    (State.RECEIVED, "Statements to check"),
    (State.ADVISED, "Material on which Specialist Appeals have advised"),
)


def work_waiting(*, user: User, now: datetime) -> Iterator[WorkWaiting]:
    """What waits for this person."""
    if user.role in POLICE_ROLES:
        today = timezone.localdate(now)
        asked, path = Ask.objects.visible_to(user).open(), reverse("material:asked")
        late = asked.filter(due_on__lt=today)
        yield WorkWaiting("Nexus material requested from your force", asked, path, late)
    elif user.role == Role.CASE_OWNER:
        own = Material.objects.filter(case__case_owner=user, case__outcome="")
        for state, words in OWNERS_LINES:
            yield WorkWaiting(words, own.filter(state=state), _list(state=state.value, mine="on"))
        late = own.filter(overdue(timezone.localdate(now)))
        yield WorkWaiting("Material overdue from the force", late, _list(overdue="on", mine="on"), late)
        asking = own.filter(UNANSWERED)
        yield WorkWaiting("Material with a message from the force", asking, _list(unanswered="on", mine="on"))
    elif user.role == Role.SENIOR_CASEWORKER:
        found = to_approve(user).filter(case__outcome="")
        yield WorkWaiting("Nexus material to approve", found, _list(state=State.CHECKED.value))
    elif user.role == Role.SPECIALIST_APPEALS:
        found = Material.objects.filter(FOR_APPEALS, case__outcome="")
        yield WorkWaiting("Nexus material to review and advise on", found, _list(for_appeals="on"))


def _list(**query: str) -> str:
    return f"{reverse('material:list')}?{urlencode(query)}"


# What each change is called in the case's timeline.
TITLES = {
    "request_summary": "Summary of material requested",
    "supply_summary": "Summary of material received",
    "return_summary": "Summary of material returned to the force",
    "review_summary": "Summary of material reviewed",
    "need_no_statement": "Summary of material no longer needed",
    "withdraw_no_statement": "Summary of material to be reviewed again",
    "commission": "Statement commissioned",
    "supply_statement": "Statement received",
    "check_statement": "Statement checked",
    "reject": "Statement rejected: a new version is requested",
    "approve": "Statement approved",
    "rely_on": "Nexus material relied on in a decision",
    "ask_for_appeals_review": "Specialist Appeals asked to review Nexus material",
    "advise": "Specialist Appeals advised on Nexus material",
    "serve": "Nexus material served",
    "supersede": "Nexus material set aside",
}
# What the force took part in, so that it may know of it.
TOLD_TO_FORCE = {
    "request_summary",
    "supply_summary",
    "return_summary",
    "commission",
    "supply_statement",
    "reject",
}


def timeline(*, case: Case, before: datetime | None) -> list[Entry]:
    """What happened to the case's material, for its timeline: two queries."""
    changes = MaterialChange.objects.filter(material__case=case).select_related("by", "material")
    if before:
        changes = changes.filter(at__lt=before)
    moves = [entry(change) for change in changes.order_by("-at", "-pk")[: SIZE + 1]]
    return moves + [found for row in _no_statements_of(case) for found in _no_statement(row)]


def _no_statements_of(case: Case) -> QuerySet[NoStatement]:
    return NoStatement.objects.filter(case=case).select_related("recorded_by", "withdrawn_by")


def _no_statement(row: NoStatement) -> Iterator[Entry]:
    yield Entry("No statement needed", row.recorded_at, row.recorded_by, row.because, tag=INTERNAL)
    if row.withdrawn_at:
        title = "A statement may be needed after all"
        yield Entry(title, row.withdrawn_at, row.withdrawn_by, row.withdrawn_because, tag=INTERNAL)


def entry(change: MaterialChange) -> Entry:
    text = "\n".join(filter(None, [change.material.title, change.reason]))
    tag = "" if change.verb in TOLD_TO_FORCE else INTERNAL
    return Entry(TITLES[change.verb], change.at, change.by, text, tag=tag)


def happened(material: Material) -> list[Entry]:
    """What happened to one piece of material, newest first, as casework reads it."""
    changes = MaterialChange.objects.filter(material=material).select_related("by")
    return [
        Entry(TITLES[change.verb], change.at, change.by, change.reason)
        for change in changes.order_by("-at", "-pk")
    ]


def asked_of(user: User) -> QuerySet[Ask]:
    """What the force still has to send, the nearest day first."""
    messages = Message.objects.filter(material=OuterRef("material")).order_by("-at", "-pk")
    last_word = messages.values("from_force")[:1]
    found = Ask.objects.filter(pk__in=Ask.objects.visible_to(user).open())
    found = found.prefetch_related("material__case__referral__nationalities")
    return found.select_related(
        "material__case__referral", "asked_by", "material__case__case_owner"
    ).annotate(reference=F("material__case__referral__reference"), force_wrote=Subquery(last_word))


def sent_by_force(user: User) -> list[Version]:
    """The latest that the force has sent, newest first."""
    found = Version.objects.filter(material__in=Material.objects.visible_to(user))
    return list(found.select_related("material__case__referral", "supplied_by")[:SENT_SHOWN])


SENT_SHOWN = 25


def not_conduct(material: Material) -> list[str]:
    """Events of the referral in which the subject was victim or witness: they never count as conduct."""
    events = material.case.referral.conduct.filter(part__in=["victim", "witness"])
    return [f"{event.get_part_display()}: {event.offence or event.get_kind_display()}" for event in events]


def still_goes_on(*, case: Case) -> list[Unfinished]:
    """What the force has still to send. Once the outcome is recorded it is asked no more."""
    rows = Ask.objects.open().filter(material__case=case).order_by("pk")
    return [
        Unfinished(
            f"material_{row.material_id}",
            f"The force is asked for a {row.noun}, due {date_in_words(row.due_on)}. Set it aside, or say why it is no "
            "longer needed.",
            ends_with_outcome=True,
        )
        for row in rows
    ]
