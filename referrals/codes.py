"""The lists of codes of a referral: what its fields take."""

from nexus.documents.models import Marking
from nexus.parts import Codes, same_for_all
from referrals.rules.nationalities import COUNTRIES
from referrals.rules.offences import OFFENCES
from referrals.rules.sections import SECTION
from referrals.rules.terms import ConductKind, MaterialLevel, Part, SentenceType, Status
from referrals.states import State

CODES = (
    Codes("countries", "Countries and nationalities", same_for_all(COUNTRIES.items())),
    Codes(
        "offences",
        "Offences that are suggested; any other may be sent",
        same_for_all(zip(OFFENCES, OFFENCES, strict=True)),
    ),
    Codes("immigration-statuses", "Immigration statuses", same_for_all(Status.choices())),
    Codes("conduct-kinds", "Kinds of conduct event", same_for_all(ConductKind.choices())),
    Codes("parts-in-conduct", "The person’s part in a conduct event", same_for_all(Part.choices())),
    Codes("sentences", "Kinds of sentence", same_for_all(SentenceType.choices())),
    Codes(
        "material-levels", "What may be disclosed of Nexus material", same_for_all(MaterialLevel.choices())
    ),
    Codes("markings", "Markings of documents", same_for_all(Marking.choices)),
    Codes(
        "sections", "Sections of a referral", same_for_all((key, each.title) for key, each in SECTION.items())
    ),
    Codes("referral-states", "States of a referral", same_for_all(State.choices)),
)
