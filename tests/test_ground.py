"""The tests themselves stand on real servers, as the role the application really has."""

import pgtrigger
import pytest
import redis
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import ProgrammingError, connection
from django.utils import timezone

from nexus.audit.models import AuditEvent


@pytest.mark.django_db
def test_the_suite_is_neither_superuser_nor_owner() -> None:
    with connection.cursor() as ask:
        ask.execute(
            "SELECT session_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb "
            "FROM pg_roles WHERE rolname = session_user"
        )
        assert ask.fetchone() == ("nexus_app", False, False, False, False)
        ask.execute("SELECT count(*) FROM pg_tables WHERE tableowner IN (current_user, session_user)")
        assert ask.fetchone() == (0,)


@pytest.mark.django_db
def test_trigram_search_and_unaccent_are_there() -> None:
    with connection.cursor() as ask:
        ask.execute("SELECT similarity('Łukasz', 'Lukasz') > 0, unaccent('Łukasz')")
        assert ask.fetchone() == (True, "Lukasz")


def test_the_queue_answers() -> None:
    assert redis.Redis.from_url(settings.REDIS_URL).ping()


@pytest.mark.django_db
def test_the_runtime_role_can_only_add_to_the_audit_log() -> None:
    with connection.cursor() as ask:
        ask.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants "
            "WHERE grantee = current_user AND table_name = %s ORDER BY 1",
            [AuditEvent._meta.db_table],
        )
        assert [name for (name,) in ask.fetchall()] == ["INSERT", "SELECT"]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE {} SET reason = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_to_rewrite_the_audit_log(statement: str) -> None:
    with connection.cursor() as ask, pytest.raises(ProgrammingError, match="permission denied"):
        ask.execute(statement.format(AuditEvent._meta.db_table))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_nothing_behind(turn: int) -> None:
    """Append-only rows included: the second turn would count two."""
    AuditEvent.objects.create(at=timezone.now(), kind="test.turn", reason=str(turn))
    assert AuditEvent.objects.count() == 1
    assert ContentType.objects.exists()


@pytest.mark.django_db
def test_every_trigger_the_models_declare_is_in_the_database_and_on() -> None:
    declared = pgtrigger.registered()
    assert declared
    assert {(str(trigger), trigger.get_installation_status(model)) for model, trigger in declared} == {
        (str(trigger), ("INSTALLED", True)) for model, trigger in declared
    }
