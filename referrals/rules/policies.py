"""The policies there have been, oldest first, and which of them is in force on a day.

A new policy is a row at the end of POLICIES with the day from which it is in force. What was assessed under an
older one stays so: decisions, proposals and results of the matrix name their version, so no row is ever taken away
or changed.
"""

from datetime import date, timedelta

from referrals.rules.policy import Authority, Policy, Quotation, Threshold, Topic, Unit
from referrals.rules.readings import FIRST_READINGS

PAGE_9 = "Operation Nexus – High Harm, version 1.0, page 9"

FIRST = Policy(
    version="2017-03-15",
    in_force_from=date(2017, 3, 15),
    title="Operation Nexus – High Harm, version 1.0",
    persistence_convictions=Threshold(5, Unit.CONVICTION, Authority.GUIDANCE, PAGE_9),
    persistence_period=Threshold(3, Unit.YEAR, Authority.GUIDANCE, PAGE_9),
    # A subject below it is a child, whom a senior person reviews.
    adult_age=Threshold(18, Unit.YEAR, Authority.STATUTE, "Children Act 1989, section 105(1)"),
    # Custody overseas of at least this length indicates the conviction-led route. The guidance names no length, and
    # section 32 of the UK Borders Act is of convictions in the UK only.
    overseas_custody=Threshold(
        12, Unit.MONTH, Authority.LOCAL, "A local choice: the length in the Immigration Rules, Part 9, paragraph 9.4.1"
    ),
    # How long police may detain without charge; extensions are not counted here.
    detention=Threshold(24, Unit.HOUR, Authority.STATUTE, "Police and Criminal Evidence Act 1984, section 41(1)"),
    quotations={
        Topic.DEFINITION: Quotation(
            "For the purposes of Operation Nexus, Foreign National Offenders (FNOs) are considered as ‘High Harm’ "
            "cases where their conduct incurs significant adverse impact, whether physical, emotional or financial, "
            "upon individuals or the wider community.",
            5,
        ),
        Topic.WITH_LEAVE: Quotation(
            "holds valid immigration leave or is a European Economic Area (EEA) national, is the subject of active "
            "police interest and there is evidence that their conduct meets the definition of ‘High Harm’",
            9,
        ),
        Topic.LIMB_1A: Quotation(
            "the provision of disclosable police material evidencing a current and ongoing threat to the public", 9
        ),
        Topic.LIMB_1B: Quotation(
            "persistent criminal activity that causes harm to the wider community- as a guide, this could be "
            "evidenced by 5 or more convictions within the previous 3 years including non-custodial sentences",
            9,
        ),
        Topic.LIMB_2: Quotation(
            "has no valid immigration leave and is subject to active police interest, which would make the subject "
            "a priority for immigration enforcement action to remove",
            9,
        ),
        Topic.GUIDE: Quotation(
            "as a guide, this could be evidenced by 5 or more convictions within the previous 3 years including "
            "non-custodial sentences",
            9,
        ),
        Topic.PROCEED: Quotation(
            "Referrals will proceed where the evidence collated or presented can be reasonably deemed to support "
            "removal or deportation when balanced against immigration status and length of residence within the UK.",
            9,
        ),
        Topic.STATEMENT: Quotation("police intelligence statements may not always be required", 9),
        Topic.STATEMENT_WHEN: Quotation(
            "deportation may be pursued where police partners can demonstrate an existing threat to the public by "
            "providing a police statement for the case-owner to consider",
            9,
        ),
        Topic.NO_STATUS: Quotation(
            "Where a subject has no immigration status in the UK or their offending and conduct has resulted in a "
            "criminal conviction, then administrative removal or deportation may be pursued without this type of "
            "statement or evidence.",
            9,
        ),
        Topic.CUSTODY: Quotation(
            "All foreign nationals who receive a custodial sentence are referred to Home Office Criminal Casework by "
            "the National Offender Management Service for consideration for deportation.",
            9,
        ),
        Topic.OVERSEAS: Quotation(
            "The Nexus High Harm team will pursue deportation based upon convictions (both in the UK and abroad)", 6
        ),
        Topic.EEA: Quotation("holds valid immigration leave or is a European Economic Area (EEA) national", 9),
        Topic.PENDING: Quotation("holds valid immigration leave", 9),
        Topic.COMMITMENT: Quotation(
            "each referral is recognised as a commitment from police partners that they will pro-actively engage with "
            "Immigration Enforcement activity. This includes providing as necessary additional information; "
            "assistance in tracing absconders; giving evidence in person at Immigration Tribunal appeal hearings; "
            "providing resources to serve papers or arrest and detain foreign nationals under immigration powers.",
            11,
        ),
        Topic.ONUS: Quotation(
            "where the matrix rejects a subject of real concern the onus is on law-enforcement to discuss the case "
            "directly with Nexus High Harm Referrals in Croydon",
            11,
        ),
        Topic.FLAG: Quotation(
            "The Nexus High Harm flag does not, in itself, render the case subject to allocation to the Nexus High "
            "Harm team but it does indicate ongoing police interest or concern and signify that police colleagues are "
            "willing to support immigration enforcement activity.",
            11,
        ),
        Topic.CASE_REMAINS: Quotation(
            "Where the case is being managed by Criminal Casework (CC) the case should remain with the command it is "
            "allocated to. However, CC case-owners should be aware of the flag and what it signifies.",
            12,
        ),
        Topic.ELIGIBLE: Quotation(
            "All cases with an existing Nexus High Harm flag are eligible for police support although staff should "
            "note that availability of resource will be a factor and early engagement with Nexus is advisable.",
            13,
        ),
    },
    readings=FIRST_READINGS,
)  # fmt: skip
POLICIES: tuple[Policy, ...] = (FIRST,)


class NoPolicy(LookupError):
    """No policy was in force on that day."""


def policy_on(day: date) -> Policy:
    """The policy in force on that day. Raises NoPolicy before the first."""
    in_force = [each for each in POLICIES if each.in_force_from <= day]
    if not in_force:
        raise NoPolicy(f"No policy was in force on {day.isoformat()}.")
    return max(in_force, key=lambda each: each.in_force_from)


def shortest_detention() -> timedelta:
    """To look for clocks near their end: no policy lets one run out sooner."""
    return min(each.detention.length for each in POLICIES)


def policy_of_version(version: str) -> Policy:
    """The policy of that version; KeyError when there never was one."""
    return {each.version: each for each in POLICIES}[version]
