"""The acts of a CIO or HMI, and the Senior Caseworker's about trafficking."""

from casework.engagement import forms
from casework.engagement.actions.decide import reasons_not_read, reasons_not_to_authorise
from casework.engagement.actions.trafficking import reasons_not_to_review
from casework.engagement.actions.verbal import reasons_not_to_write_up
from casework.engagement.views.acts.act import Act

ACTS = (
    Act(
        "quality_assure",
        forms.QualityForm,
        "Quality-assure the request",
        "Confirm the quality",
        "The request is quality-assured. Assess its risk next",
        against=lambda engagement, by, now: reasons_not_read(engagement, by),
    ),
    Act(
        "assess_risk",
        forms.RiskLevelForm,
        "Assess the risk",
        "Keep the assessment",
        "The risk is assessed. Authorise, refuse or return it next",
    ),
    Act(
        "send_back",
        forms.IssuesForm,
        "Return the request",
        "Return the request",
        "The request is returned with its issues",
    ),
    Act(
        "authorise",
        forms.AuthoriseForm,
        "Authorise the operation",
        "Authorise it in my name",
        "The operation is authorised. It can be tasked to the force",
        "You authorise exactly the text below. Any change of it makes your authorisation void.",
        warns=True,
        confirmed=True,
        against=lambda engagement, by, now: reasons_not_to_authorise(engagement, by),
    ),
    Act(
        "refuse",
        forms.RefuseForm,
        "Refuse the operation",
        "Refuse it in my name",
        "The operation is refused",
        warns=True,
        against=lambda engagement, by, now: reasons_not_read(engagement, by),
    ),
    Act(
        "record_trafficking",
        forms.TraffickingForm,
        "Record the trafficking outcome",
        "Record the outcome",
        "The trafficking outcome is recorded",
        "Until an outcome is recorded, nobody can authorise or task the operation.",
        against=lambda engagement, by, now: reasons_not_to_review(engagement, by),
    ),
    Act(
        "write_up",
        forms.WriteUpForm,
        "Sign the write-up",
        "Keep it in writing, in my name",
        "The verbal authorisation is written up",
        "Every section is complete. You sign exactly the text below. It ends when the verbal authorisation does.",
        confirmed=True,
        against=lambda engagement, by, now: reasons_not_to_write_up(engagement, by, now=now),
    ),
)
