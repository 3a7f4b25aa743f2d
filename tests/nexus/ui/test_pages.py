import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gallery")]


@pytest.mark.parametrize("path", ["form/", "question/", "components/", "list/", "protected/"])
def test_gallery_pages_render(client: Client, path: str) -> None:
    response = client.get(f"/gallery/{path}", follow=True)
    assert response.status_code == 200, response.content.decode()[:500]
    assert "<h1" in response.content.decode()


def test_an_empty_post_lists_every_problem(client: Client) -> None:
    page = client.post("/gallery/form/", {}).content.decode()
    assert "Error: " in page
