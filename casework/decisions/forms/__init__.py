"""What people type about decisions. Forms clean; actions decide. Nothing is preselected."""

from casework.decisions.forms.challenges import ConcludeForm, HearingForm, HearingResultForm, LodgeForm
from casework.decisions.forms.claims import ClaimForm, EndClaimForm
from casework.decisions.forms.deciding import DecideForm, ReconsiderForm, ReturnForm, ReviewForm
from casework.decisions.forms.findings import AddFindingForm, FindingForm
from casework.decisions.forms.letters import LetterForm
from casework.decisions.forms.sections import FORMS, AnswersForm, initial_of
from casework.decisions.forms.serving import AppealRightForm, ServeForm

__all__ = [
    "AddFindingForm",
    "AnswersForm",
    "AppealRightForm",
    "ClaimForm",
    "ConcludeForm",
    "DecideForm",
    "EndClaimForm",
    "FORMS",
    "FindingForm",
    "HearingForm",
    "HearingResultForm",
    "LetterForm",
    "LodgeForm",
    "ReconsiderForm",
    "ReturnForm",
    "ReviewForm",
    "ServeForm",
    "initial_of",
]
