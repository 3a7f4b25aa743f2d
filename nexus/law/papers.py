"""What a tribunal wants of the papers that are put before it. From a secondary source: read it again before relying on it."""

from datetime import date

from nexus.law.statement import Statement

DIRECTION = (
    "Practice Direction of the Immigration and Asylum Chamber of the First-tier Tribunal, 1 November 2024"
)

PAPERS = (
    Statement(
        "bundle_form",
        "A bundle is digital, indexed, bookmarked and paginated, and typed text in it can be searched",
        "It holds nothing that is not relied on. A document in another language stands beside its signed translation.",
        f"{DIRECTION}, part 7",
        date(2024, 11, 1),
    ),
    Statement(
        "supplementary_bundle",
        "The file of a supplementary bundle is called by its date and its number",
        "It says why its documents are late.",
        f"{DIRECTION}, part 7",
        date(2024, 11, 1),
    ),
    Statement(
        "respondents_review",
        "A respondent’s review has at most six pages",
        "It names the witnesses to be cross-examined and holds no standard paragraphs.",
        f"{DIRECTION}, part 7",
        date(2024, 11, 1),
        number=6,
        unit="pages",
    ),
    Statement(
        "respondents_documents",
        "What the respondent files with the tribunal",
        "The notice of decision and its reasons, statements of evidence and application forms, records of interviews, "
        "unpublished documents referred to or relied on, and notice of any other appealable decision.",
        "Tribunal Procedure (First-tier Tribunal) (Immigration and Asylum Chamber) Rules 2014 (SI 2014/2604), rule 24(1)",
        date(2014, 10, 20),
    ),
)
