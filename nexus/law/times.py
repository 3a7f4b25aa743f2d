"""Times the law sets: to appeal, before removal, in custody. `number` of `unit` in each row."""

from datetime import date

from nexus.law.statement import Statement

PROCEDURE_RULES = (
    "Tribunal Procedure (First-tier Tribunal) (Immigration and Asylum Chamber) Rules 2014 (SI 2014/2604)"
)
PACE = "Police and Criminal Evidence Act 1984 (c. 60)"

TIMES = (
    Statement(
        "appeal_in_uk",
        "14 days to appeal from inside the United Kingdom",
        "A notice of appeal is received by the Tribunal not later than 14 days after the notice of decision was sent.",
        f"{PROCEDURE_RULES}, rule 19(2)",
        date(2014, 10, 20),
        number=14,
        unit="days",
    ),
    Statement(
        "appeal_outside_uk",
        "28 days to appeal from outside the United Kingdom",
        "28 days after the person left the United Kingdom, or after they received the notice where they were outside already.",
        f"{PROCEDURE_RULES}, rule 19(3)",
        date(2014, 10, 20),
        number=28,
        unit="days",
    ),
    Statement(
        "appeal_citizens_rights_in_uk",
        "14 days to appeal a citizens’ rights decision from inside the United Kingdom",
        "14 days after the notice of decision was sent.",
        f"{PROCEDURE_RULES}, rule 19(3A)",
        date(2020, 1, 31),
        number=14,
        unit="days",
    ),
    Statement(
        "appeal_citizens_rights_outside_uk",
        "28 days to appeal a citizens’ rights decision from outside the United Kingdom",
        "28 days after the person received the notice of decision.",
        f"{PROCEDURE_RULES}, rule 19(3B)",
        date(2020, 1, 31),
        number=28,
        unit="days",
    ),
    Statement(
        "permission_to_appeal_in_uk",
        "14 days to ask for permission to appeal, from inside the United Kingdom",
        "After the Tribunal sent its written reasons.",
        f"{PROCEDURE_RULES}, rule 33(2)",
        date(2014, 10, 20),
        number=14,
        unit="days",
    ),
    Statement(
        "permission_to_appeal_outside_uk",
        "28 days to ask for permission to appeal, from outside the United Kingdom",
        "After the Tribunal sent its written reasons.",
        f"{PROCEDURE_RULES}, rule 33(3)",
        date(2014, 10, 20),
        number=28,
        unit="days",
    ),
    Statement(
        "tribunal_working_day",
        "A time to appeal that ends on no working day ends on the next",
        "No Saturday, Sunday or bank holiday is a working day, nor any day from 27 to 31 December.",
        f"{PROCEDURE_RULES}, rules 1(4) and 11",
        date(2014, 10, 20),
    ),
    Statement(
        "received_abroad_after",
        "A notice posted abroad is received after 28 days",
        "Unless the contrary is proved, it is taken to have been received on the 28th day after it was posted.",
        "SI 2003/658, regulation 7(4)",
        date(2003, 4, 1),
        number=28,
        unit="days",
    ),
    Statement(
        "judicial_review",
        "Three months, at the latest, to claim judicial review",
        "Promptly, and in any event within three months after the grounds arose. Nobody is ready for removal before that, "
        "unless a Senior Caseworker records that no claim is threatened or likely. That is this service’s reading.",
        "Civil Procedure Rules 1998 (SI 1998/3132), rule 54.5(1)",
        date(2000, 10, 2),
        number=3,
        unit="months",
    ),
    Statement(
        "removal_notice_period",
        "5 working days between the notice of intention to remove and the removal",
        "Nobody is removed before the notice period is over, and the person was told of the departure.",
        "Immigration and Asylum Act 1999 (c. 33), sections 10A to 10E, inserted by the Nationality and Borders Act 2022, section 46",
        date(2023, 11, 20),
        number=5,
        unit="working days",
    ),
    Statement(
        "police_detention",
        "24 hours of police detention without charge",
        "From the relevant time, mostly the arrival at the station.",
        f"{PACE}, section 41(1)",
        date(1986, 1, 1),
        number=24,
        unit="hours",
    ),
    Statement(
        "police_detention_superintendent",
        "36 hours of police detention without charge, authorised by a superintendent",
        "For an indictable offence, where a superintendent or above authorises it.",
        f"{PACE}, section 42(1)",
        date(1986, 1, 1),
        number=36,
        unit="hours",
    ),
    Statement(
        "police_detention_warrants",
        "96 hours of police detention without charge, by warrants of further detention",
        "The longest, by warrants of a magistrates’ court.",
        f"{PACE}, section 44(3)",
        date(1986, 1, 1),
        number=96,
        unit="hours",
    ),
)  # fmt: skip
