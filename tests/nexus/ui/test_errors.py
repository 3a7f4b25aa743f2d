"""The pages for what went wrong: in style, with something to do, and with nothing given away."""

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.template import engines
from django.test import Client
from jinja2 import UndefinedError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gallery")]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/gallery/400/", 400, "The request was not understood"),
        ("/gallery/403/", 403, "You may not do this"),
        ("/gallery/nowhere/", 404, "Page not found"),
        ("/gallery/409/", 409, "This cannot be done now"),
        ("/gallery/413/", 413, "What you sent is too large"),
        ("/gallery/500/", 500, "Sorry, there is a problem with the service"),
    ],
)
def test_error_pages(visitor: Client, path: str, status: int, heading: str) -> None:
    response = visitor.get(path)
    page = response.content.decode()
    assert response.status_code == status
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in page
    assert f"<title>{heading} – Operation Nexus – High Harm</title>" in page
    assert "OFFICIAL-SENSITIVE" in page
    assert "a secret reason" not in page
    assert "nowhere" not in page
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_request_too_large_to_read_is_413(visitor: Client, settings: object) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = visitor.post("/gallery/form/", {"surname": "x" * 200})
    assert response.status_code == 413
    assert "too large" in response.content.decode()


def test_too_many_fields_is_400(visitor: Client) -> None:
    response = visitor.post("/gallery/form/", {f"f{n}": "" for n in range(1001)})
    assert response.status_code == 400


def test_the_500_page_needs_no_database(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*args: object, **kwargs: object) -> None:
        raise ConnectionError("the database is gone")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", gone)
    visitor.cookies["nexus-session"] = "a" * 32
    response = visitor.get("/gallery/protected/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "Sorry, there is a problem with the service" in page
    assert "the database is gone" not in page


def test_a_form_from_elsewhere_is_refused_in_style() -> None:
    stranger = Client(enforce_csrf_checks=True)
    response = stranger.post("/gallery/form/", {"surname": "Typed"}, headers={"sec-fetch-site": "cross-site"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "The form could not be accepted" in page
    assert "Typed" not in page


def test_a_misspelt_name_in_a_template_is_a_mistake_not_a_blank() -> None:
    env = engines["jinja2"]
    with pytest.raises(UndefinedError):
        env.from_string("{{ refferal }}").render({})
    with pytest.raises(UndefinedError):
        env.from_string("{{ page.nothing }}").render({"page": object()})
    assert env.from_string("{{ 'x' if nothing }}{{ d.nothing }}{{ a|default('b') }}").render({"d": {}}) == "b"
