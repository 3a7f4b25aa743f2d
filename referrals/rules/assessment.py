"""The assessment: scope, suitability limb by limb, persistence, statement, flag and allocation.

Each limb returns what it found, with the guidance's own sentence, the evidence counted and what
would change it. The table is the brief's T0 to T6. Nothing here accepts or refuses anything.
"""

from dataclasses import dataclass, field

from referrals.rules.counting import left_for_a_person, why_not_counted
from referrals.rules.dates import age_on
from referrals.rules.facts import Conduct, Facts
from referrals.rules.nationalities import BRITISH_CLASSES
from referrals.rules.policy import Policy, Topic
from referrals.rules.terms import (
    LEAVE_MAY_CONTINUE,
    ConductKind,
    Flag,
    MaterialLevel,
    Part,
    Result,
    Scope,
    SentenceType,
    StatementNeed,
    Status,
    StatusClass,
    Suitability,
)

LIVERPOOL = "Nexus High Harm, Liverpool"
UNCHANGED = "unchanged"
CRIMINAL_CASEWORK = "criminal_casework"


@dataclass(frozen=True)
class Limb:
    limb: str
    result: Result
    evidence: tuple[str, ...]
    would_change: tuple[str, ...]
    quotation: str
    source: str
    reading: str = ""


@dataclass(frozen=True)
class Persistence:
    """Convictions inside the period, and how many the guide speaks of. A guide only, and no condition.

    `left_for_a_person` is the criminal activity that the guide does not count, in words.
    """

    guide: int
    period: str
    counted: int
    uk: int
    overseas: int
    court_occasions: int
    undated: int
    guide_met: bool
    more_needed: int
    left_for_a_person: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assessment:
    policy_version: str
    scope: Scope
    scope_reasons: tuple[str, ...]
    limbs: tuple[Limb, ...]
    suitability: Suitability
    persistence: Persistence
    police_statement: StatementNeed
    flag: Flag
    allocation: str
    alerts: tuple[str, ...]
    # How the guidance is read where it matters for this subject, by the topic it is quoted for.
    readings: dict[str, str] = field(default_factory=dict)

    def limb(self, name: str) -> Limb:
        return next(limb for limb in self.limbs if limb.limb == name)


def assess(facts: Facts, policy: Policy) -> Assessment:
    """Everything the rules can say about one subject under one policy."""
    persistence = persistence_of(facts, policy)
    limbs = (limb_1a(facts, policy), limb_1b(facts, persistence, policy), limb_2(facts, policy))
    scope, scope_reasons = scope_of(facts, policy)
    return Assessment(
        policy_version=policy.version,
        scope=scope,
        scope_reasons=scope_reasons,
        limbs=limbs,
        suitability=suitability_of(facts, limbs),
        persistence=persistence,
        police_statement=statement_needed(facts),
        flag=flag_for(facts.metropolitan),
        allocation=allocation_for(facts.held_by),
        alerts=alerts_for(facts, policy),
        readings={topic.value: policy.reading(topic) for topic in readings_that_matter(facts)},
    )


def scope_of(facts: Facts, policy: Policy) -> tuple[Scope, tuple[str, ...]]:
    """T0. A person confirms each."""
    if facts.immigration_status is Status.BRITISH or "GBR" in facts.nationalities:
        return Scope.OUT_OF_SCOPE, ("The subject appears to be British, so is out of scope.",)
    reasons = []
    if facts.immigration_status is Status.IRISH or "IRL" in facts.nationalities:
        reasons.append("The subject appears to be Irish.")
    if facts.right_of_abode:
        reasons.append("The subject may have the right of abode.")
    if facts.immigration_status is Status.EXEMPT:
        reasons.append("The subject may be exempt from immigration control.")
    # Not British citizens: whether they may live here is a legal question.
    if BRITISH_CLASSES.keys() & set(facts.nationalities):
        reasons.append("The subject appears to hold a class of British nationality.")
    if facts.immigration_status is Status.EEA_NO_SCHEME_STATUS:
        reasons.append("The subject appears to be an EEA national without EU Settlement Scheme status.")
    if reasons:
        return Scope.MANUAL_CHECK, (*reasons, "A legal check by a person is needed.")
    if is_child(facts, policy):
        return Scope.SENIOR_REVIEW, (
            f"The subject appears to be {policy.child}. A senior person must review.",
        )
    return Scope.IN_SCOPE, ()


def is_child(facts: Facts, policy: Policy) -> bool:
    born = facts.date_of_birth
    return born is not None and age_on(facts.reference_date, born) < policy.adult_age.number


def persistence_of(facts: Facts, policy: Policy) -> Persistence:
    """T2. Standing convictions as an adult dated inside the window, both ends included, non-custodial counted."""
    guide = policy.persistence_convictions.number
    counted = [event for event in facts.conduct if not why_not_counted(event, facts, policy)]
    uk = sum(event.kind is ConductKind.CONVICTION for event in counted)
    return Persistence(
        guide=guide,
        period=policy.persistence_period.words,
        counted=len(counted),
        uk=uk,
        overseas=len(counted) - uk,
        court_occasions=len({event.court_occasion or str(event.convicted_on) for event in counted}),
        undated=sum(event.convicted_on is None for event in facts.standing_convictions),
        guide_met=len(counted) >= guide,
        more_needed=max(0, guide - len(counted)),
        left_for_a_person=left_for_a_person(facts, policy),
    )


def all_of(*results: Result) -> Result:
    """Not met if any is not met; else unknown if any is unknown; else met."""
    for worst in (Result.NOT_MET, Result.UNKNOWN):
        if worst in results:
            return worst
    return Result.MET


def answered(answer: bool | None) -> Result:
    if answer is None:
        return Result.UNKNOWN
    return Result.MET if answer else Result.NOT_MET


def status_is(facts: Facts, wanted: StatusClass) -> Result:
    if facts.status_class is StatusClass.UNDETERMINED:
        return Result.UNKNOWN
    return answered(facts.status_class is wanted)


def standing_of(facts: Facts, wanted: StatusClass) -> tuple[Result, list[str], list[str]]:
    """The two conditions every limb shares: the status it is for, and active police interest."""
    status, interest = status_is(facts, wanted), answered(facts.active_police_interest)
    evidence = [f"Immigration status: {facts.immigration_status.label}."]
    if facts.status_class is StatusClass.LEAVE_OR_EEA and facts.immigration_status in LEAVE_MAY_CONTINUE:
        evidence.append("Said to be made in time, while leave ran: leave continues.")
    would_change = []
    if status is Result.UNKNOWN:
        would_change.append("Establish the immigration status.")
        if facts.immigration_status in LEAVE_MAY_CONTINUE and facts.leave_continues is None:
            would_change.append("Say whether the application or appeal was made in time, while leave ran.")
    elif status is Result.NOT_MET:
        would_change.append(f"This limb is for a subject with: {wanted.label[:1].lower()}{wanted.label[1:]}.")
    if interest is Result.MET:
        evidence.append("There is active police interest.")
    elif interest is Result.NOT_MET:
        would_change.append("Active police interest is needed.")
    else:
        would_change.append("Say whether there is active police interest.")
    return all_of(status, interest), evidence, would_change


def _limb(name: str, result: Result, evidence: list[str], would_change: list[str], policy: Policy) -> Limb:
    """A limb beside what the policy says of it."""
    quotation = policy.quotation(name)
    return Limb(
        name,
        result,
        tuple(evidence),
        tuple(would_change),
        quotation.text,
        quotation.source,
        policy.reading(name),
    )


def limb_1a(facts: Facts, policy: Policy) -> Limb:
    """T1, 1A: leave or EEA, active interest, and disclosable material evidencing the threat.

    Without material it is not met. With some, and while it is not said whether the threat is current and ongoing,
    the limb is unknown, never refused.
    """
    standing, evidence, would_change = standing_of(facts, StatusClass.LEAVE_OR_EEA)
    material = facts.material
    has_material = answered(None if material.level is None else material.level is not MaterialLevel.NONE)
    current, ongoing = answered(material.threat_current), answered(material.threat_ongoing)
    if has_material is Result.MET and material.level:
        evidence.append(f"Disclosable material: {material.level.label.lower()}.")
    else:
        if has_material is Result.NOT_MET:
            evidence.append("No disclosable police material is recorded.")
        would_change.append("A summary or a statement of disclosable police material.")
    for result, word in ((current, "current"), (ongoing, "ongoing")):
        if result is Result.MET:
            evidence.append(f"The threat is said to be {word}.")
        else:
            would_change.append(f"Material showing that the threat is {word}.")
    unanswered = has_material is not Result.NOT_MET and Result.UNKNOWN in (current, ongoing)
    threat = Result.UNKNOWN if unanswered else all_of(has_material, current, ongoing)
    return _limb("1A", all_of(standing, threat), evidence, would_change, policy)


def limb_1b(facts: Facts, persistence: Persistence, policy: Policy) -> Limb:
    """T1, 1B: leave or EEA, active interest, and persistent criminal activity harming the community.

    The guide is only a guide: fewer convictions than it says, and criminal activity that it does not count, leave
    the limb for a person to judge.
    """
    standing, evidence, would_change = standing_of(facts, StatusClass.LEAVE_OR_EEA)
    harm = answered(facts.harms_wider_community)
    if persistence.guide_met:
        persistent = Result.MET
    else:
        to_judge = persistence.counted or persistence.left_for_a_person
        persistent = Result.UNKNOWN if to_judge else Result.NOT_MET
        would_change.append(
            f"{persistence.more_needed} more dated {plural(persistence.more_needed, 'conviction')} "
            "would meet the guide. It is a guide only."
        )
    evidence.append(
        f"{persistence.counted} {plural(persistence.counted, 'conviction')} counted in the previous {persistence.period} "
        f"({persistence.uk} UK, {persistence.overseas} overseas), on {persistence.court_occasions} court "
        f"{plural(persistence.court_occasions, 'occasion')}."
    )
    if persistence.left_for_a_person:
        left = ", ".join(persistence.left_for_a_person)
        evidence.append(f"Not counted by the guide, for a person to judge: {left}.")
    if persistence.undated:
        would_change.append("The dates of the undated convictions.")
    if harm is Result.MET:
        evidence.append("The activity is said to harm the wider community.")
    else:
        would_change.append("Evidence that the activity causes harm to the wider community.")
    return _limb("1B", all_of(standing, harm, persistent), evidence, would_change, policy)


def limb_2(facts: Facts, policy: Policy) -> Limb:
    """T1, 2: no valid leave, active interest, and a priority for enforcement action to remove."""
    standing, evidence, would_change = standing_of(facts, StatusClass.NO_LEAVE)
    priority = answered(facts.removal_priority)
    if priority is Result.MET:
        evidence.append("Police interest is said to make the subject a priority for removal.")
    elif priority is Result.UNKNOWN:
        would_change.append("Say whether the subject would be a priority for removal.")
    else:
        would_change.append("Reasons why the subject would be a priority for removal.")
    return _limb("2", all_of(standing, priority), evidence, would_change, policy)


def suitability_of(facts: Facts, limbs: tuple[Limb, ...]) -> Suitability:
    """T1. 1A and 1B are alternatives: see the policy's reading of the bullet they stand under."""
    if facts.active_police_interest is False or facts.immigration_status is Status.BRITISH:
        return Suitability.NOT_MET
    if facts.active_police_interest is None or facts.status_class in (
        StatusClass.UNDETERMINED,
        StatusClass.NOT_LIABLE,
    ):
        return Suitability.UNDETERMINED
    results = {limb.result for limb in limbs}
    if Result.MET in results:
        return Suitability.MET
    return Suitability.UNDETERMINED if Result.UNKNOWN in results else Suitability.NOT_MET


def statement_needed(facts: Facts) -> StatementNeed:
    """T4. "police intelligence statements may not always be required" (p. 9): required where the subject
    is here lawfully without a significant conviction. What is significant is a person's judgement."""
    if facts.status_class is StatusClass.NO_LEAVE:
        return StatementNeed.NOT_NECESSARILY
    if facts.status_class is not StatusClass.LEAVE_OR_EEA:
        return StatementNeed.UNDETERMINED
    if not facts.standing_convictions or facts.significant_conviction is False:
        return StatementNeed.REQUIRED
    if facts.significant_conviction:
        return StatementNeed.NOT_NECESSARILY
    return StatementNeed.UNDETERMINED


def flag_for(metropolitan: bool) -> Flag:
    """T6. City of London is not the Metropolitan Police: Regional."""
    return Flag.NEXUS_HIGH_HARM if metropolitan else Flag.REGIONAL


def allocation_for(held_by: str | None) -> str:
    """T6. "If no team has been allocated the case it will be allocated to Nexus High Harm in Liverpool";
    a case another team holds "should remain with the command it is allocated to" (pp. 11-12)."""
    return UNCHANGED if held_by else LIVERPOOL


def alerts_for(facts: Facts, policy: Policy) -> tuple[str, ...]:
    alerts = []
    if facts.held_by != CRIMINAL_CASEWORK and any(is_uk_custody(event) for event in facts.conduct):
        alerts.append(
            "There is a custodial sentence and Criminal Casework is not recorded as holding the case: "
            "tell the Duty Desk."
        )
    if is_child(facts, policy):
        alerts.append(f"The subject appears to be {policy.child}: a senior person must review.")
    if any(event.part in (Part.VICTIM, Part.WITNESS) for event in facts.conduct):
        alerts.append("Events in which the subject was a victim or witness are not counted as offending.")
    return tuple(alerts)


def readings_that_matter(facts: Facts) -> list[Topic]:
    """Of what the guidance leaves open, the topics that bear on this subject; the limbs carry their own."""
    convictions = facts.standing_convictions
    here = [event for event in convictions if event.kind is ConductKind.CONVICTION]
    custody = (SentenceType.CUSTODIAL, SentenceType.SUSPENDED)
    bearing = {
        Topic.EEA: facts.immigration_status is Status.EEA_NO_SCHEME_STATUS,
        Topic.PENDING: facts.immigration_status in LEAVE_MAY_CONTINUE,
        Topic.NO_STATUS: facts.status_class is StatusClass.NO_LEAVE,
        Topic.CUSTODY: any(event.sentence_type in custody for event in here),
        Topic.OVERSEAS: any(
            event.sentence_type is SentenceType.CUSTODIAL for event in convictions if event not in here
        ),
        Topic.STATEMENT: facts.status_class is StatusClass.LEAVE_OR_EEA,
    }
    return [topic for topic, bears in bearing.items() if bears]


def is_uk_custody(event: Conduct) -> bool:
    return (
        event.kind is ConductKind.CONVICTION
        and event.is_standing_conviction
        and event.sentence_type is SentenceType.CUSTODIAL
    )


def plural(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"
