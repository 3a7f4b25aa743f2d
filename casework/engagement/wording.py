"""The sections of a request or a write-up, what each still lacks, and what may be done with the whole."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from casework.engagement.exact_text import risks_of
from casework.engagement.models import Engagement
from casework.engagement.rules.gaps import COMPLETING, DETAILS, ISSUE, RISKS, Gap, risk_gaps
from casework.engagement.rules.risks import reasons_adults_at_risk_unanswered
from nexus.accounts.models import User
from nexus.instead import Instead
from nexus.ui.formatting import count
from nexus.ui.unanswered import Unanswered, at
from referrals.instead import dissent_or_note

# What is offered on its page, in this order. The sections have links of their own.
OFFERED = {
    "request": "Send the request",
    "write_up": "Sign the write-up",
    "quality_assure": "Quality-assure",
    "assess_risk": "Assess the risk",
    "authorise": "Authorise",
    "task": "Task the force",
    "record_trafficking": "Record whether it may go ahead",
    "look_again": "Ask for a new authorisation",
    "send_back": "Return with issues",
    "refuse": "Refuse",
    "reopen": "Change the request",
    "withdraw": "Withdraw",
}


def offered(verbs: Iterable[str], *, missing: bool, refused: Iterable[str]) -> list[tuple[str, str]]:
    """The buttons: nothing is offered that is refused already for what is missing or has ended."""
    hidden = {*(COMPLETING if missing else ()), *refused}
    return [(verb, words) for verb, words in OFFERED.items() if verb in verbs and verb not in hidden]


def address_of(engagement: Engagement, gap: Gap) -> str:
    """The page and field where it is filled in."""
    args = [engagement.pk, gap.issue] if gap.issue else [engagement.pk]
    return at(reverse(f"engagement:{gap.page}", args=args), f"id_{gap.field}")


def unanswered_risks(engagement: Engagement) -> list[Unanswered]:
    """What the risk assessment still lacks, for its own page."""
    gaps = risk_gaps(risks_of(engagement), at_risk_level=engagement.at_risk_level)
    return [Unanswered(gap.field, gap.sentence, address_of(engagement, gap)) for gap in gaps]


def linked(engagement: Engagement, gaps: Sequence[Gap], verbs: set[str]) -> list[dict[str, str]]:
    """What is missing, each with the way to it for whoever may fill it in."""
    return [
        {
            "text": gap.sentence.rstrip("."),
            "href": address_of(engagement, gap) if gap.page in verbs else "",
        }
        for gap in gaps
    ]


def sections(engagement: Engagement, gaps: Sequence[Gap], verbs: set[str]) -> list[dict[str, str]]:
    """The task list of whoever writes: each section with what it lacks, then the whole."""
    if RISKS not in verbs:
        return []
    first = reasons_adults_at_risk_unanswered(engagement.kind, risks_of(engagement))
    issues = [gap for gap in gaps if gap.page == ISSUE]
    parts = [
        part("Risk assessment", engagement, RISKS, gaps),
        part("What is asked", engagement, DETAILS, gaps)
        if not first
        else {"title": "What is asked", "status": "cannot_start", "hint": first[0]},
    ]
    if issues:
        hint = count(len(issues), "issue") + " to settle"
        parts.append(
            {
                "title": "Issues",
                "href": address_of(engagement, issues[0]),
                "status": "incomplete",
                "hint": hint,
            }
        )
    return [*parts, the_whole(engagement, gaps, verbs)]


def part(title: str, engagement: Engagement, page: str, gaps: Sequence[Gap]) -> dict[str, str]:
    missing = sum(gap.page == page for gap in gaps)
    return {
        "title": title,
        "href": reverse(f"engagement:{page}", args=[engagement.pk]),
        "status": "incomplete" if missing else "completed",
        "hint": f"{count(missing, 'answer')} missing" if missing else "",
    }


def the_whole(engagement: Engagement, gaps: Sequence[Gap], verbs: set[str]) -> dict[str, str]:
    verb = "write_up" if engagement.to_write_up else "request"
    if gaps or verb not in verbs:
        hint = "A CIO or HMI signs it" if engagement.to_write_up else ""
        return {"title": OFFERED[verb], "status": "cannot_start", "hint": hint}
    href = reverse(f"engagement:{verb}", args=[engagement.pk])
    return {"title": OFFERED[verb], "href": href, "status": "incomplete"}


def dissent_from_it(engagement: Engagement, by: User) -> Instead:
    """A colleague has answered the request meanwhile."""
    return dissent_or_note(engagement.case.referral, engagement, f"{engagement}", whole="case")
