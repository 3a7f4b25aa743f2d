"""What a person checks before a report leaves the Home Office, and words that deserve a second look.

"Police partners will be provided with regular reports detailing all recorded progress" (p. 11). A report
never holds legal advice, health or third-party detail. The words below are a hint and decide nothing.
"""

import re
from collections.abc import Collection

# Key: (what the manager confirms, what is said when it is not confirmed).
CHECKLIST: dict[str, tuple[str, str]] = {
    "legal_advice": ("No legal advice", "Confirm that the report holds no legal advice."),
    "health": ("No health information", "Confirm that the report holds no health information."),
    "third_parties": (
        "Nothing about victims, witnesses, family members or other third parties",
        "Confirm that the report says nothing about third parties.",
    ),
    "working_notes": (
        "No internal working notes",
        "Confirm that the report holds no internal working notes.",
    ),
}

SECOND_LOOK: dict[str, tuple[str, ...]] = {
    "legal advice": ("legal advice", "privilege", "counsel", "barrister", "solicitor", "litigation risk"),
    "health": (
        "medical", "medication", "mental health", "hospital", "doctor", "diagnos", "pregnan", "self-harm",
        "suicid", "disab", "rule 35",
    ),
    "third parties": (
        "victim", "witness", "complainant", "informant", "wife", "husband", "girlfriend", "boyfriend",
        "child", "mother", "father", "daughter", "brother", "sister", "sponsor",
    ),
}  # fmt: skip
PATTERNS = {
    topic: re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\w*", re.IGNORECASE)
    for topic, words in SECOND_LOOK.items()
}


def unconfirmed(checked: Collection[str]) -> list[str]:
    """A sentence for each point of the checklist that is not confirmed."""
    return [missing for key, (_, missing) in CHECKLIST.items() if key not in checked]


def second_look(text: str) -> list[str]:
    """Each topic the text may touch with the words that say so: "health (hospital)"."""
    found = []
    for topic, pattern in PATTERNS.items():
        words = sorted({match.group().lower() for match in pattern.finditer(text)})
        if words:
            found.append(f"{topic} ({', '.join(words)})")
    return found
