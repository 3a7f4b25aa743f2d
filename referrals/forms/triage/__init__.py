"""What a referrals officer types: the queue's filters, a question, the decision, the flag."""

from referrals.forms.triage.asking import QuestionForm, TakeBackForm, WithdrawQuestionForm
from referrals.forms.triage.deciding import (
    AcceptForm,
    AgreeForm,
    ChoiceForm,
    NotAcceptForm,
    RecallForm,
    RedirectForm,
    ReopenForm,
    SecondReadingForm,
    SendBackForm,
)
from referrals.forms.triage.flags import FlagSearchForm, RemoveFlagForm, SetFlagAgainForm
from referrals.forms.triage.queue import FindForm, HandOverForm, QueueFilter, ReleaseForm, SearchForm

__all__ = [
    "AcceptForm",
    "AgreeForm",
    "ChoiceForm",
    "FindForm",
    "FlagSearchForm",
    "HandOverForm",
    "NotAcceptForm",
    "QuestionForm",
    "QueueFilter",
    "RecallForm",
    "RedirectForm",
    "ReleaseForm",
    "RemoveFlagForm",
    "ReopenForm",
    "SearchForm",
    "SecondReadingForm",
    "SendBackForm",
    "SetFlagAgainForm",
    "TakeBackForm",
    "WithdrawQuestionForm",
]
