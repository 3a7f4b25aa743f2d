"""What casework and Specialist Appeals say of material."""

from collections.abc import Mapping

from casework.forms import LONG
from casework.material.forms.base import INSIDE
from nexus.ui.forms import GovukDateField, GovukForm, Look, ReasonsField, TextField, YesNoField


class ReviewForm(GovukForm):
    relevant = YesNoField(label="Is the material relevant to the case?")
    applicable = YesNoField(label="Is it applicable: can this case use it?")
    reasons = ReasonsField(label="Reasons", max_length=LONG)
    look: Mapping[str, Look] = {
        "relevant": Look(missing="Select whether the material is relevant to the case", inline=True),
        "applicable": Look(missing="Select whether the material is applicable to the case", inline=True),
        "reasons": Look(hint=INSIDE, missing="Enter the reasons of the review"),
    }


class BecauseForm(GovukForm):
    because = ReasonsField(label="Why is no statement needed?", max_length=LONG)
    look: Mapping[str, Look] = {
        "because": Look(hint=INSIDE, missing="Enter why no statement is needed", noun="the reason")
    }


class WithdrawForm(GovukForm):
    reason = ReasonsField(label="Why may a statement be needed after all?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(hint=INSIDE, missing="Enter why a statement may be needed", noun="the reason")
    }


class ApproveForm(GovukForm):
    reasons = ReasonsField(label="Why do you approve it?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reasons": Look(hint=INSIDE, missing="Enter why you approve it", noun="the reasons")
    }


class RelyForm(GovukForm):
    reason = ReasonsField(label="In which decision do you rely on it?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(
            hint="The kind of decision, its day and your reference. The force does not read this.",
            missing="Enter in which decision you rely on it",
            noun="the decision",
            rows=3,
        )
    }


class AppealsForm(GovukForm):
    question = TextField(label="What should Specialist Appeals look at?", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "question": Look(
            hint=INSIDE, missing="Enter what Specialist Appeals should look at", noun="the question"
        )
    }


class AdviseForm(GovukForm):
    issues = TextField(label="Potential issues of challenge or scrutiny", multi_line=True, max_length=LONG)
    advice = TextField(label="Advice", multi_line=True, max_length=LONG)
    look: Mapping[str, Look] = {
        "issues": Look(
            hint="Or that there are none. " + INSIDE,
            missing="Enter the potential issues of challenge or scrutiny, or that there are none",
        ),
        "advice": Look(hint=INSIDE, missing="Enter your advice"),
    }


class ServeForm(GovukForm):
    how = TextField(label="How, and on whom, was it served?", max_length=200)
    served_on = GovukDateField(label="Date of service", past=True)
    look: Mapping[str, Look] = {
        "how": Look(
            hint="For example, “With the bundle, on the tribunal and the representative”",
            missing="Enter how and on whom it was served",
            noun="this",
        )
    }


class SupersedeForm(GovukForm):
    reason = ReasonsField(label="Why is it set aside?", max_length=LONG)
    look: Mapping[str, Look] = {
        "reason": Look(hint=INSIDE, missing="Enter why the material is set aside", noun="the reason")
    }
