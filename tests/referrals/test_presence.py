"""Presence: a page that somebody else has open says so, with ids only in Valkey."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from redis import Redis

from nexus.accounts.roles import Role
from referrals import presence
from tests.builders import a_submitted, a_user
from tests.referrals.croydon import page_of, signed_in

pytestmark = pytest.mark.django_db
# London, in winter: a quarter past two.
NOW = datetime(2026, 11, 16, 14, 15, tzinfo=UTC)


def test_the_page_says_who_else_has_it_open() -> None:
    referral = a_submitted()
    brandt = a_user(Role.REFERRALS_OFFICER, full_name="Ottoline Grace Brandt")
    okonjo = a_user(Role.REFERRALS_OFFICER, full_name="Piers Okonjo")
    with time_machine.travel(NOW, tick=False) as clock:
        assert "Also open" not in signed_in(brandt).get(page_of("detail", referral)).text
        clock.shift(timedelta(minutes=4))
        page = signed_in(okonjo).get(page_of("timeline", referral)).text
        assert "Also open: <bdi>O. Brandt</bdi> since 2:15pm</p>" in page
        clock.shift(timedelta(minutes=1))
        assert "<bdi>P. Okonjo</bdi> since 2:19pm" in signed_in(brandt).get(page_of("detail", referral)).text
        clock.shift(timedelta(minutes=15))
        assert (
            "since" not in signed_in(okonjo).get(page_of("detail", referral)).text.split("Also open")[-1][:60]
        )


def test_it_ends_when_nobody_has_looked_for_as_long_as_a_session() -> None:
    one, other, later = a_user(Role.REFERRALS_OFFICER), a_user(Role.MANAGER), NOW + presence.OPEN_FOR
    presence.opened(7, by=one, now=NOW)
    assert len(presence.opened(7, by=other, now=later - timedelta(seconds=1))) == 1
    assert presence.opened(7, by=other, now=later) == []
    assert presence.opened(8, by=other, now=NOW) == []


def test_only_ids_are_kept_and_not_for_long() -> None:
    officer = a_user(Role.REFERRALS_OFFICER)
    presence.opened(7, by=officer, now=NOW)
    server = Redis.from_url(settings.CACHES["default"]["LOCATION"], decode_responses=True)
    moment = int(NOW.timestamp())
    assert server.hgetall("nexus:open:7") == {str(officer.pk): f"{moment} {moment}"}
    assert 0 < server.ttl("nexus:open:7") <= presence.OPEN_FOR.total_seconds()
    server.close()


def test_without_valkey_the_page_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.CACHES["default"], "LOCATION", "unix:///nowhere/valkey.sock")
    page = signed_in(a_user(Role.REFERRALS_OFFICER)).get(page_of("detail", a_submitted()))
    assert page.status_code == 200 and "Also open" not in page.text


@pytest.mark.parametrize(
    ("name", "short"), [("Ottoline Grace Brandt", "O. Brandt"), ("Madonna", "Madonna"), ("Ó Súilleabháin", "Ó. Súilleabháin")]
)  # fmt: skip
def test_short_names(name: str, short: str) -> None:
    assert presence.short_name(name) == short
