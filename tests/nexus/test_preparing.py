"""Every page says how far the demonstration is, while it is being prepared and only there."""

from collections.abc import Iterator

import pytest
from django.template import engines
from django.test import Client

from nexus import preparing


@pytest.fixture
def in_a_demonstration(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(engines["jinja2"].env.globals, "demonstration", True)
    yield


@pytest.mark.django_db
def test_every_page_says_how_far_it_is_until_it_is_complete(in_a_demonstration: None) -> None:
    preparing.tell(40, total=120)
    page = Client().get("/sign-in/").content.decode()
    assert "The demonstration is being prepared: 40 of 120 referrals. You can work already." in page
    preparing.forget()
    assert "being prepared" not in Client().get("/sign-in/").content.decode()


@pytest.mark.django_db
def test_a_production_page_never_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> None:
        raise AssertionError("asked")

    monkeypatch.setitem(engines["jinja2"].env.globals, "preparing", asked)
    assert Client().get("/sign-in/").status_code == 200


def test_it_never_says_more_than_all() -> None:
    preparing.tell(130, total=120)
    assert preparing.progress() == (120, 120)
