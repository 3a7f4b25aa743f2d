"""What the force reads of material, and what it does not."""

import pytest
from django.urls import reverse

from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from nexus.documents.models import Scan, StoredFile
from tests.builders import a_force, a_user
from tests.casework.desk import signed_in
from tests.casework.material.builders import (
    NOW,
    advised,
    attached,
    officer_of,
    owner_of,
    page,
    requested,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_same_day")]


def test_the_force_reads_what_is_asked_and_nothing_of_what_is_said_inside() -> None:
    material = advised()
    text = page(officer_of(material), "asked_detail", material.pk)
    assert "Enough" not in text and "I saw the assault." in text
    for inside in (
        "Two incidents bear",
        "agreed format and pertinent",
        "second witness may",
        "Call the first",
    ):
        assert inside not in text
    foreign = a_user(Role.FORCE_LEAD, force=a_force("06"))
    for name in ("asked_detail", "supply", "detail"):
        assert signed_in(foreign).get(reverse(f"material:{name}", args=[material.pk])).status_code == 404
    assert (
        signed_in(officer_of(material)).get(reverse("material:detail", args=[material.pk])).status_code == 403
    )


def test_casework_does_not_read_what_is_not_sent() -> None:
    material = requested()
    attached(material, "log.txt", b"The custody log.")
    StoredFile.objects.update(scan=Scan.CLEAN, scanned_at=NOW)
    record = material.asks.get().records.get()
    path = reverse("material:record", args=[material.pk, record.pk])
    assert signed_in(owner_of(material)).get(path).status_code == 404
    assert signed_in(officer_of(material)).get(path).status_code == 200
    told = AuditEvent.objects.filter(kind="material.record_downloaded").get()
    assert told.recipient == material.case.referral.force.name
    lead = a_user(Role.FORCE_LEAD)
    removed = signed_in(lead).post(reverse("material:remove_record", args=[material.pk, record.pk]))
    assert removed.status_code == 302 and not material.asks.get().records.exists()


def test_the_format_is_told_in_the_guidances_words() -> None:
    material = requested()
    text = page(officer_of(material), "asked_detail", material.pk)
    assert (
        "must be specific to the case and only information pertinent to the case should be included" in text
    )
    assert "Grade the source of each piece of intelligence" in text
    assert "30 November 2026" in text and "Write the text before you send it." in text
