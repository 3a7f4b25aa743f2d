"""What people type about an engagement, by who fills it in. Forms clean; actions decide. Nothing is preselected."""

from casework.engagement.forms.authoriser import (
    AuthoriseForm,
    IssuesForm,
    QualityForm,
    RefuseForm,
    RiskLevelForm,
    TraffickingForm,
)
from casework.engagement.forms.fields import ConfirmForm, begins_with, force_of
from casework.engagement.forms.filters import DiscussionFilter, EngagementFilter
from casework.engagement.forms.force import AbortForm, AcceptForm, DeclineForm, ExecuteForm, OutcomeForm
from casework.engagement.forms.requester import (
    DetailsForm,
    LookAgainForm,
    ReopenForm,
    SettleForm,
    StartForm,
    WithdrawForm,
    detail_initial,
)
from casework.engagement.forms.risks import RiskFields, RisksForm, risk_initial
from casework.engagement.forms.verbal import VerbalForm, WriteUpForm

__all__ = [
    "AbortForm",
    "AcceptForm",
    "AuthoriseForm",
    "ConfirmForm",
    "DeclineForm",
    "DetailsForm",
    "DiscussionFilter",
    "EngagementFilter",
    "ExecuteForm",
    "IssuesForm",
    "LookAgainForm",
    "OutcomeForm",
    "QualityForm",
    "RefuseForm",
    "ReopenForm",
    "RiskFields",
    "RiskLevelForm",
    "RisksForm",
    "SettleForm",
    "StartForm",
    "TraffickingForm",
    "VerbalForm",
    "WithdrawForm",
    "WriteUpForm",
    "begins_with",
    "detail_initial",
    "force_of",
    "risk_initial",
]
