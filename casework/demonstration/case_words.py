"""What the people of a demonstration write about their cases. Everything here is invented."""

from casework.models import BarrierKind, CaseOutcome, ProgressKind

EVIDENCE = (
    "The referral and the record were read and the evidence still needed was listed.",
    "Conviction certificates were asked for from the courts.",
    "The summary of material was reviewed and two incidents were chosen to rely on.",
)
ASKED = (
    "Please send the statement on the second incident in the agreed format.",
    "Please confirm the present address and who may serve papers there.",
    "Please say whether the officer in the case can attend the tribunal.",
    "",
    "",
)
CONTACT = (
    "Spoke with the force: the subject reports weekly and is of continued interest.",
    "The force supplied the statement that was asked for.",
    "The embassy was asked for a travel document.",
)
INSIDE = (
    "Strategy discussed with the Senior Caseworker; not for the force.",
    "Legal advice was asked for on the second ground.",
)
NOTES = (
    "Read the referral twice. The dates of two convictions do not agree with the record; asked the court.",
    "The landlord’s letter does not say since when. Not to be relied on as it stands.",
    "Call with the officer in the case: helpful, available until Easter.",
    "Family circumstances to be checked before the decision is drafted.",
)
DOCUMENTS = (
    ("certificate-of-conviction.txt", "Certificate of conviction, copied by the court"),
    ("travel-document-request.txt", "Request for a travel document, as sent"),
    ("tenancy.csv", "Tenancy dates given by the landlord"),
)
TASKS = (
    "Ask the court for the certificate of conviction",
    "Check the travel document with the embassy",
    "Book an interpreter for the interview",
    "Draft the decision for the Senior Caseworker",
    "Ask the force who will serve the papers",
)
# What comes next after each kind of progress, and within how many working days it is planned.
NEXT_ACTIONS: dict[ProgressKind, tuple[tuple[str, int, int], ...]] = {
    ProgressKind.EVIDENCE: (
        ("Review the statement when it comes; the officer in the case said two weeks", 18, 50),
        ("Chase the Crown Court for the second certificate of conviction", 12, 30),
        ("Go through the summary with the Senior Caseworker and choose the incidents", 10, 28),
        ("Ask the force whether the neighbour will still be named", 14, 40),
        ("Check the tenancy dates with the council before relying on them", 16, 45),
        ("Find out from probation when the licence ends", 12, 40),
    ),
    ProgressKind.CONTACT: (
        ("Ring the officer in the case on the return from leave", 10, 30),
        ("Read the statement against the agreed format and list what is missing", 8, 24),
        ("Diarised: travel document, ask the embassy again if nothing has come", 20, 45),
        ("Write up what the force said and decide whether to go on without it", 8, 20),
    ),
    ProgressKind.OTHER: (
        ("Wait for counsel’s note, then settle the second ground", 12, 35),
        ("Bring it to the Senior Caseworker’s Thursday meeting", 5, 15),
        ("Ask the social worker for the children’s present address", 10, 30),
    ),
    ProgressKind.DECISION: (
        ("Agree with the force who serves, and where", 6, 18),
        ("Book an interpreter for service at the reporting centre", 6, 18),
        ("Check the address with the prison before serving: move expected", 5, 14),
        ("Send the solicitor’s copy on the day of service, not before", 6, 16),
    ),
    ProgressKind.SERVICE: (
        ("Appeal time limit: check with the tribunal on the day after it ends", 10, 45),
        ("Ask the travel document team for a date; the passport has run out", 15, 45),
        ("Await representations from the solicitor; extension to Friday agreed", 10, 30),
        ("Ring the reporting centre: did he attend after service?", 8, 20),
    ),
    ProgressKind.CHALLENGE: (
        ("Bundle to Specialist Appeals, police statements as exhibits", 20, 70),
        ("Confirm that both officers are warned for the hearing", 20, 60),
        ("Answer the grounds of appeal: paragraphs 4 to 9 are new", 14, 40),
        ("Ask for an expedited hearing; release date is near", 14, 40),
    ),
    ProgressKind.DISMISSAL: (
        ("Book travel with the force; two escorts asked for", 8, 30),
        ("Removal directions once the travel document is in hand", 10, 30),
        ("Watch for an application to the Upper Tribunal until the time is up", 8, 20),
    ),
    ProgressKind.RECONSIDERATION: (
        ("Draft again: deal with the child’s school report this time", 4, 16),
        ("Ask the force for the body-worn video the judge mentioned", 6, 20),
        ("Meet the Senior Caseworker on what the judge found of residence", 4, 14),
    ),
}
WATCHED = (
    "Ask the other team how its case stands",
    "Ring Criminal Casework: is the deportation order signed?",
    "Check the release date with the prison; the other team has the case",
    "Look whether the appeal in the other team’s case is listed",
)
BARRIERS = {
    BarrierKind.CLAIM: ("A human-rights claim was made.", "The claim was refused and certified."),
    BarrierKind.SUSPENSIVE_APPEAL: ("An appeal suspends removal.", "The appeal was dismissed."),
    BarrierKind.PENDING_PROSECUTION: (
        "A trial is listed.",
        "The trial ended; the sentence was non-custodial.",
    ),
    BarrierKind.TRAFFICKING: ("A trafficking referral was made.", "Conclusive grounds were not found."),
    BarrierKind.INJUNCTION: ("An injunction was granted.", "The injunction was discharged."),
}
# What ended it, where its kind asks for that.
END_OF: dict[BarrierKind, dict[str, str]] = {
    BarrierKind.TRAFFICKING: {"outcome": "conclusive_negative", "ended_reference": "NRM-INVENTED-1"},
    BarrierKind.INJUNCTION: {"court": "The High Court (invented)", "ended_reference": "CO-INVENTED-1"},
}
CARRIED_OVER = "It goes on until it is recorded; the notices and the times were seen on the paper file."
ENDS: dict[CaseOutcome, str] = {
    CaseOutcome.REMOVED: "Removed on a scheduled flight, escorted by the force to the airport.",
    CaseOutcome.DEPORTED: "Deported under a signed order.",
    CaseOutcome.LEFT_VOLUNTARILY: "Left on a booked ticket; departure was confirmed.",
    CaseOutcome.REFUSED_BY_TRIBUNAL: "The tribunal allowed the appeal and no further appeal was brought.",
    CaseOutcome.NOT_PURSUED: "The evidence could not be disclosed, so the case was not pursued.",
    CaseOutcome.REVOKED: "The decision was revoked after new evidence of residence.",
    CaseOutcome.OTHER: "The subject was surrendered to another country for trial.",
}
INVENTED = " (Invented.)"
