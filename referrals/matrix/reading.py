"""What a result means, what it lacks and on what it failed, in sentences: read off facts and assessment.

Nothing here changes an outcome: the rules are `referrals.rules`, and these are words about what they found.
"""

from dataclasses import dataclass

from referrals.rules.assessment import Assessment, plural, scope_of
from referrals.rules.facts import Facts
from referrals.rules.matrix import SPEAKS_FOR, MatrixOutcome
from referrals.rules.policy import Policy
from referrals.rules.terms import LEAVE_MAY_CONTINUE, MaterialLevel, Result, Scope, Status, StatusClass

PROVISIONAL = "This is provisional. It is not a decision of the Home Office, and it binds nobody."
# Outcomes that reject: they say all five statements of the domain brief.
REJECTS = frozenset({MatrixOutcome.M0, MatrixOutcome.M6})

MEANS: dict[MatrixOutcome, str] = {
    MatrixOutcome.M0: "On these answers the subject appears to be British, so Operation Nexus – High Harm does "
    "not apply.",
    MatrixOutcome.M1: "On these answers the subject has no valid leave and would be a priority to remove. If the "
    "Referrals Office accepts, the route would be administrative removal or deportation: either may be pursued.",
    MatrixOutcome.M2: "On these answers the subject’s convictions carry the case. If the Referrals Office accepts, "
    "the route would probably be conviction-led deportation.",
    MatrixOutcome.M3: "On these answers disclosable police material shows a current and ongoing threat. If the "
    "Referrals Office accepts, the route would probably be intelligence-led deportation.",
    MatrixOutcome.M4: "There is a custodial sentence in the UK, or you say that Criminal Casework has the case. "
    "Every foreign national given a custodial sentence is referred to Criminal Casework, and the case stays with "
    "them. Discuss with the Referrals Office whether it should be flagged.",
    MatrixOutcome.M5: "These answers are not enough to say. Find out what is missing, or discuss the case with the "
    "Referrals Office.",
    MatrixOutcome.M6: "On these answers none of the guidance’s limbs is met.",
}


@dataclass(frozen=True)
class Reading:
    """Everything the page says beside the limbs."""

    outcome: MatrixOutcome
    means: str
    scope_reasons: tuple[str, ...]
    failed: list[str]
    missing: list[str]
    could_change: list[str]

    @property
    def rejects(self) -> bool:
        return self.outcome in REJECTS


def read(facts: Facts, found: Assessment, outcome: MatrixOutcome, policy: Policy) -> Reading:
    return Reading(
        outcome=outcome,
        means=MEANS[outcome],
        scope_reasons=scope_of(facts, policy)[1],
        failed=failed(facts, found) if outcome in REJECTS else [],
        missing=[*missing(facts, policy), *for_a_person(facts, found)],
        could_change=[] if outcome in SPEAKS_FOR else could_change(facts, found),
    )


def may_be(facts: Facts, wanted: StatusClass) -> bool:
    """Whether the subject has, or may turn out to have, a status of this class."""
    return facts.status_class in (wanted, StatusClass.UNDETERMINED)


def missing(facts: Facts, policy: Policy) -> list[str]:
    """What was left unanswered and bears on the result, in the order of the form."""
    lawful, without = may_be(facts, StatusClass.LEAVE_OR_EEA), may_be(facts, StatusClass.NO_LEAVE)
    material = facts.material
    shows = lawful and material.level is not MaterialLevel.NONE
    undated = sum(event.convicted_on is None for event in facts.standing_convictions)
    questions: list[tuple[bool, str]] = [
        (
            facts.date_of_birth is None,
            f"The date of birth: nobody can say whether the subject is {policy.child}.",
        ),
        (not facts.nationalities, "The nationality."),
        (facts.immigration_status is Status.UNKNOWN, "The immigration status."),
        (
            facts.immigration_status is Status.EEA_NO_SCHEME_STATUS,
            "Whether the EEA national has or needs leave: a legal check, which a person makes.",
        ),
        (
            facts.immigration_status in LEAVE_MAY_CONTINUE and facts.leave_continues is None,
            "Whether the application or appeal was made in time, while leave ran: then leave continues.",
        ),
        (_is_pending(facts), "How the pending application, appeal or claim ends."),
        (facts.right_of_abode is None, "Whether the subject has the right of abode or is exempt."),
        (facts.active_police_interest is None, "Whether there is active police interest."),
        (without and facts.removal_priority is None, "Whether the subject would be a priority to remove."),
        (
            lawful and facts.harms_wider_community is None,
            "Who is harmed: individuals or the wider community.",
        ),
        (lawful and material.level is None, "What disclosable police material there is."),
        (shows and material.threat_current is None, "Whether the material shows a current threat."),
        (shows and material.threat_ongoing is None, "Whether the material shows an ongoing threat."),
        (not facts.conduct, "Conduct events, if there are any: none has been entered."),
        (undated > 0, f"The {plural(undated, 'date')} of {undated} {plural(undated, 'conviction')}."),
    ]
    return [sentence for is_missing, sentence in questions if is_missing]


def for_a_person(facts: Facts, found: Assessment) -> list[str]:
    """What no further answer settles: a named person has to look."""
    questions = []
    if found.scope is Scope.MANUAL_CHECK:
        questions.append("A legal check of the subject’s status, which a person makes.")
    to_judge = _to_judge(found)
    if to_judge and not found.persistence.guide_met and found.limb("1B").result is Result.UNKNOWN:
        questions.append(
            f"A person’s judgement whether {to_judge} can be persistent criminal activity: with reasons, fewer than "
            "the guide says, and what it does not count, may be."
        )
    return questions


def _to_judge(found: Assessment) -> str:
    """ "2 convictions in the period, 1 caution" """
    counted = found.persistence.counted
    in_period = [f"{counted} {plural(counted, 'conviction')} in the period"] if counted else []
    return ", ".join([*in_period, *found.persistence.left_for_a_person])


def _is_pending(facts: Facts) -> bool:
    continues = facts.immigration_status in LEAVE_MAY_CONTINUE and facts.leave_continues
    return facts.immigration_status in (*LEAVE_MAY_CONTINUE, Status.ASYLUM_PENDING) and not continues


def failed(facts: Facts, found: Assessment) -> list[str]:
    """Which criterion failed on what data, for an outcome that rejects."""
    if found.scope is Scope.OUT_OF_SCOPE:
        sentences = (
            "the immigration status is given as British citizen"
            if facts.immigration_status is Status.BRITISH
            else "British is among the nationalities given"
        )
        return [f"Scope: {sentences}."]
    if facts.active_police_interest is False:
        return ["Every limb asks for active police interest: you answered that there is none."]
    if facts.status_class is StatusClass.NO_LEAVE:
        return ["Limb 2 asks for a priority to remove: you answered that the subject would not be one."]
    return [_failed_1a(facts), *_failed_1b(facts, found)]


def _failed_1a(facts: Facts) -> str:
    if facts.material.level in (None, MaterialLevel.NONE):
        return "Limb 1A asks for disclosable police material: you answered that there is none."
    return "Limb 1A asks for a threat that is current and ongoing: you answered that it is not."


def _failed_1b(facts: Facts, found: Assessment) -> list[str]:
    reasons = []
    if facts.harms_wider_community is False:
        reasons.append(
            "Limb 1B asks for harm to the wider community: you answered that only individuals are harmed."
        )
    if not _to_judge(found):
        entered = (
            f"of {len(facts.conduct)} {plural(len(facts.conduct), 'event')} none"
            if facts.conduct
            else "no event"
        )
        reasons.append(
            f"Limb 1B asks for persistent criminal activity: {entered} is a conviction, a caution, a civil order or a "
            "pending charge of the subject."
        )
    return reasons


def could_change(facts: Facts, found: Assessment) -> list[str]:
    """What the limbs that may apply to this subject say would change them, each once."""
    if found.scope is Scope.OUT_OF_SCOPE:
        return [
            "Evidence that the subject is not British: say where the status or the nationality comes from."
        ]
    wanted = [
        limb for limb in found.limbs if may_be(facts, _class_for(limb.limb)) and limb.result is not Result.MET
    ]
    return list(dict.fromkeys(sentence for limb in wanted for sentence in limb.would_change))


def _class_for(limb: str) -> StatusClass:
    return StatusClass.NO_LEAVE if limb == "2" else StatusClass.LEAVE_OR_EEA
