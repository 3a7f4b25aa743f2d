"""What is done to agreements, lists, their rows and pairs under review, a row a verb (nexus/verbs.py).

The page of a pair is by hand: the two sides stand beside its three buttons (views/review.py).
"""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from nexus.accounts.models import User
from nexus.ui.formatting import count
from nexus.verbs import Verb, VerbPages
from referrals.datawash import actions, forms
from referrals.datawash.actions.answer import reasons_not_to_answer
from referrals.datawash.actions.queue import reasons_not_to_queue
from referrals.datawash.actions.refer import reasons_not_to_refer
from referrals.datawash.actions.review import reasons_not_to_review
from referrals.datawash.actions.upload import reasons_not_to_upload
from referrals.datawash.lists import AGREEMENTS, WASH_ROWS, WASHES
from referrals.datawash.models import Wash
from referrals.datawash.permissions import WHO_MAY
from referrals.datawash.queries import running_agreement
from referrals.datawash.review_forms import VerdictForm


def reasons_without_agreement(nothing: None, by: User, now: datetime) -> list[str]:
    return reasons_not_to_upload(running_agreement(by.force, timezone.localdate(now)), by.force)


def page_of(wash: Wash) -> str:
    return reverse("datawash:detail", args=[wash.pk])


UPLOAD = {
    "upload": Verb(
        action=actions.upload,
        form=forms.UploadForm,
        heading="Upload a list",
        button="Upload the list",
        success=lambda wash: (
            "Your list has been uploaded and is being read"
            if wash.is_new
            else "This file has already been uploaded. This is what happened to it"
        ),
        lead="The list is checked for viruses and faults, which takes a minute at most. Nothing is compared with immigration records "
        "until you have read the check and said so.",
        reasons_against=reasons_without_agreement,
        page_context=lambda nothing, by: {"caption": "Data-wash"},
        next_page=lambda nothing, wash: page_of(wash),
        template="referrals/datawash/upload.html",
    ),
}

WASH_VERBS = {
    "queue": Verb(
        action=actions.queue,
        heading="Wash this list",
        button_only=True,
        reasons_against=lambda wash, by, now: reasons_not_to_queue(wash, now),
    ),
    "discard": Verb(
        action=actions.discard,
        heading="Discard the list",
        success="The list has been discarded and its rows have been removed",
        lead="Its rows are erased, because nobody needs them any more, and cannot be put back. You can upload the file "
        "again.",
        warns=True,
        page_context=lambda wash, by: {"caption": f"Data-wash, {count(wash.accepted, 'row')}"},
        reasons_against=lambda wash, by, now: wash.reasons_not_to_move("discard"),
        next_page=lambda wash, discarded: reverse("datawash:list"),
    ),
}

# Of a file, so on its pages alone.
FILE_VERBS = {
    "answer": Verb(
        action=actions.answer,
        form=forms.AnswerForm,
        heading="Say how the file is to be read",
        button="Read the file again",
        lead="What you say of a heading is remembered for the next lists under this agreement.",
        success="The file is being read again",
        form_kwargs=lambda wash, by: {
            "questions": wash.questions,
            "sheet": wash.answers.get("sheet", ""),
        },
        page_context=lambda wash, by: {"caption": f"Data-wash, {wash.file_name}"},
        reasons_against=lambda wash, by, now: reasons_not_to_answer(wash),
    ),
}

ROW_VERBS = {
    "refer": Verb(
        action=actions.refer,
        heading="Start a referral",
        button_only=True,
        reasons_against=lambda row, by, now: reasons_not_to_refer(row),
        next_page=lambda row, referral: reverse("referrals:tasks", args=[referral.reference]),
    ),
}

AGREE = {
    "agree": Verb(
        action=actions.agree,
        form=forms.AgreementForm,
        heading="Add an agreement about data-washes",
        button="Add the agreement",
        success=lambda agreement: f"{agreement.force} can use the data-wash under this agreement",
        address="add/",
        next_page=lambda nothing, agreement: reverse("datawash:agreement", args=[agreement.pk]),
        template="referrals/datawash/agree.html",
    ),
}

AGREEMENT_VERBS = {
    "change_end": Verb(
        action=actions.change_end,
        form=forms.EndForm,
        heading="Change the last day",
        success="The last day of the agreement has been changed",
        permission=lambda agreement: "agree",
        form_kwargs=lambda agreement, by: {"initial": {"ends_on": agreement.ends_on}},
        page_context=lambda agreement, by: {
            "caption": f"Agreement with {agreement.force}: {agreement.title}"
        },
    ),
}

PAIR_VERBS = {
    "review": Verb(
        action=actions.review,
        form=VerdictForm,
        heading="Is this the same person?",
        reasons_against=lambda candidate, by, now: reasons_not_to_review(candidate.row),
    ),
}

upload_pages = VerbPages(verbs=UPLOAD, who_may=WHO_MAY, back=lambda nothing, by: reverse("datawash:list"))

wash_pages = VerbPages(
    verbs=WASH_VERBS,
    who_may=WHO_MAY,
    find=WASHES.find,
    ids=lambda wash: {"wash_id": wash.pk},
    back=lambda wash, by: page_of(wash),
)

file_pages = VerbPages(
    verbs=FILE_VERBS,
    who_may=WHO_MAY,
    find=WASHES.find,
    ids=lambda wash: {"wash_id": wash.pk},
    back=lambda wash, by: page_of(wash),
)

row_pages = VerbPages(
    verbs=ROW_VERBS,
    who_may=WHO_MAY,
    find=WASH_ROWS.find,
    ids=lambda row: {"row_id": row.pk},
    back=lambda row, by: page_of(row.wash),
)

agree_pages = VerbPages(verbs=AGREE, who_may=WHO_MAY, back=lambda nothing, by: reverse("datawash:agreements"))

agreement_pages = VerbPages(
    verbs=AGREEMENT_VERBS,
    who_may=WHO_MAY,
    find=AGREEMENTS.find,
    ids=lambda agreement: {"agreement_id": agreement.pk},
    back=lambda agreement, by: reverse("datawash:agreement", args=[agreement.pk]),
)
