"""The text of a decision as it is bound to those who review and make it: its answers, and its letters word for word."""

import hashlib
import json

from casework.decisions.letters.composing import body_words
from casework.decisions.models import Decision
from casework.decisions.queries import findings_of, given_answers


def text_hash_of(decision: Decision) -> str:
    """The SHA-256 of everything the decision says, the words of its letters included: what is reviewed is what is
    decided, and what is decided is what is served. The decision-maker's own reasons come on top of it."""
    text = {
        "checklist": decision.checklist,
        "answers": given_answers(decision),
        "findings": [
            [each.event_id, each.allegation, each.evidence, each.proved, each.reasons]
            for each in findings_of(decision)
        ],
        "material": sorted(decision.material.values_list("pk", "approval__sha256")),
        "claims": sorted(decision.claims.values_list("pk", flat=True)),
        "letter": decision.letter,
        "words": body_words(decision),
    }
    return hashlib.sha256(json.dumps(text, sort_keys=True).encode()).hexdigest()
