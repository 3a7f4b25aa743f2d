"""Two at one page of a draft: whoever is second reads both texts, and a save in between is found."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from nexus import rows
from referrals import actions
from referrals.models import Referral
from tests.builders import NOON, a_draft
from tests.referrals.station import again, path, signed_in, words

pytestmark = pytest.mark.django_db


def test_an_overtaken_save_is_a_conflict_with_both_texts_and_then_may_be_repeated() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    at = path("section", referral, "harm")
    showed = hidden_in(client.get(at))
    client.post(at, {"harm_narrative": "Theirs", **showed})
    response = client.post(at, {"harm_narrative": "Mine", **showed})
    page = words(response)
    assert response.status_code == 409
    assert "Theirs" in page and "Mine" in page and f"Saved by {officer.full_name}" in page
    assert again(referral).harm_narrative == "Theirs"
    kept = {"harm_narrative": "Mine", "settle": "mine", **hidden_in(response)}
    assert client.post(at, kept).status_code == 302
    assert again(referral).harm_narrative == "Mine"


def saved_while_waiting(monkeypatch: pytest.MonkeyPatch, save: Callable[[], Any]) -> None:
    """Somebody else's request, which this one waits for, saves and ends."""
    monkeypatch.setattr(rows, "take_turns", lambda row: save())


def two_at_once(monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Referral]:
    """One officer's save of the page on harm, while another's comes in between its arrival and its turn."""
    client, officer = signed_in()
    referral = a_draft(by=officer)
    at = path("section", referral, "harm")
    showed = hidden_in(client.get(at))
    one: dict[str, Any] = {"referral_id": referral.pk, "by": officer, "now": NOON, "section": "harm"}
    saved_while_waiting(monkeypatch, lambda: actions.save_section(**one, values={"harm_narrative": "Theirs"}))
    return client.post(at, {"harm_narrative": "Mine", **showed}), again(referral)


def test_a_save_that_came_in_between_is_found_too(monkeypatch: pytest.MonkeyPatch) -> None:
    response, referral = two_at_once(monkeypatch)
    assert response.status_code == 409 and referral.harm_narrative == "Theirs"
    assert "Theirs" in words(response) and "Mine" in words(response)


def test_without_reading_again_after_the_turn_it_would_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sabotage of the test above."""

    def unread(self: Any, request: Any, verb: str, **address: Any) -> Any:
        row = self.open(request.user, verb, **address)
        if request.method == "POST":
            rows.take_turns(row)
        return row

    monkeypatch.setattr(rows.Rows, "open_in_turn", unread)
    response, referral = two_at_once(monkeypatch)
    assert response.status_code == 302 and referral.harm_narrative == "Mine"


def test_an_overtaken_row_is_a_conflict_with_both_texts_and_then_may_be_repeated() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    alias = actions.add_row(
        referral_id=referral.pk, by=officer, now=NOON, kind="alias", values={"name": "Teo"}
    )
    at = path("row_change", referral, "alias", alias.pk)
    showed = hidden_in(client.get(at))
    client.post(at, {"name": "Theirs", **showed})
    response = client.post(at, {"name": "Mine", **showed})
    page = words(response)
    assert response.status_code == 409
    assert "Theirs" in page and "Mine" in page and f"Saved by {officer.full_name}" in page
    assert referral.aliases.get().name == "Theirs"
    assert client.post(at, {"name": "Mine", "settle": "mine", **hidden_in(response)}).status_code == 302
    assert referral.aliases.get().name == "Mine"


def test_the_same_answers_twice_are_no_conflict() -> None:
    client, officer = signed_in()
    referral = a_draft(by=officer)
    at = path("section", referral, "harm")
    showed = hidden_in(client.get(at))
    for _ in range(2):
        assert client.post(at, {"harm_narrative": "Same", **showed}).status_code == 302


def hidden_in(response: Any) -> dict[str, str]:
    """What a page says that it showed and compared, as its form would post it."""
    found = re.findall(r'name="(page_\w+)" value="([^"]*)"', response.content.decode())
    return {name: unescape(value) for name, value in found}
