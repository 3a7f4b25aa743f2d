"""The verbs of a referral as endpoints: the rows of referrals/verbs.py, whole or as a body must put them."""

from collections.abc import Mapping
from dataclasses import replace

from django import forms

from nexus.ui.forms import GovukForm, Look, TextField
from nexus.verbs import Verb, no_reasons
from referrals.forms.follow import LONG, AddForm, AnswerForm
from referrals.forms.triage import WithdrawQuestionForm
from referrals.verbs import DECISIONS, HAND_OVER, POLICE, SUBMIT, TRIAGE


class OneQuestionForm(GovukForm):
    """Which question is meant: its id, which may be left out while only one is open."""

    question_id = forms.IntegerField(
        label="The question’s id", required=False, min_value=1, max_value=2**63 - 1
    )


class OneWithdrawnForm(OneQuestionForm, WithdrawQuestionForm):
    """Which question, and why."""


class TextAddForm(GovukForm):
    """What the force adds. JSON carries no files: a document is added on the page."""

    answer = TextField(label="What do you want to add?", max_length=LONG, multi_line=True)
    look: Mapping[str, Look] = {"answer": AddForm.look["answer"]}


class TextAnswerForm(OneQuestionForm):
    """The answer to a question. JSON carries no files: a document is added on the page."""

    answer = TextField(label="Your answer", max_length=LONG, multi_line=True)
    look: Mapping[str, Look] = {"answer": AnswerForm.look["answer"]}


def of_one_question(verb: Verb, form: type[OneQuestionForm]) -> Verb:
    """The verb where the body names the question, not the address: what stands against it only the action knows."""
    return replace(verb, form=form, address=None, find_part=None, reasons_against=no_reasons)


OF_POLICE = {
    "submit": SUBMIT,
    "withdraw": POLICE["withdraw"],
    "add_information": replace(POLICE["add_information"], form=TextAddForm),
    "restore_row": POLICE["restore_row"],
    "answer_information": of_one_question(POLICE["answer"], TextAnswerForm),
}
OF_TRIAGE = {
    **TRIAGE,
    **DECISIONS,
    "hand_over": HAND_OVER,
    "withdraw_question": of_one_question(TRIAGE["withdraw_question"], OneWithdrawnForm),
}
