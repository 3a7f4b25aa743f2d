"""Everything that is done to the papers of a hearing, a row a verb."""

from typing import Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from casework.decisions.models import Hearing
from casework.lists import CASES
from casework.material.models import Approval
from casework.material.queries import approved_for
from casework.models import Case
from casework.tribunal import actions, forms
from casework.tribunal.actions.choosing import reasons_not_to_change, reasons_not_to_start
from casework.tribunal.actions.making import reasons_not_final, reasons_not_to_make, reasons_not_to_remake
from casework.tribunal.actions.redacting import reasons_not_to_confirm, reasons_not_to_withdraw
from casework.tribunal.actions.steps import reasons_not_to_prepare
from casework.tribunal.chronology import Line, chronology_of
from casework.tribunal.lists import BUNDLES, HEARINGS
from casework.tribunal.models import Bundle, BundleEntry, BundleVersion, Redaction
from casework.tribunal.permissions import WHO_MAY
from casework.views.frame import show as show_case
from nexus.accounts.models import User
from nexus.requests import SignedInRequest
from nexus.ui.formatting import count
from nexus.verbs import Verb, VerbPages


def reference_of(hearing: Hearing) -> str:
    return str(hearing.challenge.decision.case.referral.reference)


def page_of_hearing(hearing: Hearing) -> str:
    return reverse("tribunal:hearing", args=[reference_of(hearing), hearing.pk])


def page_of_bundle(bundle: Bundle) -> str:
    return reverse("tribunal:bundle", args=[reference_of(bundle.hearing), bundle.pk])


def entry_of(bundle: Bundle, *, entry_id: int) -> BundleEntry:
    return get_object_or_404(bundle.entries, pk=entry_id)


def version_of(bundle: Bundle, *, version_id: int) -> BundleVersion:
    return get_object_or_404(bundle.versions, pk=version_id)


def redaction_of(case: Case, *, redaction_id: int) -> Redaction:
    found = get_object_or_404(case.redactions, pk=redaction_id)
    found.case = case
    return found


def line_of(case: Case, *, line_key: str) -> tuple[Case, Line]:
    """The line behind the address, of the record or written by hand."""
    for line in chronology_of(case):
        if line.address == line_key:
            return case, line
    raise Http404


def as_entered(entry: BundleEntry, by: User) -> dict[str, Any]:
    return {"initial": {name: getattr(entry, name) for name in forms.EntryForm.base_fields}}


def as_lined(found: tuple[Case, Line], by: User) -> dict[str, Any]:
    line = found[1]
    words = "" if line.on and not (line.row and line.row.on_words) else line.when
    known = {"on": line.on, "event": line.event, "source": line.source, "left_out": line.left_out}
    return {"initial": {**known, "on_words": words}}


def texts_to_select_in(case: Case, by: User) -> dict[str, Any]:
    """The approved statements, in which words can be selected beside the form."""
    return {"statements": [cast(Approval, material.approval).version for material in approved_for(case)]}


def what_stands_against_final(bundle: Bundle, by: User) -> dict[str, Any]:
    return {"against_final": reasons_not_final(bundle)}


def gathered(added: int) -> str:
    if not added:
        return "Nothing has come since: every document is listed"
    return f"{count(added, 'document')} added. Choose which are relied on"


OF_HEARING = {
    "start_bundle": Verb(
        action=actions.start_bundle,
        form=forms.SupplementForm,
        heading="Start a bundle",
        success="The bundle is started. Choose and order what is in it",
        address="start-bundle/",
        choose_form=lambda hearing, by: forms.SupplementForm if hearing.bundles.exists() else forms.StartForm,
        lead="It begins with every document of the case that may go to the tribunal. Take out what is not relied on.",
        reasons_against=lambda hearing, by, now: reasons_not_to_start(hearing, by),
        next_page=lambda hearing, bundle: page_of_bundle(bundle),
    ),
}

OF_BUNDLE = {
    "make_bundle": Verb(
        action=actions.make_bundle,
        form=forms.MakeForm,
        heading="Make the bundle",
        success="The bundle is being made. This page shows how far it is",
        address="make/",
        reasons_against=lambda bundle, by, now: reasons_not_to_make(bundle, by),
        page_context=what_stands_against_final,
        template="casework/tribunal/make",
    ),
    "remake_bundle": Verb(
        action=actions.remake_bundle,
        heading="Make it again",
        success="The bundle is being made. This page shows how far it is",
        address="versions/<int:version_id>/remake/",
        find_part=version_of,
        button_only=True,
        reasons_against=lambda version, by, now: reasons_not_to_remake(version, by),
    ),
    "gather_entries": Verb(
        action=actions.gather_entries,
        heading="Look for new documents",
        success=gathered,
        address="gather/",
        button_only=True,
        reasons_against=lambda bundle, by, now: reasons_not_to_change(bundle, by),
    ),
    "order_entries": Verb(
        action=actions.order_entries,
        form=forms.OrderForm,
        heading="Order the entries",
        success="The new order is saved",
        address="order/",
        button_only=True,
        reasons_against=lambda bundle, by, now: reasons_not_to_change(bundle, by),
    ),
    "change_entry": Verb(
        action=actions.change_entry,
        form=forms.EntryForm,
        heading="Change an entry",
        button="Save",
        success="The entry is changed",
        address="entries/<int:entry_id>/change/",
        find_part=entry_of,
        reasons_against=lambda entry, by, now: reasons_not_to_change(entry.bundle, by),
        form_kwargs=as_entered,
        partial=True,
    ),
    "move_entry": Verb(
        action=actions.move_entry,
        form=forms.MoveForm,
        heading="Move an entry",
        success="The entry is moved",
        address="entries/<int:entry_id>/move/",
        find_part=entry_of,
        button_only=True,
        reasons_against=lambda entry, by, now: reasons_not_to_change(entry.bundle, by),
    ),
}

REDACTIONS = {
    "mark_redaction": Verb(
        action=actions.mark_redaction,
        form=forms.RedactForm,
        heading="Mark a redaction",
        success="The words are redacted. A second reader confirms it",
        address="redactions/mark/",
        page_context=texts_to_select_in,
        template="casework/tribunal/mark",
        reasons_against=lambda case, by, now: reasons_not_to_prepare(case, by),
    ),
    "confirm_redaction": Verb(
        action=actions.confirm_redaction,
        heading="Confirm the redaction",
        success="The redaction is confirmed",
        address="redactions/<int:redaction_id>/confirm/",
        find_part=redaction_of,
        button_only=True,
        reasons_against=lambda redaction, by, now: reasons_not_to_confirm(redaction, by),
    ),
    "withdraw_redaction": Verb(
        action=actions.withdraw_redaction,
        form=forms.WithdrawRedactionForm,
        heading="Withdraw the redaction",
        success="The redaction is withdrawn. The next version shows the words",
        address="redactions/<int:redaction_id>/withdraw/",
        find_part=redaction_of,
        reasons_against=lambda redaction, by, now: reasons_not_to_withdraw(redaction, by),
        page_context=lambda redaction, by: {"redaction": redaction},
        template="casework/tribunal/withdraw",
        warns=True,
    ),
}

CHRONOLOGY = {
    "add_line": Verb(
        action=actions.add_line,
        form=forms.LineForm,
        heading="Add a line to the chronology",
        button="Add the line",
        success="The line is added",
        address="chronology/add/",
        reasons_against=lambda case, by, now: reasons_not_to_prepare(case, by),
    ),
    "change_line": Verb(
        action=actions.change_line,
        form=forms.ChangeLineForm,
        heading="Change a line of the chronology",
        button="Save",
        success="The line is changed",
        address="chronology/<str:line_key>/change/",
        find_part=line_of,
        reasons_against=lambda found, by, now: reasons_not_to_prepare(found[0], by),
        form_kwargs=as_lined,
    ),
}

VERBS = {**OF_HEARING, **OF_BUNDLE, **REDACTIONS, **CHRONOLOGY}


def show(request: SignedInRequest, case: Case, name: str, *, status: int, **context: Any) -> HttpResponse:
    """The page of a verb in the frame of its case."""
    template = context["verb"].template or "casework/tribunal/act"
    return show_case(request, case, "tribunal", template, status=status, **context)


def show_hearing(request: SignedInRequest, hearing: Hearing, name: str, **context: Any) -> HttpResponse:
    return show(request, hearing.challenge.decision.case, name, hearing=hearing, **context)


def show_bundle(request: SignedInRequest, bundle: Bundle, name: str, **context: Any) -> HttpResponse:
    return show_hearing(request, bundle.hearing, name, bundle=bundle, **context)


hearing_pages = VerbPages(
    verbs=OF_HEARING,
    who_may=WHO_MAY,
    find=HEARINGS.find,
    ids=lambda hearing: {"case_id": hearing.challenge.decision.case_id, "hearing_id": hearing.pk},
    show=show_hearing,
    back=lambda hearing, by: page_of_hearing(hearing),
)
bundle_pages = VerbPages(
    verbs=OF_BUNDLE,
    who_may=WHO_MAY,
    find=BUNDLES.find,
    ids=lambda bundle: {"bundle_id": bundle.pk},
    show=show_bundle,
    back=lambda bundle, by: page_of_bundle(bundle),
)
redaction_pages = VerbPages(
    verbs=REDACTIONS,
    who_may=WHO_MAY,
    find=CASES.find,
    ids=lambda case: {"case_id": case.pk},
    show=show,
    back=lambda case, by: reverse("tribunal:redactions", args=[case.referral.reference]),
)
chronology_pages = VerbPages(
    verbs=CHRONOLOGY,
    who_may=WHO_MAY,
    find=CASES.find,
    ids=lambda case: {"case_id": case.pk},
    show=show,
    back=lambda case, by: reverse("tribunal:chronology", args=[case.referral.reference]),
)
