"""What people type about Nexus material. Forms clean, actions decide; field names are the actions' own."""

from casework.material.forms.asking import AgainForm, CommissionForm, MessageForm, MoreTimeForm, RequestForm
from casework.material.forms.checking import CheckForm, check_form_of
from casework.material.forms.deciding import (
    AdviseForm,
    AppealsForm,
    ApproveForm,
    BecauseForm,
    RelyForm,
    ReviewForm,
    ServeForm,
    SupersedeForm,
    WithdrawForm,
)
from casework.material.forms.filtering import MaterialFilter
from casework.material.forms.supplying import DraftForm, RecordForm, SendForm, UploadForm

__all__ = [
    "AdviseForm",
    "AgainForm",
    "AppealsForm",
    "ApproveForm",
    "BecauseForm",
    "CheckForm",
    "CommissionForm",
    "DraftForm",
    "MaterialFilter",
    "MessageForm",
    "MoreTimeForm",
    "RecordForm",
    "RelyForm",
    "RequestForm",
    "ReviewForm",
    "SendForm",
    "ServeForm",
    "SupersedeForm",
    "UploadForm",
    "WithdrawForm",
    "check_form_of",
]
