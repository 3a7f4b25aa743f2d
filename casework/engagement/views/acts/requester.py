"""The acts of whoever asks: writing the request section by section, sending it, changing it, giving it up."""

from typing import Any

from casework.engagement import forms
from casework.engagement.actions.change import reasons_not_to_reopen
from casework.engagement.actions.task import reasons_not_to_task
from casework.engagement.actions.write import reasons_not_to_request, reasons_not_to_save_details
from casework.engagement.models import Engagement
from casework.engagement.queries import known_already, last_address, name_of
from casework.engagement.views.acts.act import Act


def risks(engagement: Engagement) -> dict[str, Any]:
    return {"initial": forms.risk_initial(engagement), "known": known_already(engagement)}


def details(engagement: Engagement) -> dict[str, Any]:
    last = None if engagement.address else last_address(engagement)
    found: dict[str, Any] = {
        "kind": engagement.kind,
        "was_said": engagement.to_write_up,
        "initial": forms.detail_initial(engagement, last=last),
    }
    if last:
        found["address_from"] = f"Taken over: {name_of(last)}. Check that it is current."
    elif engagement.case.referral.in_custody and engagement.case.referral.custody_reference:
        custody = engagement.case.referral.custody_reference
        found["address_from"] = f"The referral says: in custody, reference {custody}."
    return found


ACTS = (
    Act(
        "save_risks",
        forms.RisksForm,
        "Risk assessment",
        "Save the answers",
        "The risk assessment is saved",
        "“Not known” is an answer. What is not known needs a word on whom you asked.",
        begins=risks,
    ),
    Act(
        "save_details",
        forms.DetailsForm,
        "What is asked",
        "Save what is asked",
        "What is asked is saved",
        against=lambda engagement, by, now: reasons_not_to_save_details(engagement, by),
        begins=details,
    ),
    Act(
        "request",
        forms.ConfirmForm,
        "Send the request",
        "Send it to the CIO or HMI",
        "The request is with the CIOs and HMI",
        "They check it, assess its risk, and authorise, refuse or return it. It cannot be changed meanwhile.",
        against=lambda engagement, by, now: reasons_not_to_request(engagement, by, now=now),
    ),
    Act(
        "task",
        forms.ConfirmForm,
        "Task the force",
        "Task the force",
        "The force has been tasked",
        "The force reads what is asked, where and when, the answers marked for it, and the conditions.",
        against=lambda engagement, by, now: reasons_not_to_task(engagement, by, now=now),
    ),
    Act(
        "reopen",
        forms.ReopenForm,
        "Change the request",
        "Make the authorisation void and change it",
        "The request is open again. Nothing stands authorised",
        "Its authorisation becomes void at once, and a force that has it is told not to act. "
        "It is checked and authorised anew.",
        warns=True,
        against=lambda engagement, by, now: reasons_not_to_reopen(engagement, by),
    ),
    Act(
        "withdraw",
        forms.WithdrawForm,
        "Withdraw the request",
        "Withdraw the request",
        "The request is withdrawn",
        "A force that has it is told not to act. This cannot be taken back.",
        warns=True,
    ),
)
SETTLE = Act("settle_issue", forms.SettleForm, "Settle an issue", "Keep the answer", "The issue is settled")
