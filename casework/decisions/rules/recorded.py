"""Where a draft says no and the case has the opposite recorded. It informs; whoever drafts it says why."""

from collections.abc import Mapping, Sequence

from casework.decisions.rules.law import QUESTIONS

# By question: the answer that denies it, and how the risks of a case begin that speak against that answer.
DENIED_BY: dict[str, tuple[str, tuple[str, ...]]] = {
    "children": ("no", ("children",)),
    "trafficking": ("none", ("trafficking",)),
    "adult_at_risk": (
        "no",
        (
            "adult at risk",
            "health condition",
            "mental health",
            "order under the Mental Health Act",
            "appears to be under 18",
        ),
    ),
}
NOT_KNOWN = "not known"  # how a risk ends of which nobody could say


def contradictions(answers: Mapping[str, Mapping[str, str]], risks: Sequence[str]) -> list[str]:
    """One sentence for each answer that the recorded risks of the case speak against."""
    found = []
    for name, (denial, beginnings) in DENIED_BY.items():
        recorded = [risk for risk in risks if risk.startswith(beginnings) and not risk.endswith(NOT_KNOWN)]
        if recorded and answers.get(name, {}).get("choice") == denial:
            question = QUESTIONS[name]
            found.append(
                f"The case has recorded: {', '.join(recorded)}. The draft says “{dict(question.choices)[denial]}” "
                f"to “{question.words}”. Explain why in its reasons."
            )
    return found
