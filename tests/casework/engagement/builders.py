"""Engagements in any state, reached by what people do. All people here are invented."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from casework.engagement import actions
from casework.engagement.exact_text import exact_text, sha256_of, text_to_sign
from casework.engagement.models import Authorisation, Engagement
from casework.engagement.rules.authorising import Check
from casework.engagement.rules.risks import Answered, Question
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.recording import record
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from tests.builders import NOON, a_force, a_user, an_assigned_case

DAWN = NOON + timedelta(days=2)
NO = {question.value: Answered("no", "") for question in Question}
POWER = {
    "arrest": "ia1971_s2_17",
    "detention": "ia1971_s2_16",
    "detention_on_reporting": "ia1971_s2_16",
    "serving_papers": "notices2003",
    "escort": "iaa1999_p8",
}


def details(kind: str = "arrest", **answers: Any) -> dict[str, Any]:
    return {
        "legal_power": POWER[kind],
        "address": "14 Quince Row, Port Selby",
        "window_starts_at": DAWN,
        "window_ends_at": DAWN + timedelta(hours=6),
        "asked": "Four officers and a van.",
        "why": "He has absconded twice.",
        **answers,
    }


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def a_draft(
    *, case: Case | None = None, kind: str = "arrest", force: str = "20", by: User | None = None
) -> Engagement:
    case = case or an_assigned_case()
    return actions.start(
        case_id=case.pk, by=by or case.case_owner, now=at(3), kind=kind, force=a_force(force)
    )


def filled(engagement: Engagement, *, risks: dict[str, Answered] | None = None, **answers: Any) -> Engagement:
    """Both parts written by the requester."""
    by = {"engagement_id": engagement.pk, "by": engagement.requested_by, "now": at(4)}
    actions.save_risks(**by, risks={**NO, **(risks or {})}, at_risk_level="", safety_note="Two large dogs.")
    return actions.save_details(**by, **details(engagement.kind, **answers))


def requested(*, risks: dict[str, Answered] | None = None, **kwargs: Any) -> Engagement:
    engagement = filled(a_draft(**kwargs), risks=risks)
    return actions.request(engagement_id=engagement.pk, by=engagement.requested_by, now=at(5))


def read(engagement: Engagement, by: User, now: datetime | None = None) -> None:
    """The person opens its page."""
    record(kind="engagement.viewed", by=by, subject=engagement, now=now or at(6))


def assured(*, cio: User, **kwargs: Any) -> Engagement:
    engagement = requested(**kwargs)
    read(engagement, cio)
    return actions.quality_assure(
        engagement_id=engagement.pk,
        by=cio,
        now=at(6),
        checked=Check.values(),
        findings="All records were seen.",
    )


def assessed(*, cio: User, **kwargs: Any) -> Engagement:
    engagement = assured(cio=cio, **kwargs)
    return actions.assess_risk(
        engagement_id=engagement.pk,
        by=cio,
        now=at(7),
        risk_level="medium",
        risk_controls="Dog handler first.",
    )


def authorising(engagement: Engagement, **answers: Any) -> dict[str, Any]:
    """What a CIO or HMI fills in, on the page of this engagement."""
    now = answers.get("now", at(8))
    return {
        "now": now,
        "reasons": "Necessary and proportionate.",
        "conditions": "Not before 6am.",
        "expires_at": DAWN + timedelta(hours=8),
        "margin_reason": "Officers may be held up on the way.",
        "confirmed_at": now,
        "sha256": sha256_of(exact_text(engagement)),
        **answers,
    }


def authorised(*, cio: User, **kwargs: Any) -> Engagement:
    engagement = assessed(cio=cio, **kwargs)
    actions.authorise(engagement_id=engagement.pk, by=cio, **authorising(engagement))
    return Engagement.objects.get(pk=engagement.pk)


def tasked(*, cio: User | None = None, **kwargs: Any) -> Engagement:
    cio = cio or a_user(Role.CIO_HMI)
    engagement = authorised(cio=cio, **kwargs)
    return actions.task(engagement_id=engagement.pk, by=cio, now=at(9))


def accepted(*, officer: User, **kwargs: Any) -> Engagement:
    engagement = tasked(**kwargs)
    return actions.accept(engagement_id=engagement.pk, by=officer, now=at(10), words="Response team 2.")


def executed(*, officer: User, **kwargs: Any) -> Engagement:
    engagement = accepted(officer=officer, **kwargs)
    return actions.execute(
        engagement_id=engagement.pk,
        by=officer,
        now=DAWN + timedelta(hours=2),
        happened_at=DAWN,
        officers="Two",
    )


def a_verbal_one(
    *, cio: User, case: Case | None = None, now: datetime | None = None, **answers: Any
) -> Engagement:
    """Logged by a CIO on the telephone with the case-owner; it runs for six hours."""
    case, now = case or an_assigned_case(), now or at(10)
    said = {
        "kind": "arrest",
        "force": a_force("20"),
        "asked_by": case.case_owner,
        "asked_at": now - timedelta(minutes=10),
        "said": "He is at the address now; arrest him, dog handler first.",
        "conditions": "",
        "expires_at": now + timedelta(hours=6),
        "risks": {"adults_at_risk": Answered("no", ""), "trafficking": Answered("no", "")},
        "confirmed_at": now,
    }
    return actions.log_verbal(case_id=case.pk, by=cio, now=now, **{**said, **answers})


def sections_written(engagement: Engagement, *, by: User, now: datetime, **answers: Any) -> None:
    """Every section of a write-up, by whoever writes it."""
    one: dict[str, Any] = {"engagement_id": engagement.pk, "by": by, "now": now}
    actions.save_risks(**one, risks=answers.pop("risks", NO), at_risk_level="", safety_note="")
    actions.save_details(**one, **details(engagement.kind, **answers))


def signing(engagement: Engagement, **answers: Any) -> dict[str, Any]:
    """What is left to say when every section is written, on the page that shows them."""
    written = Engagement.objects.select_related("case__referral", "force").get(pk=engagement.pk)
    said = {"risk_level": "high", "risk_controls": "Dog handler first.", "reasons": "As said on the phone."}
    return {**said, "sha256": sha256_of(text_to_sign(written)), **answers}


def standing(engagement: Engagement) -> Authorisation:
    return Authorisation.objects.get(engagement=engagement, voided_at=None, replaced_at=None)


def refusal(act: Any, **kwargs: Any) -> str:
    """What the action says against it."""
    with pytest.raises(Refused) as refused:
        act(**kwargs)
    return " ".join(refused.value.reasons)


def told(engagement: Engagement, kind: str) -> set[str]:
    """The roles of those who were told."""
    rows = Notification.objects.filter(kind=kind, subject_id=str(engagement.pk))
    return {row.person.role for row in rows}
