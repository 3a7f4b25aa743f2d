"""Criminal Casework's disclosable intelligence goes through the same format, check, redaction and Senior Caseworker."""

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from casework.material import actions
from casework.material.actions.checking import Judgement
from casework.material.models import Material, MaterialChange
from casework.material.states import LOCKED, State
from casework.material.views.released import NOT_APPROVED
from casework.support import actions as support
from casework.support.actions.ask import ONLY_WITH_A_FLAG
from casework.support.ledger import asked_for_referral
from casework.support.models import SupportRequest
from casework.support.queries import NOT_SENT
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.notifications.models import Notification
from nexus.waiting import items_for
from tests import databases
from tests.builders import a_user
from tests.casework.desk import signed_in
from tests.casework.material.builders import (
    NOW,
    STATEMENT,
    SUMMARY,
    answers_of,
    approved_for_criminal_casework,
    do,
    fresh,
    officer_of,
    read,
    refusal,
    sent,
    statement_of,
)
from tests.casework.support.builders import (
    ASKED_AT,
    DUE,
    a_lead,
    accepted,
    from_criminal_casework,
    submitted,
    taking_part,
    value_added,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]

SECRET = "My colleague"
SAID = {2: Judgement("yes"), 3: Judgement("redacted", SECRET)}


@pytest.fixture
def an_hour_later() -> Iterator[None]:
    with time_machine.travel(ASKED_AT + timedelta(hours=1), tick=True):
        yield


def passed_on() -> SupportRequest:
    """Asked by Criminal Casework for a flagged subject, and passed on in Croydon."""
    request = submitted(from_criminal_casework(kind="intelligence", asked="What is known since March."))
    officer = a_user(Role.REFERRALS_OFFICER)
    return support.pass_on(request_id=request.pk, by=officer, now=ASKED_AT)


def asked() -> Material:
    return fresh(accepted(passed_on()).material)


def asker_of(material: Material) -> User:
    return material.support_request.asked_by


def received(senior: User) -> Material:
    """The force has sent the summary, a Senior Caseworker reviewed it and commissioned the statement, and it is there."""
    material = asked()
    sent(material, SUMMARY)
    do("review_summary", fresh(material), senior)
    do("commission", fresh(material), senior)
    sent(material, STATEMENT)
    return fresh(material)


def checked(senior: User) -> Material:
    material = received(senior)
    given = answers_of(statement_of(material), said=SAID)
    do("check_statement", material, senior, **given)
    return fresh(material)


def approved() -> Material:
    return approved_for_criminal_casework(asked(), SAID)


def page(material: Material, by: User, name: str = "released") -> Any:
    return signed_in(by).get(reverse(f"material:{name}", args=[material.pk]))


def test_criminal_caseworks_intelligence_is_asked_as_nexus_material_once_the_force_accepts() -> None:
    request = passed_on()
    assert Material.objects.count() == 0  # the force has not promised it
    request = accepted(request)
    material = Material.objects.get()
    ask = material.asks.get()
    assert request.material == material and material.case.referral == request.referral
    assert (ask.kind, ask.what, ask.why, ask.due_on) == (
        "summary",
        request.asked,
        request.why,
        request.due_on,
    )
    assert material.requested_by == request.asked_by and material.case.case_owner is None
    entry = AuditEvent.objects.get(kind="material.summary_requested")
    assert entry.recipient == request.force.name and entry.by_id == request.answered_by_id
    read_by_lead = signed_in(a_lead(request)).get(reverse("support:detail", args=[request.pk])).text
    assert reverse("material:asked_detail", args=[material.pk]) in read_by_lead


def test_criminal_caseworks_intelligence_goes_through_format_check_redaction_and_approval() -> None:
    material = approved()
    asker = asker_of(material)
    seen = unescape(page(material, asker).text)
    assert "On 4 March 2026 I saw the assault" in seen and "[redacted] saw it too" in seen
    assert SECRET not in seen and "Approved" in seen
    file = page(material, asker, "released_file")
    assert file["Content-Type"] == "application/pdf" and file.status_code == 200
    assert AuditEvent.objects.filter(kind="material.bundled", by_id=asker.pk).exists()
    rely = reverse("material:rely_on", args=[material.pk])
    answer = signed_in(asker).post(rely, {"reason": "The decision to deport of 18 November, CC/77."})
    assert answer.status_code == 302 and fresh(material).state == State.RELIED_ON
    change = MaterialChange.objects.get(material=material, verb="rely_on")
    assert change.by == asker and "CC/77" in change.reason
    serve = reverse("material:record_service", args=[material.pk])
    day = {"served_on-day": "16", "served_on-month": "11", "served_on-year": "2026"}
    assert signed_in(asker).post(serve, {"how": "With the decision, by post", **day}).status_code == 302
    assert fresh(material).state == State.SERVED


def test_criminal_casework_asks_specialist_appeals_about_what_its_decision_relies_on() -> None:
    material = approved()
    asker = asker_of(material)
    reason = "The decision of 18 November."
    actions.rely_on(material_id=material.pk, by=asker, now=NOW, reason=reason)
    where = reverse("material:ask_appeals", args=[material.pk])
    assert signed_in(asker).post(where, {"question": "An appeal is likely."}).status_code == 302
    do("advise", fresh(material), a_user(Role.SPECIALIST_APPEALS))
    assert Notification.objects.filter(person=asker, kind="material_advised").exists()


@pytest.mark.parametrize("build", [lambda senior: asked(), received, checked])
def test_criminal_caseworks_intelligence_is_not_read_relied_on_or_served_before_it_is_approved(
    build: Any,
) -> None:
    material = build(a_user(Role.SENIOR_CASEWORKER))
    asker = asker_of(material)
    seen = unescape(page(material, asker).text)
    assert "assault" not in seen and "incidents" not in seen and "Nobody may rely on it before" in seen
    file = page(material, asker, "released_file")
    assert file.status_code == 409 and NOT_APPROVED in unescape(file.text)
    for name, body in [("rely_on", {"reason": "The decision of 18 November."}), ("record_service", {})]:
        answer = signed_in(asker).post(reverse(f"material:{name}", args=[material.pk]), body)
        assert answer.status_code in (200, 409) and fresh(material).state == material.state
    for verb in ("rely_on", "serve", "ask_for_appeals_review"):
        assert refusal(lambda verb=verb: do(verb, material, asker))
    assert fresh(material).approval is None


@pytest.mark.parametrize("state", [State.APPROVED, State.RELIED_ON, State.SERVED])
def test_sabotage_the_database_locks_no_intelligence_of_criminal_casework_without_an_approval(
    state: State,
) -> None:
    assert state in LOCKED
    material = checked(a_user(Role.SENIOR_CASEWORKER))
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Material.objects.filter(pk=material.pk).update(state=state)


def test_sabotage_intelligence_is_not_accepted_or_done_outside_nexus_material() -> None:
    request = passed_on()
    accept = {"answer": "Yes.", "answered_by": a_lead(request), "answered_at": ASKED_AT, "state": "accepted"}
    with pytest.raises(IntegrityError, match="accepted_intelligence_is_nexus_material"), transaction.atomic():
        SupportRequest.objects.filter(pk=request.pk).update(**accept)


def test_no_senior_caseworker_alone_releases_criminal_caseworks_intelligence() -> None:
    senior = a_user(Role.SENIOR_CASEWORKER)
    material = checked(senior)
    read(material, senior)
    assert "Another Senior Caseworker must approve it" in refusal(lambda: do("approve", material, senior))


def test_criminal_casework_reads_nothing_of_anybody_elses_material_and_no_version_of_its_own() -> None:
    material = approved()
    asker, colleague = asker_of(material), a_user(Role.CRIMINAL_CASEWORK)
    assert (
        page(material, colleague).status_code == page(material, colleague, "released_file").status_code == 404
    )
    for name in ("detail", "approve", "serve"):
        assert page(material, asker, name).status_code in (403, 404)
    version = reverse("material:version", args=[material.pk, statement_of(material).pk])
    assert signed_in(asker).get(version).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_changed_text_of_criminal_caseworks_intelligence_is_not_released() -> None:
    material = approved()
    asker = asker_of(material)
    changed = "UPDATE material_version SET paragraphs = %s WHERE id = %s"
    databases.behind_the_guards(changed, ["Something else."], statement_of(material).pk)
    answer = page(material, asker)
    assert answer.status_code == 409 and "Something else" not in answer.text
    assert "has changed since it was approved" in unescape(answer.text)
    assert refusal(lambda: do("rely_on", material, asker, reason="The decision of 18 November."))


def test_criminal_casework_hears_that_its_material_is_approved_and_that_it_is_taken_back() -> None:
    material = approved()
    asker = asker_of(material)
    told = Notification.objects.filter(person=asker, kind__startswith="material_")
    assert [each.kind for each in told] == ["material_approved"]
    do("reject", material, a_user(Role.SENIOR_CASEWORKER))
    assert "material_taken_back" in {each.kind for each in told.all()}
    assert "assault" not in page(material, asker).text


def test_the_force_has_not_given_intelligence_before_it_sent_the_statement() -> None:
    request = accepted(passed_on())
    fulfil = {
        "request_id": request.pk,
        "by": a_lead(request),
        "now": ASKED_AT,
        "done": "Sent.",
        "done_on": ASKED_AT.date(),
    }
    assert refusal(lambda: support.fulfil(**fulfil)) == NOT_SENT
    material, senior = fresh(request.material), a_user(Role.SENIOR_CASEWORKER)
    sent(material, SUMMARY)
    do("review_summary", fresh(material), senior)
    assert refusal(lambda: support.fulfil(**fulfil)) == NOT_SENT
    do("commission", fresh(material), senior)
    sent(fresh(material), STATEMENT)
    assert support.fulfil(**fulfil).state == "fulfilled"
    assert [thing.what for thing in asked_for_referral(request.referral, NOW.date())] == [
        "Disclosable intelligence"
    ]


@pytest.mark.parametrize("verb", ["cancel", "decline"])
def test_what_is_cancelled_or_declined_after_all_is_asked_no_more(verb: str) -> None:
    request = accepted(passed_on())
    if verb == "cancel":
        support.cancel(request_id=request.pk, by=request.asked_by, now=NOW, reason="He has left the country.")
    else:
        lead, answer = a_lead(request), "Nobody can write it before January."
        support.decline(request_id=request.pk, by=lead, now=NOW, decline_reason="resource", answer=answer)
    material = fresh(request.material)
    assert material.state == State.SUPERSEDED and not material.asks.filter(closed_at=None).exists()


def test_value_added_activity_asks_for_no_disclosable_intelligence() -> None:
    assert refusal(lambda: value_added(kind="intelligence")) == ONLY_WITH_A_FLAG
    asker, force = a_user(Role.CRIMINAL_CASEWORK), taking_part()
    seen = signed_in(asker).get(reverse("support:ask_value_added")).text
    assert 'value="information"' in seen and 'value="intelligence"' not in seen
    draft = value_added(by=asker, force=force)
    words = {"kind": "intelligence", "asked": draft.asked, "why": draft.why, "due_on": DUE}
    subject = {"own_reference": draft.own_reference, "subject_name": draft.subject_name}
    assert ONLY_WITH_A_FLAG in refusal(
        lambda: support.amend(request_id=draft.pk, by=asker, now=ASKED_AT, **words, **subject)
    )


def test_what_was_asked_for_criminal_casework_waits_for_who_must_act() -> None:
    senior, material = a_user(Role.SENIOR_CASEWORKER), asked()
    asker = asker_of(material)
    assert [item.act for item in items_for(senior, NOW)] == []
    sent(material, SUMMARY)
    assert "Review the summary of material, for Criminal Casework" in {
        item.act for item in items_for(senior, NOW)
    }
    approved = approved_for_criminal_casework(accepted(passed_on()).material)
    (waits,) = [item for item in items_for(approved.support_request.asked_by, NOW) if item.row == approved]
    assert waits.path == reverse("material:released", args=[approved.pk])
    assert approved not in [item.row for item in items_for(asker, NOW)]


def test_the_senior_caseworkers_hear_what_the_force_sent_for_criminal_casework() -> None:
    senior, material = a_user(Role.SENIOR_CASEWORKER), asked()
    sent(material, SUMMARY)
    told = Notification.objects.filter(kind="material_supplied").values_list("person", flat=True)
    assert senior.pk in told and asker_of(material).pk not in told
    actions.write_message(material_id=material.pk, by=officer_of(material), now=NOW, text="Which incidents?")
    assert Notification.objects.filter(kind="material_message", person=senior).exists()
