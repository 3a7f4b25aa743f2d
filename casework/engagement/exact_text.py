"""The exact text of an operation, to which an authorisation is bound: what it says, its hash, and what has changed in it."""

import hashlib
import json
from datetime import datetime
from typing import Any

from casework.engagement.models import Engagement
from casework.engagement.rules.authorising import reasons_not_this_text
from casework.engagement.rules.risks import AT_ONCE, Answered, Question, Risks
from nexus.ui.fields import first_upper


def risks_of(engagement: Engagement) -> Risks:
    return {Question(row.question): Answered(row.answer, row.words) for row in engagement.risks.all()}


def exact_text(engagement: Engagement) -> str:
    """What an authorisation is bound to, every word: until it is in writing what was said, then all that is written.

    JSON, because it says unmistakably where each answer begins and ends.
    """
    return as_text(what_was_said(engagement) if engagement.to_write_up else what_is_written(engagement))


def as_text(sections: Any) -> str:
    """The sections as the text that is hashed."""
    return json.dumps(sections, ensure_ascii=False, indent=1, sort_keys=True)


def on_one_line(text: str) -> str:
    """The same text as a page sends it: a browser would write its line ends anew."""
    return json.dumps(json.loads(text), ensure_ascii=False)


def what_was_said(engagement: Engagement) -> dict[str, Any]:
    """The words of the call, and the answers given at once: what is written up beside them may wait."""
    risks = risks_of(engagement)
    return {
        "case": engagement.case.referral.reference,
        "requested_by": engagement.requested_by_id,
        "kind": engagement.kind,
        "force": engagement.force.code,
        "said": engagement.asked,
        "risks": {str(question): risks[question].answer for question in AT_ONCE if question in risks},
    }


def what_is_written(engagement: Engagement) -> dict[str, Any]:
    """The request and its risk assessment."""
    risks = risks_of(engagement)
    return {
        "case": engagement.case.referral.reference,
        "requested_by": engagement.requested_by_id,
        "kind": engagement.kind,
        "force": engagement.force.code,
        "legal_power": engagement.legal_power,
        "address": engagement.address,
        "from": _iso(engagement.window_starts_at),
        "until": _iso(engagement.window_ends_at),
        "asked": engagement.asked,
        "why": engagement.why,
        "safety_note": engagement.safety_note,
        "risks": {str(question): [given.answer, given.words] for question, given in risks.items()},
        "at_risk_level": engagement.at_risk_level,
        "risk_level": engagement.risk_level,
        "risk_controls": engagement.risk_controls,
    }


def _iso(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else ""


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def text_to_sign(engagement: Engagement) -> str:
    """What whoever authorises, or signs a write-up, has before them on their page."""
    return as_text(what_is_written(engagement))


def reasons_text_changed(sha256: str, shown_text: str, text: str) -> list[str]:
    """Refuses where the page showed another text, and says what differs as far as the page sent what it showed."""
    try:
        shown = json.loads(shown_text)
    except ValueError:
        shown = {}
    is_shown = isinstance(shown, dict) and sha256_of(as_text(shown)) == sha256
    differences = differences_between(shown, json.loads(text)) if is_shown else []
    return reasons_not_this_text(sha256, sha256_of(text), differences)


def differences_between(shown: dict[str, Any], now_is: dict[str, Any]) -> list[str]:
    """Address: your page said “1 Elm Row”, it is now “2 Elm Row”."""
    named = [(name, shown.get(name, ""), now_is.get(name, "")) for name in {**shown, **now_is}]
    return [
        f"{first_upper(name.replace('_', ' '))}: your page said “{before}”, it is now “{after}”."
        for name, before, after in named
        if before != after
    ]
