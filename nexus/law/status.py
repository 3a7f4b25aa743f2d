"""Statements on leave, status and sentences, by which a referral is read before anybody decides on it."""

from datetime import date

from nexus.law.statement import Statement

STATUS = (
    Statement(
        "ia_1971_s3c",
        "Immigration Act 1971, section 3C",
        "Who applied in time, while leave ran, keeps that leave while the application, or an appeal against its "
        "refusal that can still be brought or is pending, is undecided.",
        "legislation.gov.uk/ukpga/1971/77/section/3C",
        date(2003, 4, 1),
    ),
    Statement(
        "eea_end_of_free_movement",
        "Immigration and Social Security Co-ordination (EU Withdrawal) Act 2020, section 1 and Schedule 1",
        "Since free movement ended, an EEA national without status under the EU Settlement Scheme normally needs "
        "leave. The time to apply to the scheme ended on 30 June 2021; late and pending applications, frontier "
        "workers and others may still be protected.",
        "legislation.gov.uk/ukpga/2020/20",
        date(2021, 7, 1),
    ),
    Statement(
        "rules_part_9_9_4_1",
        "Immigration Rules, Part 9, paragraph 9.4.1",
        "Names a custodial sentence of at least 12 months for an offence in the UK or overseas.",
        "gov.uk/guidance/immigration-rules, Part 9: grounds for refusal",
        date(2020, 12, 1),
        number=12,
        unit="months",
    ),
    Statement(
        "ukba_2007_s38",
        "UK Borders Act 2007, section 38(1)(a)",
        "For automatic deportation a suspended sentence is left out, unless a court orders that it takes effect. "
        "Whether the Sentencing Act 2026 changes this, and from when, is to be confirmed.",
        "legislation.gov.uk/ukpga/2007/30/section/38",
        date(2008, 8, 1),
    ),
    Statement(
        "cypa_1933_s50",
        "Children and Young Persons Act 1933, section 50",
        "Nobody under 10 can be guilty of an offence in England and Wales.",
        "legislation.gov.uk/ukpga/Geo5/23-24/12/section/50",
        date(1964, 2, 1),
        number=10,
        unit="years",
    ),
)
