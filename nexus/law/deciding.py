"""Powers on which a decision to remove or deport may rest."""

from datetime import date

from nexus.law.statement import Condition, Person, Statement, at_least, no

NOT_BRITISH_OR_IRISH = Condition(
    "Is not a British or Irish citizen", no(lambda person: person.british_or_irish)
)


def adult_at_conviction(person: Person) -> bool | None:
    return None if person.age_at_conviction is None else person.age_at_conviction >= 18


DECIDING = (
    Statement(
        "iaa_1999_s10",
        "Immigration and Asylum Act 1999, section 10: no leave, and leave is required",
        "Somebody who needs leave to enter or remain and does not have it may be removed. Since 20 November 2023 "
        "only after the notices and the period of sections 10A to 10E.",
        "Immigration and Asylum Act 1999 (c. 33), section 10, as substituted by the Immigration Act 2014, section 1",
        date(2014, 10, 20),
        conditions=(
            Condition("Has no leave to enter or remain", no(lambda person: person.has_leave), may_have_changed=True),
            NOT_BRITISH_OR_IRISH,
        ),
    ),
    Statement(
        "ia_1971_s3_5a",
        "Immigration Act 1971, section 3(5)(a): deportation is conducive to the public good",
        "Somebody who is not a British citizen may be deported where the Secretary of State deems it conducive to the "
        "public good. The order itself is made under section 5(1).",
        "Immigration Act 1971 (c. 77), section 3(5)(a), lettered so by the Immigration and Asylum Act 1999, Schedule 14",
        date(2000, 10, 2),
        conditions=(NOT_BRITISH_OR_IRISH,),
    ),
    Statement(
        "ukba_2007_s32",
        "UK Borders Act 2007, section 32: automatic deportation of a foreign criminal",
        "The Secretary of State must make a deportation order for a foreign criminal who was sentenced in the United "
        "Kingdom to at least 12 months’ imprisonment, unless an exception of section 33 applies.",
        "UK Borders Act 2007 (c. 30), sections 32 to 34; condition 1 commenced by SI 2008/1818",
        date(2008, 8, 1),
        conditions=(
            NOT_BRITISH_OR_IRISH,
            Condition("Was convicted in the United Kingdom", lambda person: person.convicted_here),
            Condition("Was sentenced to at least 12 months’ imprisonment, not suspended", at_least(12)),
            Condition("Was 18 or over when convicted (section 33(3))", adult_at_conviction),
            Condition(
                "Is not protected by the withdrawal agreement for conduct before 2021 (section 33)",
                no(lambda person: person.protected_by_withdrawal_agreement),
            ),
            Condition(
                "No appeal against the conviction or sentence is or could be pending (section 34(2))",
                no(lambda person: person.appealed_conviction),
            ),
        ),
    ),
    Statement(
        "eea_2016_r23",
        "Immigration (European Economic Area) Regulations 2016, regulations 23 and 27, as saved",
        "Saved for people whom the withdrawal agreement protects, and only for conduct before 11pm on 31 December 2020. "
        "Later conduct is looked at under the Immigration Act 1971.",
        "SI 2016/1052, regulations 23 and 27; revoked with savings by SI 2020/1209 and SI 2020/1210",
        date(2017, 2, 1),
        conditions=(
            Condition(
                "Is protected by the withdrawal agreement",
                lambda person: person.protected_by_withdrawal_agreement,
            ),
            Condition(
                "Some of the conduct was before 11pm on 31 December 2020",
                lambda person: person.conduct_before_2021,
            ),
        ),
    ),
)  # fmt: skip
