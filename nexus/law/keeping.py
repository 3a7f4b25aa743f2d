"""What is kept of people: for how long, on what record, and what they may ask. The law sets no period here."""

from datetime import date

from nexus.law.statement import Statement

DPA = "Data Protection Act 2018 (c. 12)"

KEEPING = (
    Statement(
        "storage_review",
        "Time limits for a periodic review of what is kept",
        "Somebody must lay down when it is reviewed whether data are still needed. No number of years is set.",
        f"{DPA}, section 39(2); UK GDPR, article 5(1)(e)",
        date(2018, 5, 25),
    ),
    Statement(
        "processing_log",
        "A log of collection, alteration, consultation, disclosure, combination and erasure",
        "Where data are processed for law enforcement. No period for which the log is kept is set.",
        f"{DPA}, section 62",
        date(2018, 5, 25),
    ),
    Statement(
        "subject_access",
        "One month to answer a person who asks for access to their data",
        "From the day the request is received, and where it must be known who asks, from the day that is known.",
        f"{DPA}, sections 45 and 54; UK GDPR, articles 12(3) and 15",
        date(2018, 5, 25),
        number=1,
        unit="month",
    ),
)
