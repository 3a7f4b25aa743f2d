"""What is said of a pair, taken back, merged and undone, a row a verb (nexus/verbs.py).

The page of a pair itself is by hand: it stands beside the two sides (views/pairs.py).
"""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from nexus.accounts.models import User
from nexus.audit.recording import record
from nexus.requests import SignedInRequest
from nexus.verbs import Verb, VerbPages
from referrals.duplicates import actions, forms
from referrals.duplicates.actions.judge import reasons_not_to_judge, reasons_not_to_take_back
from referrals.duplicates.actions.merge import reasons_not_linked, reasons_not_to_merge, reasons_not_to_undo
from referrals.duplicates.lists import JUDGEMENTS, MERGES, referrals_of
from referrals.duplicates.models import Judgement, Merge, Verdict
from referrals.duplicates.permissions import WHO_MAY
from referrals.instead import dissent_or_note

SAID = {
    Verdict.SAME: "Linked as the same person. Both references stay as they are",
    Verdict.NOT_SAME: "Recorded as not the same person. You will not be asked again",
}


def reasons_neither_leads(said: Judgement, by: User, now: datetime) -> list[str]:
    """Why neither of the two can lead the other now; empty when one of them can."""
    reasons, both = reasons_not_linked(said), referrals_of(said.pair)
    if reasons or len(both) < 2:
        return reasons
    one, other = both
    ways = [reasons_not_to_merge(one, other, by), reasons_not_to_merge(other, one, by)]
    return list(dict.fromkeys([*ways[0], *ways[1]])) if all(ways) else []


PAIR_VERBS = {
    "judge": Verb(
        action=actions.judge,
        form=forms.JudgeForm,
        heading="Is this the same person?",
        button="Record",
        success=lambda said: SAID[Verdict(said.verdict)],
        reasons_against=lambda pair, by, now: reasons_not_to_judge(pair),
        instead=lambda pair, by: dissent_or_note(
            pair.referral, pair, "the answer to “Is this the same person?”"
        ),
    ),
}

JUDGEMENT_VERBS = {
    "take_back": Verb(
        action=actions.take_back,
        form=forms.TakeBackForm,
        heading="Take back an answer",
        button="Take back",
        success="Taken back. Officers will be asked about the pair again",
        reasons_against=lambda said, by, now: reasons_not_to_take_back(said),
        template="referrals/duplicates/take_back.html",
    ),
    "merge": Verb(
        action=actions.merge,
        form=forms.MergeForm,
        heading="Merge two referrals of the same person",
        button="Merge",
        success=lambda made: f"{made.follower} now follows {made.leading}",
        reasons_against=reasons_neither_leads,
        form_kwargs=lambda said, by: {"referrals": referrals_of(said.pair)},
        next_page=lambda said, made: reverse("referrals:detail", args=[made.leading.reference]),
        template="referrals/duplicates/merge.html",
    ),
}

MERGE_VERBS = {
    "undo_merge": Verb(
        action=actions.undo_merge,
        form=forms.UndoMergeForm,
        heading="Undo a merge",
        button="Undo the merge",
        success=lambda made: f"{made.follower} is triaged on its own again",
        address="undo/",
        reasons_against=lambda made, by, now: reasons_not_to_undo(made),
        next_page=lambda made, undone: reverse("referrals:detail", args=[undone.follower.reference]),
    ),
}


def show_judgement(
    request: SignedInRequest, said: Judgement, name: str, *, status: int, verb: Verb, **context: Any
) -> HttpResponse:
    """The page of a verb under both references."""
    both = referrals_of(said.pair)
    record(kind=f"duplicates.{name}_viewed", by=request.user, subjects=both, now=timezone.now())
    context |= {"verb": verb, "said": said, "caption": " and ".join(str(each) for each in both)}
    return render(request, verb.template, context, status=status)


def show_merge(
    request: SignedInRequest, made: Merge, name: str, *, status: int, **context: Any
) -> HttpResponse:
    """The page of a verb under what follows what."""
    both = [made.leading, made.follower]
    record(kind="duplicates.merge_viewed", by=request.user, subjects=both, now=timezone.now())
    context |= {"made": made, "caption": f"{made.follower} follows {made.leading}"}
    return render(request, "referrals/duplicates/undo_merge.html", context, status=status)


judgement_pages = VerbPages(
    verbs=JUDGEMENT_VERBS,
    who_may=WHO_MAY,
    find=JUDGEMENTS.find,
    ids=lambda said: {"judgement_id": said.pk},
    show=show_judgement,
    back=lambda said, by: reverse("duplicates:pair", args=[said.pair_id]),
)

merge_pages = VerbPages(
    verbs=MERGE_VERBS,
    who_may=WHO_MAY,
    find=MERGES.find,
    ids=lambda made: {"merge_id": made.pk},
    show=show_merge,
    back=lambda made, by: reverse("referrals:detail", args=[made.leading.reference]),
)
