"""The risks of a person, said once: every head, line of the queue, print and endpoint takes them from here."""

from collections.abc import Iterable
from itertools import chain

from nexus.once import once_a_reading
from nexus.ui.fields import first_upper
from referrals.models import Referral
from referrals.parts import Risk, referral_parts
from referrals.queries import policy_for, reference_date
from referrals.rules.assessment import age_on

# The answers that are risks: what each is about, its field on the referral, and how a "yes" is said.
ANSWERS = (
    ("trafficking", "trafficking_indicator", "trafficking indicator"),
    ("order under the Mental Health Act", "mental_health_order", "order under the Mental Health Act"),
    ("health", "health_condition", "health condition"),
    ("children", "has_children", "children in the UK"),
    ("asylum or human-rights claim", "active_claim", "active asylum or human-rights claim"),
)


def risks_on_referral(referral: Referral) -> list[Risk]:
    """What the referral itself says: a yes, or that nobody knows. A question left open in a draft says nothing."""
    answered = ((about, words, getattr(referral, field)) for about, field, words in ANSWERS)
    return [
        *_child(referral),
        *(
            Risk(about, words if answer == "yes" else "")
            for about, words, answer in answered
            if answer in ("yes", "not_known")
        ),
    ]


def _child(referral: Referral) -> Iterable[Risk]:
    """Under 18 by the force's answer or by the date of birth; not known where neither says."""
    policy, born = policy_for(referral), referral.date_of_birth
    young = born is not None and age_on(reference_date(referral), born) < policy.adult_age.number
    if referral.under_18 == "yes" or young:
        yield Risk(policy.child, f"appears to be {policy.child}")
    elif referral.under_18 == "not_known" and born is None:
        yield Risk(policy.child)


@once_a_reading
def risks_of(referral: Referral) -> list[Risk]:
    """Everything known of this person's risks; then what is not known: nobody has it as a yes, and nobody has ruled it out."""
    told_by_parts = (part.risks(referral=referral) for part in referral_parts() if part.risks)
    found = [*risks_on_referral(referral), *chain.from_iterable(told_by_parts)]
    answered = {risk.name for risk in found if risk.is_known or risk.ruled_out}
    return [risk for risk in found if risk.is_known] + [risk for risk in found if risk.name not in answered]


def risk_flags(referral: Referral) -> list[str]:
    """The risks in words, each once: ["appears to be under 18", "children: not known"]"""
    return list(dict.fromkeys(map(str, risks_of(referral))))


def unknown_risks(referral: Referral) -> list[str]:
    """What nobody knows of this person, each once: ["children", "health"]"""
    return list(dict.fromkeys(risk.name for risk in risks_of(referral) if not risk.is_known))


def in_words(flags: Iterable[str]) -> str:
    """Appears to be under 18; Children: not known"""
    return "; ".join(map(first_upper, flags)) or "None recorded"
