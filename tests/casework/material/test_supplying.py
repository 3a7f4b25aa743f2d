"""What the force sends: numbered paragraphs and records that stay as they are, and a new version of them."""

import pytest
from django.db import DatabaseError, transaction

from casework.material import actions
from casework.material.models import Record, Version
from casework.material.states import State
from nexus.refusals import Refused
from tests.builders import an_assigned_case
from tests.casework.material.builders import (
    NOW,
    STATEMENT,
    do,
    fresh,
    officer_of,
    owner_of,
    received,
    refusal,
    requested,
    sent,
)

pytestmark = pytest.mark.django_db


def test_the_force_sends_numbered_paragraphs_and_records_that_stay_as_they_are() -> None:
    material = received(records=2)
    version = material.versions.get(kind="statement")
    assert version.paragraphs == [
        "I am a police constable.",
        "On 4 March 2026 I saw the assault.",
        "My colleague saw it too.",
    ]
    assert version.sha256 == version.digest() and version.ask.records.count() == 2
    for change in (
        lambda: Version.objects.filter(pk=version.pk).update(paragraphs=["Other"]),
        version.delete,
        lambda: Record.objects.filter(ask=version.ask).update(description="Other"),
        lambda: Record.objects.filter(ask=version.ask).delete(),
        lambda: version.ask.records.create(file=version.ask.records.first().file, description="More"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_nothing_is_sent_without_a_text_or_an_author_or_twice() -> None:
    material = requested()
    one = {"material_id": material.pk, "by": officer_of(material), "now": NOW}
    said = refusal(lambda: actions.supply(**one))
    assert "Write the text" in said and "Enter whose summary it is." in said
    actions.save_draft(**one, author="PC Ashdown", text="x" * 6001)
    assert "Paragraph 1 is longer" in refusal(lambda: actions.supply(**one))
    sent(material, "Enough.")
    assert "Your force is no longer asked for anything here." in refusal(lambda: actions.supply(**one))


def test_a_new_version_begins_with_what_was_sent_and_keeps_the_old_one() -> None:
    material = received(records=1)
    assert "Enter what is wrong" in refusal(lambda: do("reject", material, owner_of(material), what=""))
    do("reject", material, owner_of(material))
    asked = material.asks.get(closed_at=None)
    assert asked.again and asked.draft_author and asked.records.count() == 1
    assert "2. " not in asked.draft_text and "I saw the assault." in asked.draft_text
    second = sent(fresh(material), STATEMENT + "\n\nThe source is graded B2.")
    assert (second.number, fresh(material).state) == (2, State.RECEIVED)
    assert material.versions.filter(kind="statement").count() == 2


def test_a_record_may_be_taken_away_before_sending() -> None:
    material = fresh(requested(case=an_assigned_case()))
    from_force = {"material_id": material.pk, "by": officer_of(material), "now": NOW}
    sent_with = sent(material, "Enough.", records=1)
    with pytest.raises(Refused):
        actions.remove_record(**from_force, record_id=sent_with.ask.records.get().pk)
