"""What a CIO must look at stands where they decide: on the form of a call, and of a request that leads to removal."""

import pytest
import time_machine
from django.urls import reverse

from casework import actions as casework_actions
from casework.engagement.queries import points_of_case, points_to_look_at
from casework.engagement.rules.powers import Kind
from casework.models import BarrierKind, Case
from nexus.accounts.models import User
from tests.casework.engagement.builders import a_draft, a_verbal_one, at
from tests.casework.engagement.test_pages import client_of, page

pytestmark = pytest.mark.django_db
NOT_READY = "Not ready for removal: no decision has been made."


def test_the_warnings_stand_on_the_form_of_a_call(case: Case, cio: User) -> None:
    barrier = {"kind": BarrierKind.INJUNCTION, "since": at(1).date(), "details": "Granted on paper."}
    casework_actions.record_barrier(case_id=case.pk, by=case.case_owner, now=at(1), **barrier)
    text = page(cio, "engagement:log_verbal", case.referral.reference)
    warned, form = text.index("Consider before you decide"), text.index('name="asked_by"')
    assert warned < text.index("a barrier to removal until") < form
    assert "Not known: adult at risk, trafficking." in text and NOT_READY in text
    a_verbal_one(cio=cio, case=case)
    assert not any(point.startswith("Not known") for point in points_of_case(case))


@pytest.mark.parametrize("kind", Kind.values())
def test_not_ready_for_removal_is_said_of_what_leads_to_it(case: Case, kind: str) -> None:
    points = points_to_look_at(a_draft(case=case, kind=kind))
    assert (NOT_READY in points) == (kind in (Kind.DETENTION, Kind.DETENTION_ON_REPORTING, Kind.ESCORT))


def test_somebody_rings_and_the_case_is_one_search_away(case: Case, cio: User) -> None:
    first = page(cio, "engagement:list")
    assert first.index("Take an urgent call") < first.index("Operations that have ended are not shown")
    client, address = client_of(cio), reverse("engagement:rung")
    log = reverse("engagement:log_verbal", args=[case.referral.reference])
    with time_machine.travel(at(12)):
        for words in (case.referral.surname, case.referral.reference):
            answer = client.post(address, {"words": words})
            assert words not in answer["Location"]
            assert f'href="{log}"' in client.get(answer["Location"]).content.decode()
        found = client.post(address, {"words": "Nobody of this name"}, follow=True).content.decode()
    assert "No case found" in found and log not in found
    assert "Take an urgent call" not in page(case.case_owner, "engagement:list")
