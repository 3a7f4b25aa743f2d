"""The verbs of a referral as endpoints: the rows of referrals/verbs.py, whole or as a body must put them."""

from dataclasses import replace
from typing import Any

from django import forms

from nexus.ui.forms import GovukForm
from nexus.verbs import Verb, no_reasons
from referrals.forms.follow import AnswerForm
from referrals.forms.triage import WithdrawQuestionForm
from referrals.verbs import DECISIONS, HAND_OVER, POLICE, SUBMIT, TRIAGE


class OneQuestionForm(GovukForm):
    """Which question is meant: its id, which may be left out while only one is open."""

    question_id = forms.IntegerField(
        label="The question’s id", required=False, min_value=1, max_value=2**63 - 1
    )


class OneWithdrawnForm(OneQuestionForm, WithdrawQuestionForm):
    """Which question, and why."""


class OneAnswerForm(OneQuestionForm, AnswerForm):
    """The answer to a question, and a document where there is one."""

    def answers(self) -> dict[str, Any]:
        """What `actions.answer_information` takes, with the question it is of."""
        return {**super().answers(), "question_id": self.cleaned_data["question_id"]}


def of_one_question(verb: Verb, form: type[OneQuestionForm]) -> Verb:
    """The verb where the body names the question, not the address: what stands against it only the action knows."""
    return replace(verb, form=form, address=None, find_part=None, reasons_against=no_reasons)


OF_POLICE = {
    "submit": SUBMIT,
    "withdraw": POLICE["withdraw"],
    "add_information": POLICE["add_information"],
    "restore_row": POLICE["restore_row"],
    "answer_information": of_one_question(POLICE["answer"], OneAnswerForm),
}
OF_TRIAGE = {
    **TRIAGE,
    **DECISIONS,
    "hand_over": HAND_OVER,
    "withdraw_question": of_one_question(TRIAGE["withdraw_question"], OneWithdrawnForm),
}
