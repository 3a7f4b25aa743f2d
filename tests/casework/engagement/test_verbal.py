"""Out of hours: logged at once, live within its limits, written up in time or red."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from casework.engagement import actions
from casework.engagement.models import Authorisation, Engagement
from casework.engagement.rules.risks import Answered
from casework.engagement.states import State
from casework.models import Case
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.notifications.models import Notification
from nexus.refusals import Refused
from tests.builders import a_user
from tests.casework.engagement.builders import (
    NO,
    a_draft,
    a_verbal_one,
    at,
    read,
    sections_written,
    signing,
    standing,
)

pytestmark = pytest.mark.django_db
DUE = at(10) + timedelta(hours=24)


def written_up(engagement: Engagement, by: User, hour: float) -> Authorisation:
    """Every section, and the CIO's name below it."""
    sections_written(engagement, by=by, now=at(hour))
    return signed(engagement, by, hour)


def signed(engagement: Engagement, by: User, hour: float, **answers: Any) -> Authorisation:
    now = at(hour)
    return actions.write_up(
        engagement_id=engagement.pk, by=by, now=now, confirmed_at=now, **signing(engagement, **answers)
    )


def test_logged_tasked_and_written_up(case: Case, cio: User) -> None:
    engagement = a_verbal_one(cio=cio, case=case)
    row = standing(engagement)
    assert (engagement.state, row.verbal, row.requested_by) == ("authorised", True, case.case_owner)
    assert engagement.write_up_due_at == DUE
    assert actions.task(engagement_id=engagement.pk, by=cio, now=at(10.2)).state == State.TASKED
    written = written_up(engagement, cio, 12)
    row.refresh_from_db()
    assert (row.replaced_at, written.verbal, written.expires_at) == (at(12), False, row.expires_at)
    assert "absconded twice" in written.text and "absconded" not in row.text
    with pytest.raises(Refused, match="written up already"):
        signed(engagement, cio, 13)
    with pytest.raises(DatabaseError), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(address="Elsewhere")
    officer = a_user(Role.POLICE_OFFICER)
    assert actions.accept(engagement_id=engagement.pk, by=officer, now=at(13)).state == State.ACCEPTED


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"kind": "raid"}, "what kind"),
    ({"force": None}, "Select the force"),
    ({"asked_at": at(11)}, "in the past"),
    ({"said": " "}, "what was said"),
    ({"expires_at": at(10)}, "in the future"),
    ({"risks": {}}, "adult at risk"),
    ({"risks": {"adults_at_risk": NO["adults_at_risk"]}}, "trafficking indicator"),
    ({"confirmed_at": None}, "Confirm that it is you"),
    (
        {"risks": {**NO, "trafficking": Answered("yes", "Says so.")}},
        "A Senior Caseworker must record its outcome first",
    ),
]


def test_logging_is_refused(case: Case, cio: User) -> None:
    for answers, sentence in [*REFUSED, ({"asked_by": cio}, "somebody else must decide")]:
        with pytest.raises(Refused, match=sentence):
            a_verbal_one(cio=cio, case=case, **answers)
    assert not Engagement.objects.exists()


def test_nothing_is_done_on_one_that_was_not_written_up_in_time(case: Case, cio: User) -> None:
    engagement = a_verbal_one(cio=cio, case=case, expires_at=at(10 + 48))
    one = {"engagement_id": engagement.pk, "by": cio}
    with pytest.raises(Refused, match="not written up in time"):
        actions.task(**one, now=DUE)
    with pytest.raises(DatabaseError, match="live authorisation"), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(
            state="tasked", tasked_at=DUE, tasked_by=cio, tasked_sha256=standing(engagement).sha256
        )
    with pytest.raises(Refused, match="Write up the verbal authorisation first"):
        actions.reopen(**one, now=at(35), reason="He moved to Leeds.")
    written_up(engagement, cio, 35)
    assert actions.task(**one, now=at(36)).state == State.TASKED


def test_the_writing_is_complete(case: Case, cio: User) -> None:
    engagement = a_verbal_one(cio=cio, case=case)
    with pytest.raises(Refused) as refused:
        signed(engagement, cio, 12)
    missing = " ".join(refused.value.reasons)
    for part in (
        "Are children present",
        "Select the legal power",
        "Enter the address",
        "when the operation is to begin and end",
    ):
        assert part in missing
    with pytest.raises(Refused, match="Enter the address"):
        sections_written(engagement, by=cio, now=at(12), address="not known")
    sections_written(engagement, by=case.case_owner, now=at(12))  # the case-owner may write, the CIO signs
    read(engagement, cio, at(11.9))
    with pytest.raises(Refused, match="Its sections have changed"):
        signed(engagement, cio, 12)
    read(engagement, cio, at(12))
    for answers, sentence in (({"reasons": ""}, "Enter your reasons"), ({"risk_level": ""}, "how high")):
        with pytest.raises(Refused, match=sentence):
            signed(engagement, cio, 12, **answers)
    asker = User.objects.get(pk=case.case_owner_id)
    asker.role = Role.CIO_HMI
    with pytest.raises(Refused, match="somebody else must decide"):
        signed(engagement, asker, 12)


def test_it_stands_on_what_was_said_while_it_is_written(case: Case, cio: User) -> None:
    """The sections may be saved one by one; what was said, and the answers given at once, are what it stands on."""
    engagement = a_verbal_one(cio=cio, case=case)
    one: dict[str, Any] = {"engagement_id": engagement.pk, "by": cio}
    sections_written(engagement, by=cio, now=at(10.1), asked="Something else.")
    engagement.refresh_from_db()
    assert (engagement.asked, engagement.address) == (
        "He is at the address now; arrest him, dog handler first.",
        "14 Quince Row, Port Selby",
    )
    with pytest.raises(DatabaseError, match="stays as it was logged"), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(asked="Something else.")
    later = {**NO, "adults_at_risk": Answered("yes", "His doctor rang.")}
    actions.save_risks(**one, now=at(10.2), risks=later, at_risk_level="2", safety_note="")
    with pytest.raises(Refused, match="has changed since it was authorised"):
        actions.task(**one, now=at(10.3))
    signed(engagement, cio, 10.4)
    assert actions.task(**one, now=at(10.5)).state == State.TASKED


def test_the_case_is_held_while_an_operation_begins(case: Case, cio: User) -> None:
    """Otherwise it could be closed at that moment, and somebody may still carry the operation out."""
    for begin in (lambda: a_verbal_one(cio=cio, case=case), lambda: a_draft(case=case)):
        with CaptureQueriesContext(connection) as queries:
            begin()
        assert any('FOR UPDATE OF "casework_case"' in query["sql"] for query in queries)


def test_a_cio_writes_no_request_but_a_write_up(case: Case, cio: User) -> None:
    with pytest.raises(Refused, match="Only the requester can change the request"):
        actions.save_risks(
            engagement_id=a_draft(case=case).pk,
            by=cio,
            now=at(4),
            risks=NO,
            at_risk_level="",
            safety_note="",
        )


def test_what_is_overdue_is_told_once(case: Case, cio: User) -> None:
    engagement = a_verbal_one(cio=cio, case=case)
    assert actions.tell_of_overdue(now=DUE - timedelta(minutes=1)) == 0
    assert actions.tell_of_overdue(now=DUE) == 1
    assert actions.tell_of_overdue(now=DUE + timedelta(days=1)) == 0
    told = Notification.objects.filter(kind="engagement_overdue", person=cio)
    assert told.count() == 1
    actions.expire(now=DUE)
    assert written_up(engagement, cio, 40).engagement.state == State.EXPIRED  # it is owed all the same


def test_a_withdrawn_one_is_still_written_up_and_stays_void(case: Case, cio: User) -> None:
    engagement = a_verbal_one(cio=cio, case=case)
    actions.withdraw(
        engagement_id=engagement.pk, by=cio, now=at(11), reason="He was not at the address in Leeds."
    )
    written = written_up(engagement, cio, 12)
    assert (written.voided_because, written.verbal) == ("He was not at the address in Leeds.", False)
