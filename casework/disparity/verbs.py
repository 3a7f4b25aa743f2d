"""What is done to a finding: it is answered in writing."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from casework.disparity import actions
from casework.disparity.actions.respond import GONE
from casework.disparity.permissions import WHO_MAY
from casework.disparity.queries import Finding, findings, quarters, tables_of
from casework.disparity.rules import Quarter
from nexus.accounts.models import User
from nexus.ui.reasons import reason_form
from nexus.verbs import Verb, VerbPages

ResponseForm = reason_form(
    "Why may it be so, and what is done?",
    hint="What you looked at, what explains it or does not, and what follows. Do not name a person",
    missing="Enter why it may be so, and what is done",
    noun="the response",
    name="text",
    rows=8,
)


def find_quarter(slug: str) -> Quarter:
    """A quarter that is over. Raises Http404."""
    found = [each for each in quarters(timezone.now()) if each.slug == slug]
    if not found:
        raise Http404(slug)
    return found[0]


def find_finding(by: User, *, quarter: str, finding: str) -> Finding:
    """A finding, without words where it stands no more. Raises PermissionDenied for who does not read the figures,
    Http404 for a quarter that is not over."""
    WHO_MAY.permit("view", by)
    of_quarter = find_quarter(quarter)
    standing = {each.key: each for each in findings(of_quarter, tables_of(of_quarter))}
    return standing.get(finding) or Finding(of_quarter, finding, "")


pages = VerbPages(
    verbs={
        "respond": Verb(
            action=actions.respond,
            form=ResponseForm,
            heading="Respond to a finding",
            button="Save the response",
            success="Your response is saved",
            reasons_against=lambda finding, by, now: [] if finding.words else [GONE],
            page_context=lambda finding, by: {"finding": finding},
            template="casework/disparity/respond.html",
        )
    },
    who_may=WHO_MAY,
    find=find_finding,
    ids=lambda finding: {"quarter": finding.quarter.slug, "finding": finding.key},
    back=lambda finding, by: reverse("disparity:quarter", args=[finding.quarter.slug]),
)
