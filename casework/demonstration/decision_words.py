"""What the people of a demonstration write in decisions and about them. Everything here is invented."""

from casework.decisions.rules.law import QUESTIONS
from casework.decisions.states import State as DecisionState
from referrals.rules.terms import Route

INVENTED = " (Invented.)"

TOLD = (
    "A decision was made on the evidence the force supplied.",
    "The decision was made; it relies on the convictions and on the statement of two officers.",
)
SERVICE = ("The decision was served by recorded delivery.", "The decision was served by post.")
CHALLENGE = {
    "appeal": "An appeal was lodged with the First-tier Tribunal.",
    "judicial_review": "An application for judicial review was received.",
}
HEARD = "The hearing is listed."
DISMISSAL = {"appeal": "The appeal was dismissed.", "judicial_review": "Permission was refused."}
RECONSIDERATION = "The tribunal allowed the appeal in part: a new decision is to be made."
ALLOWED = "The tribunal allowed the appeal."
UNDISCLOSED = "The force’s material cannot be disclosed, so it cannot carry the case; the record can."
NO_STATEMENT = (
    "The officer in the case will speak to the record in person, and the convictions are not disputed."
)
ASKED = ("Please say whether the officer in the case can attend the tribunal.", "")

# The answers of every draft, but for route and power: (choice, reasons).
ANSWERS = {
    "significant_impact": ("yes", "Two people were hurt, and neighbours say they are afraid to go out."),
    "article_3": ("no", "The country information shows no such risk."),
    "article_8": ("yes", "There is private life of some years."),
    "gravity": ("yes", "The low threshold is met."),
    "lawful": ("yes", "The power and its rules are published."),
    "necessary": ("yes", "For the prevention of disorder and crime."),
    "proportionate": ("yes", "The conduct outweighs the ties that were shown."),
    "threat": ("yes", "The statement names six incidents since March, the last of them three weeks ago."),
    "public_harm": (
        "yes",
        "Two people were in hospital and a street keeps indoors: taken together it is serious.",
    ),
    "residence": ("yes", "Seven years with limited leave, from the age of twenty-two; the harm weighs more."),
    "eea_protected": ("no", "No right under EEA law was claimed or found."),
    "exceptions_s33": ("no", "Each exception was looked at; the person was over 40 when convicted."),
    "seriousness": (
        "yes",
        "The incidents became more frequent and more violent within a year. Nothing was shown that speaks for a change.",
    ),
    "risk": (
        "yes",
        "The last incident is recent, no course was begun, and the ties that failed before are the same.",
    ),
    "policy": ("yes", "It follows the published policy on deportation that is conducive to the public good."),
    "discretion": ("yes", "Employment and friendships here were weighed; the harm to others weighs more."),
    "protection": ("no", "You were asked at the interview and fear nobody on return."),
    "section_72": ("no", "There is no sentence to which it could apply."),
    "public_interest": (
        "for",
        "Your private life was formed while your stay was precarious. You speak English and are not financially "
        "independent.",
    ),
    "foreign_criminal": (
        "no",
        "There is no sentence of 12 months and no finding of serious harm or persistence.",
    ),
    "exception_117c": (
        "neither",
        "Most of life was spent abroad, and no qualifying partner or child is known.",
    ),
    "compelling": ("no", "Nothing beyond the private life was put forward."),
    "conduct_date": ("after", "Every event was after that hour."),
    "best_interests": (
        "in_line",
        "The child lives with the other parent, who says that nothing would change.",
    ),
    "qualifying_child": ("no", "The child is not British and came here two years ago."),
    "appealable": (
        "refuses_claim",
        "The private life that was put forward was considered under Article 8 and does not outweigh the public interest.",
    ),
    "certified": ("none", "The claim is refused, and it is not clearly unfounded."),
    "children": ("no", "No child is on the record, and you named none."),
    "partner": ("not_known", "You gave no answer in two interviews."),
    "trafficking": ("none", "The record and the interview notes were read."),
    "adult_at_risk": ("no", "No condition was declared or found."),
    "enquiries": ("complete", "The officer in the case and the school were asked twice; neither could say."),
    "material": ("no", "The convictions and the record are enough."),
}
POWERS = {
    Route.ADMINISTRATIVE_REMOVAL: ("iaa_1999_s10", "Leave ended and none has been given since."),
    Route.CONVICTION_LED: ("ia_1971_s3_5a", "The convictions show a risk that is not acceptable."),
    Route.INTELLIGENCE_LED: ("ia_1971_s3_5a", "The conduct that is proved is harmful without a conviction."),
}


def answers_for(route: str, *, relies: bool) -> dict[str, dict[str, str]]:
    """Every question answered, with its reasons; `relies` says whether there is Nexus material to rely on."""
    chosen = {
        "route": (route, "The evidence supports this route."),
        "legal_basis": POWERS[Route(route)],
        **ANSWERS,
    }
    if relies:
        chosen["material"] = ("yes", "The approved statement shows the conduct.")
    return {
        name: {"choice": choice, "reasons": reasons + INVENTED}
        for name, (choice, reasons) in chosen.items()
        if name in QUESTIONS
    }


# What the subject of a case claims before it is decided.
CLAIMED: dict[str, str] = {
    "kind": "human_rights",
    "how": "representations",
    "grounds": "I have lived here for years, I work here and I would lose every friend." + INVENTED,
}

# What comes next at each stage of a decision, and within how many working days.
NEXT: dict[str, tuple[str, int]] = {
    DecisionState.DRAFT: ("Finish the children’s section once the school has answered", 3),
    DecisionState.SUBMITTED: ("Ask the Senior Caseworker when the draft will be reviewed", 2),
    DecisionState.REVIEWED: ("Make the decision: reviewed, nothing to change", 1),
    DecisionState.DECIDED: ("Serve with the force at the reporting centre, Tuesday morning", 4),
    DecisionState.SERVED: ("Ring the tribunal: was an appeal lodged in time?", 10),
    DecisionState.SUPERSEDED: ("Ring the officer in the case: travel to the hearing", 1),
}
