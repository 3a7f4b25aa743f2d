"""Every page that each role can reach by links, over demonstration data; each kind looked at by axe at both widths.

A crawl follows links from the top navigation and from one referral, case and report in every state.
Pages that differ only in whose they are count as one. NEXUS_SCREENSHOTS keeps a picture of each.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from random import Random
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.db.models import Count, QuerySet
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from casework import actions
from casework.decisions.models import Decision
from casework.decisions.states import MOVES as DECISION_MOVES
from casework.decisions.states import ChallengeState
from casework.decisions.states import State as DecisionState
from casework.demonstration.decision_stories import DecisionStories
from casework.demonstration.make import make
from casework.demonstration.people import sign_ins
from casework.engagement.models import Engagement
from casework.engagement.states import ALLOWED as ENGAGEMENT_ALLOWED
from casework.engagement.states import MOVES as ENGAGEMENT_MOVES
from casework.material.models import Material
from casework.material.states import MOVES as MATERIAL_MOVES
from casework.material.states import State as MaterialState
from casework.models import Case
from casework.queries import related_to
from casework.reports.models import ProgressReport
from casework.states import WORKED
from casework.states import State as CaseState
from casework.support.models import SupportRequest
from casework.support.states import MOVES as SUPPORT_MOVES
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.ui.navigation import destinations
from referrals import actions as referral_actions
from referrals.datawash.models import Wash
from referrals.desk import actions as desk_actions
from referrals.desk.permissions import DESK
from referrals.duplicates.models import Merge, Pair
from referrals.duty_desk.models import Enquiry
from referrals.models import Proposal, Referral, SpecialConditionsFlag
from referrals.queries import standing_proposal
from referrals.rules.terms import CONVICTIONS
from referrals.states import State
from tests.browsers import BOTH_WIDTHS, NARROW
from tests.builders import a_draft, all_carried_over
from tests.driving import signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("second_reading")]

# Files, not pages. Their own tests open them.
FILES = {
    "desk:export",
    "referrals:pdf",
    "referrals:attachment",
    "casework:document",
    "support:document",
    "decisions:letter",
    "material:bundle",
    "material:record",
    "material:original",
    "casework:printed",
    "reports:download",
    "tribunal:version",
    "tribunal:chronology_file",
    "datawash:download",
    "datawash:rejected",
    "datawash:template",
    "audit:export",
}
# Doors that only take a POST: buttons lead there, links never.
POSTED_TO = {
    "accounts:provider",
    "accounts:sign_out",
    "accounts:revoke_token",
    "audit:verify",
    "accounts:stay_signed_in",
    "drafts:discard",
    "drafts:save",
    "notifications:mark_all_read",
    "notifications:retry",
    "casework:complete_task",
    "material:restore_record",
    "material:restore_upload",
    "casework:cancel_absence",
    "decisions:draft",
    "decisions:restore_finding",
    "referrals:restore_row",
    "datawash:queue",
    "datawash:refer",
    "desk:make_default",
    "desk:take_next",
    "duty_desk:take",
    "matrix:refer",
    "referrals:claim",
    "reports:acknowledge",
    "tribunal:confirm_redaction",
    "tribunal:gather_entries",
    "tribunal:move_entry",
    "tribunal:order_entries",
    "tribunal:remake_bundle",
    "reports:requeue",
    "support:pass_on",
    "support:submit",
}
# The verbs of a record past its period, and of a request for access; their own browser tests look at them.
RETENTION_VERBS = ("erase", "hold", "keep", "lift", "propose", "send_back")
ACCESS_VERBS = ("add_record", "answer", "decide", "export", "refuse")
# Pages that no link of a crawl leads to, and why.
NOT_BY_LINK = {
    "engagement:rung": "comes after a search is posted; tests/casework/engagement/test_before_deciding.py looks at it",
    "datawash:answer": "its form stands on the page of the list; tests/referrals/datawash/test_answer.py looks at it",
    "referrals:reconsider": "follows a correction, which nobody tells; tests/referrals/test_correct.py looks at it",
    "referrals:tell_recipient": "follows a correction, which nobody tells; tests/referrals/test_correct.py looks at it",
    "desk:open_view": "a notification leads there, and it sends on to the queue",
    "keying:correct": "stands behind a tab of the list; tests/casework/test_day_in_a_browser.py looks at it",
    "notifications:open": "sends everybody on to what it is about",
    "referrals:find": "stands behind the box in the head of every page; tests/referrals/test_find.py looks at it",
    "accounts:provider_back": "a provider sends people there; tests/nexus/accounts/test_openid.py goes that way",
    "material:released": "nobody tells of material that Criminal Casework asked for; tests/casework/material/test_in_a_browser.py looks at it",
    "material:released_file": "stands there, and is a file",
    "material:ask_appeals": "is a verb of that page; tests/casework/material/test_criminal_casework.py does it",
    "material:record_service": "is a verb of that page; done there too",
    "home": "sends everybody on to their first page",
    "accounts:sign_in": "everybody is signed in; it is looked at by its own test",
    "desk:many": "comes after rows of the queue are ticked; tests/referrals/desk/test_in_a_browser.py looks at it",
    "desk:many_done": "follows that",
    "desk:save_view": "comes after filters are set; looked at there too",
    "referrals:submitted": "comes once, after submitting",
    "administration:bank_holiday_withdraw": "no bank holiday is added in the demonstration",
    "administration:user_enable": "nobody is disabled in the demonstration",
    "referrals:take_back": "for the officer who asked; tests/referrals/test_triage_in_a_browser.py looks at it",
    "referrals:withdraw_question": "the same",
    "health": "for the proxy",
    "metrics": "for a program with a token of its own",
    "accounts:second_step": "everybody is signed in; tests/nexus/accounts/test_second_factor_in_a_browser.py looks at it",
    **dict.fromkeys(
        ("accounts:invitation", "accounts:choose_password"),
        "an e-mail leads there; tests/nexus/accounts/test_administration_in_a_browser.py looks at it",
    ),
    **dict.fromkeys(
        (
            "tribunal:bundle",
            "tribunal:change_entry",
            "tribunal:make_bundle",
            "tribunal:withdraw_redaction",
        ),
        "nobody in the demonstration has begun a bundle; tests/casework/tribunal/test_in_a_browser.py looks at them",
    ),
    "administration:integration_withdraw": "no program in the demonstration is granted",
    "administration:program_key_add": "no program in the demonstration is granted",
    "administration:program_key_withdraw": "no program in the demonstration is granted",
    "accounts:factor_remove": "nobody in the demonstration has a second factor to spare",
    "administration:user_agree_to_reset": "no reset waits for a second administrator in the demonstration",
    **dict.fromkeys(
        ("retention:detail", *(f"retention:{verb}" for verb in RETENTION_VERBS)),
        "nothing in the demonstration has passed its period",
    ),
    **dict.fromkeys(
        ("rights:detail", *(f"rights:{verb}" for verb in ACCESS_VERBS)),
        "nobody in the demonstration has asked for access",
    ),
}
# Pages of acts that a small demonstration offers on some days only: those that wait for a state of a part, whichever
# month it is played in. The access matrix opens each of them every time.
PARTS_BY_STATE = {
    "decisions": DECISION_MOVES,
    "engagement": (*ENGAGEMENT_MOVES, *ENGAGEMENT_ALLOWED),
    "material": MATERIAL_MOVES,
    "support": SUPPORT_MOVES,
}
SOME_DAYS = {f"{part}:{verb}" for part, moves in PARTS_BY_STATE.items() for verb in moves} | {
    "casework:correct_person",
    "casework:remove_person",
    "disparity:respond",
    "material:advise",
    "material:commission",
    "material:give_more_time",
    "material:remove_upload",
    "material:serve",
    "material:withdraw_no_statement",
    # On the first days of a month its one report may not be there yet.
    "reports:detail",
    "reports:period",
    "reports:release",
}
# Offered always, because its page lists what a case still has open: refused beforehand, with the reasons.
SAYS_WHY_NOT = {"casework:close"}
AXE_BY_ROLES = 1  # the same page is looked at by axe for so many roles; every role's is read
OWN_KEYS = {
    "reference",
    "pk",
    "row_id",
    "report_id",
    "case_id",
    "user_id",
    "team_id",
    "code",
    "entry_id",
    "view_id",
    "shift_id",
}
OWN_KEYS |= {
    "first",
    "last",
    "barrier_id",
    "document_id",
    "task_id",
    "notification_id",
    "mail_id",
    "wash_id",
    "candidate_id",
}
OWN_KEYS |= {"key", "quarter", "finding"}
OWN_KEYS |= {"material_id", "version_id", "record_id", "original_id", "old_id", "new_id"}
OWN_KEYS |= {"proposal_id", "reading_id", "draw_id"}
OWN_KEYS |= {"request_id", "message_id"}
OWN_KEYS |= {"engagement_id", "issue_id"}
OWN_KEYS |= {"stale_id", "recipient_id"}
OWN_KEYS |= {"key", "related_id", "absence_id", "person_id"}
OWN_KEYS |= {"decision_id", "challenge_id", "finding_id"}
OWN_KEYS |= {"hearing_id", "bundle_id", "entry_id", "redaction_id", "line_key"}
OWN_KEYS |= {"question_id", "call_id", "agreement_id", "assessment_id", "matter_id"}
OWN_KEYS |= {"pair_id", "judgement_id", "merge_id"}


@dataclass
class Found:
    """What the crawl saw: pages by what they are, what they are made of, and what was wrong."""

    seen: Counter[str] = field(default_factory=Counter)
    routes: set[str] = field(default_factory=set)
    pieces: set[str] = field(default_factory=set)  # tags, and tags with a class
    wrong: list[str] = field(default_factory=list)


# Hundreds of pages of one template each, made from the schema; tests/nexus/developers reads them all.
OF_THE_SCHEMA = ("developers:group", "developers:operation", "developers:shape")


def what_it_is(path: str) -> tuple[str, str]:
    """The name of the route, and the name with what tells its pages apart: "section harm", not whose."""
    match = resolve(path)
    if match.view_name in OF_THE_SCHEMA:
        return match.view_name, match.view_name
    parts = [str(value) for key, value in sorted(match.kwargs.items()) if key not in OWN_KEYS]
    return match.view_name, " ".join([match.view_name, *parts])


def make_what_is_rare() -> None:
    """What a small demonstration may lack today: a draft conviction, an open barrier, a case to close."""
    now, today = timezone.now(), timezone.localdate()
    officer = User.objects.get(email="officer@wmp.example")
    draft = a_draft(by=officer, now=now)
    conviction = {"kind": "conviction", "part": "convicted", "grounding": "fact", "offence": "Theft"}
    referral_actions.add_row(referral_id=draft.pk, by=officer, now=now, kind="conduct", values=conviction)
    owner = User.objects.get(email="caseowner@liverpool.example")
    manager = User.objects.get(email="manager@liverpool.example")
    others = Case.objects.filter(state__in=WORKED, barriers=None).exclude(case_owner=owner)
    barred, ended = others.exclude(state__in=(CaseState.DRAFTED, CaseState.REVIEWED)).order_by("-pk")[:2]
    for case in (barred, ended):
        actions.reassign(
            case_id=case.pk, by=manager, now=now, case_owner=owner, reason="On leave until Monday."
        )
    actions.record_barrier(
        case_id=barred.pk, by=owner, now=now, kind="claim", since=today, details="A claim was made."
    )
    for other in Case.objects.filter(case_owner=owner, state__in=WORKED).exclude(pk=barred.pk)[:2]:
        if other.pk not in {each.other.pk for each in related_to(barred)}:
            told = {"other": other, "kind": "other", "reason": "They rent from one landlord."}
            actions.relate(case_id=barred.pk, by=owner, now=now, **told)
    for task in ended.tasks.filter(done_at=None):
        actions.complete_task(case_id=ended.pk, task_id=task.pk, by=owner, now=now)
    actions.record_outcome(
        case_id=ended.pk,
        by=owner,
        now=now,
        outcome="not_pursued",
        outcome_on=today,
        reasons="No evidence of harm.",
        carried_over=all_carried_over(ended, "not_pursued", today),
    )
    draft_a_decision(others.exclude(pk__in=(barred.pk, ended.pk)), owner, manager, now)
    # In the evening the demonstration's officer may hold only what waits for a second reader.
    for by in User.objects.filter(email="referrals@croydon.example"):
        referral_actions.take_next(by=by, now=now)
    for by in User.objects.filter(role__in=DESK):
        desk_actions.save_view(by=by, now=now, name="Waiting", query="state=submitted")


def draft_a_decision(among: QuerySet[Case], owner: User, manager: User, now: datetime) -> None:
    """At some hours of the day no case of the demonstration's case-owner is ready for one."""
    case = among.filter(state__in=(CaseState.EVIDENCE, CaseState.ASSIGNED)).order_by("-pk")[0]
    actions.reassign(case_id=case.pk, by=manager, now=now, case_owner=owner, reason="On leave until Monday.")
    seniors = list(User.objects.filter(role=Role.SENIOR_CASEWORKER))
    telling = DecisionStories(seniors, lambda *_: None)
    telling.up_to(DecisionState.DRAFT, Random("a draft"), case, owner, now)  # noqa: S311


# Where material offers what only this role may do.
MATERIAL_OF: dict[str, tuple[str, ...]] = {
    Role.CASE_OWNER: tuple(MaterialState),
    Role.SENIOR_CASEWORKER: (MaterialState.CHECKED,),
    Role.SPECIALIST_APPEALS: (MaterialState.WITH_APPEALS,),
}


def starts(user: User) -> Iterator[str]:
    """Where a person begins: the navigation, one of everything in each state, and forms behind a choice."""
    yield from (path for _, path in destinations(user.role))
    yield reverse("accounts:account")
    if user.role == Role.REFERRALS_OFFICER:
        flag = SpecialConditionsFlag.objects.standing().latest("pk")
        yield reverse("referrals:remove_flag", args=[flag.referral.reference])
        removed = SpecialConditionsFlag.objects.latest_of_each().exclude(removed_at=None).latest("pk")
        yield reverse("referrals:set_flag_again", args=[removed.referral.reference])
    # First what offers most: one's own, with most events, not yet over.
    referrals = sorted(
        Referral.objects.visible_to(user).annotate(events=Count("conduct")).order_by("-events", "pk"),
        key=lambda referral: (
            referral.claimed_by_id != user.pk,
            standing_proposal(referral) is not None or referral.followers.exists(),
            not referral.conduct.filter(kind="conviction").exists(),
        ),
    )
    cases = sorted(
        Case.objects.visible_to(user).select_related("referral").order_by("-pk"),
        key=lambda case: (case.case_owner_id != user.pk, not case.barriers.filter(lifted_at=None).exists()),
    )
    for referral in one_a_state(referrals):
        yield reverse("referrals:detail", args=[referral.reference])
        yield from behind_a_choice(user, referral)
    for case in sorted(one_a_state(cases), key=lambda case: case.state == CaseState.CLOSED):
        yield reverse("casework:detail", args=[case.referral.reference])
    for wash in one_a_state(Wash.objects.visible_to(user).order_by("pk")):
        yield reverse("datawash:detail", args=[wash.pk])
    for asked in one_a_state(SupportRequest.objects.visible_to(user).order_by("pk")):
        yield reverse("support:detail", args=[asked.pk])
    for report in one_a_state(ProgressReport.objects.visible_to(user).order_by("pk")):
        yield reverse("reports:detail", args=[report.pk])
    for proposal in one_a_state(Proposal.objects.visible_to(user).filter(proposed_by=user)):
        yield reverse("referrals:proposal", args=[proposal.referral.reference, proposal.pk])
    some = Material.objects.filter(state__in=MATERIAL_OF.get(user.role, ())).select_related("case")
    for material in one_a_state(sorted(some, key=lambda each: (each.case.case_owner_id != user.pk, each.pk))):
        yield reverse("material:detail", args=[material.pk])
    yield from of_one_person(user)
    decisions = Decision.objects.visible_to(user).select_related("case__referral").order_by("-pk")
    challenged = decisions.filter(challenges__state=ChallengeState.OPEN)
    own_first = sorted(decisions, key=lambda decision: decision.case.case_owner_id != user.pk)
    for decision in (*one_a_state(own_first), *challenged[:1]):
        yield reverse("decisions:detail", args=[decision.case.referral.reference])
    for engagement in one_a_state(Engagement.objects.visible_to(user)):
        yield reverse("engagement:detail", args=[engagement.pk])
    for enquiry in one_a_state(Enquiry.objects.visible_to(user)):
        yield reverse("duty_desk:detail", args=[enquiry.pk])


def of_one_person(user: User) -> Iterator[str]:
    """A pair nobody has judged, one that is linked, and a referral that leads another."""
    pairs = Pair.objects.visible_to(user)
    linked = pairs.filter(judgements__verdict="same", judgements__merges=None)
    for pair in (*pairs.filter(judgements=None, other__isnull=False)[:1], *linked[:1]):
        yield reverse("duplicates:pair", args=[pair.pk])
    for merge in Merge.objects.visible_to(user).standing():
        yield reverse("referrals:detail", args=[merge.leading.reference])


def behind_a_choice(user: User, referral: Referral) -> Iterator[str]:
    """Forms that a chosen radio or a saved page leads to, not a link."""
    if user.role == Role.REFERRALS_OFFICER and referral.state == State.IN_TRIAGE:
        yield from (
            reverse(f"referrals:{verb}", args=[referral.reference])
            for verb in ("accept", "not_accept", "redirect")
        )
    if user.role == Role.REFERRALS_OFFICER and referral.state == State.NOT_ACCEPTED:
        yield reverse("referrals:reopen", args=[referral.reference])
    convicted = referral.conduct.filter(kind__in=CONVICTIONS).first()
    if user.is_police and referral.state == State.DRAFT and convicted:
        yield reverse("referrals:conviction", args=[referral.reference, convicted.pk])


def one_a_state(rows: Any) -> Iterator[Any]:
    states = set()
    for row in rows:
        if row.state not in states:
            states.add(row.state)
            yield row


class Read(HTMLParser):
    """What a page holds: its links, its first headings, whether it has a title, and of which pieces it is made."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.headings = 0
        self.title = ""
        self.pieces: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.headings += tag == "h1"
        self.pieces |= {f"{tag} {name}" for name in (told.get("class") or "").split()} or {tag}
        if tag == "a" and told.get("href"):
            self.links.append(told["href"] or "")

    def handle_data(self, text: str) -> None:
        if self.lasttag == "title":
            self.title += text.strip()


Look = Callable[[str, str, bool], None]  # a path, the name of its picture, and whether axe looks at it too


def crawl(client: Client, user: User, found: Found, look: Look) -> int:
    """Read one page of each kind that this person's links lead to; the number read.

    The browser looks at a page of a kind that nobody had before, and at each that is made of a new piece.
    """
    waiting = deque((path, True) for path in starts(user))
    been: set[str] = set()
    kinds: set[str] = set()
    while waiting:
        path, wanted = waiting.popleft()
        route, kind = what_it_is(urlsplit(path).path)
        no_page = route in FILES or route.startswith("api:")
        if no_page or path in been or (kind in kinds and not wanted):
            continue
        been.add(path)
        kinds.add(kind)
        answer = client.get(path, follow=True)
        says_why = answer.status_code == 409 and route in SAYS_WHY_NOT
        if answer.status_code >= 400 and not says_why:
            found.wrong.append(f"{user.role}: {path} answered {answer.status_code}")
            continue
        at = answer.request["PATH_INFO"]  # it may have sent us on
        route, kind = what_it_is(at)
        kinds.add(kind)
        found.routes.add(route)
        page = Read(answer.text)
        if page.headings != 1 or not page.title:
            found.wrong.append(f"{user.role}: {path} has {page.headings} first headings")
        if found.seen[kind] < AXE_BY_ROLES or page.pieces - found.pieces:
            name = f"{user.role} {kind} {len(been)}".replace(":", "-").replace(" ", "-")
            look(path, name, found.seen[kind] < AXE_BY_ROLES)
        found.seen[kind] += 1
        found.pieces |= page.pieces
        waiting.extend((link, False) for link in of_the_service(page.links, at))
    return len(been)


def of_the_service(links: list[str], at: str) -> Iterator[str]:
    """The links that stay within the service, as paths, seen from where they stand."""
    for link in links:
        parts = urlsplit(urljoin(at, link))
        if not parts.scheme and not parts.netloc and parts.path:
            yield parts._replace(fragment="").geturl()


def pages_of_the_service(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    """Every named route but the API's."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace != "api":
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from pages_of_the_service(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield namespace + pattern.name


def test_every_page_of_every_role(
    new_context: Callable[..., BrowserContext],
    live_server: Any,
    axe: Callable[..., None],
    screenshot: Callable[[Page, str], None],
) -> None:
    make(now=timezone.now(), referrals=110, months=1)
    make_what_is_rare()
    found = Found()
    read = sum(
        pages_of(
            user, signed_in(new_context(), live_server.url, user), live_server.url, found, axe, screenshot
        )
        for user in User.objects.filter(email__in=[email for _, email, _ in sign_ins()])
    )
    assert not found.wrong, "\n".join(found.wrong)
    assert read > 700 and len(found.seen) > 200, "The crawl has lost its way."
    unseen = set(pages_of_the_service(get_resolver().url_patterns)) - found.routes
    unexplained = sorted((unseen ^ (FILES | POSTED_TO | set(NOT_BY_LINK))) - SOME_DAYS)
    assert not unexplained, f"Never reached, or reached after all: {', '.join(unexplained)}"


def pages_of(
    user: User,
    page: Page,
    address: str,
    found: Found,
    axe: Callable[..., None],
    screenshot: Callable[[Page, str], None],
) -> int:
    """Every kind of page of one person, looked at where it is new; the number read."""

    def look(path: str, name: str, with_axe: bool) -> None:
        page.set_viewport_size(NARROW)
        page.goto(address + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW["width"]:
            found.wrong.append(f"{user.role}: {path} is {width} pixels wide")
        if with_axe:
            screenshot(page, name)
        for size, options in BOTH_WIDTHS if with_axe else ():
            page.set_viewport_size(size)
            try:
                axe(page, options)
            except AssertionError as violation:
                found.wrong.append(f"{name} at {size['width']}: {violation}")

    client = Client()
    client.force_login(user)
    read = crawl(client, user, found, look)
    page.context.close()
    assert read >= 2
    return read
