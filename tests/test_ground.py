"""The tests themselves stand on real servers, as the role the application really has."""

import pytest
import redis
from django.conf import settings
from django.db import connection


@pytest.mark.django_db
def test_the_suite_is_neither_superuser_nor_owner() -> None:
    with connection.cursor() as ask:
        ask.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb "
            "FROM pg_roles WHERE rolname = current_user"
        )
        assert ask.fetchone() == ("nexus_app", False, False, False, False)
        ask.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert ask.fetchone() == (0,)


@pytest.mark.django_db
def test_trigram_search_and_unaccent_are_there() -> None:
    with connection.cursor() as ask:
        ask.execute("SELECT similarity('Łukasz', 'Lukasz') > 0, unaccent('Łukasz')")
        assert ask.fetchone() == (True, "Lukasz")


def test_the_queue_answers() -> None:
    assert redis.Redis.from_url(settings.REDIS_URL).ping()
