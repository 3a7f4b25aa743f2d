"""Powers to arrest, detain, escort and serve: what an operation rests on."""

from datetime import date

from nexus.law.statement import Actor, Condition, Person, Statement


def used_by(actor: Actor) -> Condition:
    """Only for this actor; not known while nobody has said who acts."""

    def holds(person: Person) -> bool | None:
        return None if person.used_by is None else person.used_by is actor

    return Condition(f"Is used by {'a constable' if actor is Actor.POLICE else f'an {actor}'}", holds)


A_CONSTABLE, AN_OFFICER = used_by(Actor.POLICE), used_by(Actor.IMMIGRATION_OFFICER)

ACTING = (
    # The wording of paragraphs 16(2) and 17(1) was read in the Act as passed, not as amended since.
    Statement(
        "ia1971_s2_17",
        "Immigration Act 1971, Schedule 2, paragraph 17(1): arrest without warrant of a person liable to be detained",
        "A constable or an immigration officer may arrest somebody who is liable to be detained under paragraph 16.",
        "Immigration Act 1971 (c. 77), Schedule 2, paragraph 17(1)",
        date(1973, 1, 1),
    ),
    Statement(
        "ia1971_s28a",
        "Immigration Act 1971, section 28A: arrest without warrant for an immigration offence",
        "A power of immigration officers. A constable arrests for the offence under the Police and Criminal Evidence Act "
        "1984, section 24.",
        "Immigration Act 1971 (c. 77), section 28A",
        date(2000, 2, 14),
        conditions=(AN_OFFICER,),
    ),
    Statement(
        "pace1984_s24",
        "Police and Criminal Evidence Act 1984, section 24: a constable’s arrest without warrant for an offence",
        "A constable may arrest for an offence where the arrest is necessary for one of the reasons in section 24(5).",
        "Police and Criminal Evidence Act 1984 (c. 60), section 24, as substituted in 2005",
        date(2006, 1, 1),
        conditions=(A_CONSTABLE,),
    ),
    Statement(
        "ia2016_s10_10",
        "Immigration Act 2016, Schedule 10, paragraph 10: arrest for breach of immigration bail",
        "A constable or an immigration officer may arrest somebody on immigration bail who fails, or is likely to fail, to "
        "comply with a condition of it.",
        "Immigration Act 2016 (c. 19), Schedule 10, paragraph 10",
        date(2018, 1, 15),
    ),
    Statement(
        "ia1971_s2_16",
        "Immigration Act 1971, Schedule 2, paragraph 16(2): detention pending removal",
        "Detention while a decision on removal, or the removal, is pending; for how long is in paragraph 17A since "
        "28 September 2023.",
        "Immigration Act 1971 (c. 77), Schedule 2, paragraphs 16(2) and 17A",
        date(1973, 1, 1),
    ),
    Statement(
        "ia1971_s3_2",
        "Immigration Act 1971, Schedule 3, paragraph 2: detention pending deportation",
        "Detention of somebody whose deportation is recommended, decided or ordered; arrest follows by paragraph 2(4).",
        "Immigration Act 1971 (c. 77), Schedule 3, paragraph 2",
        date(1973, 1, 1),
    ),
    Statement(
        "nia2002_s62",
        "Nationality, Immigration and Asylum Act 2002, section 62: detention by the Secretary of State",
        "Detention of somebody whom the Secretary of State may examine or remove; arrest follows by section 62(3).",
        "Nationality, Immigration and Asylum Act 2002 (c. 41), section 62",
        date(2003, 2, 10),
    ),
    Statement(
        "ukba2007_s36",
        "UK Borders Act 2007, section 36: detention pending automatic deportation",
        "Detention of somebody who served a sentence while it is considered whether section 32 applies, and after.",
        "UK Borders Act 2007 (c. 30), section 36",
        date(2008, 8, 1),
    ),
    Statement(
        "notices2003",
        "Immigration (Notices) Regulations 2003: service of a notice of decision",
        "How notice of a decision that can be appealed is given. Other notices are served under the Act they rest on.",
        "SI 2003/658, regulations 4, 5 and 7",
        date(2003, 4, 1),
    ),
    Statement(
        "iaa1999_s10a",
        "Immigration and Asylum Act 1999, sections 10A to 10E: service of a notice of removal",
        "Notice of intention to remove and of departure details are served before anybody is removed under section 10.",
        "Immigration and Asylum Act 1999 (c. 33), sections 10A to 10E, inserted by the Nationality and Borders Act 2022, section 46",
        date(2023, 11, 20),
    ),
    Statement(
        "iaa1999_p8",
        "Immigration and Asylum Act 1999, Part VIII: escort arrangements",
        "For contracted detainee custody officers.",
        "Immigration and Asylum Act 1999 (c. 33), Part VIII",
        date(2001, 4, 2),
    ),
)  # fmt: skip
