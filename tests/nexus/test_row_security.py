"""Every table says whose its rows are: found by walking all models, never by a list."""

import io
from collections.abc import Iterator

import pytest
from celery import shared_task
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.http import StreamingHttpResponse
from django.test import RequestFactory

from casework.models import CaseNote
from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.celery import SystemTask, app
from nexus.filling import is_secured
from nexus.privileges import our_tables
from nexus.retention.declared import kept
from nexus.row_security import OFFICE_ONLY, SeenBy, open_to_all, protected_tables, seen_by, target_of
from nexus.scope import NOBODY, SYSTEM, ScopeMiddleware, current_scope, scope, scope_of
from referrals.models import Referral, ReferralChange
from tests import databases
from tests.builders import a_draft, a_force, a_submitted, a_user

# Retention classes of what is about staff and the service itself, and of no force's referral.
OF_THE_SERVICE = {"account", "audit", "desk", "session", "telling"}


def said(model: type[Model]) -> SeenBy:
    return seen_by(model) or OFFICE_ONLY


def mistakes() -> Iterator[str]:
    """What is not declared, or is open to all though it tells of a subject, in sentences."""
    for model in our_tables():
        label = model._meta.label
        if seen_by(model) is None:
            yield f"{label} does not say whose its rows are."
        elif (
            said(model).open_because and kept(model).personal and kept(model).retention not in OF_THE_SERVICE
        ):
            yield f"{label} holds personal data of a record and is open to all."


def test_every_table_says_whose_its_rows_are() -> None:
    assert list(mistakes()) == []


def test_every_way_ends_at_a_force() -> None:
    """What is seen with something else leads, step by step, to a table that names a force or a person."""
    for model in our_tables():
        if said(model).its:
            assert leads_to_somebody(model, set()), f"{model._meta.label} leads to nobody"


def leads_to_somebody(model: type[Model], passed: set[type[Model]]) -> bool:
    if said(model).force or said(model).person or said(model) == OFFICE_ONLY:
        return True
    onward = {target_of(model, name) for name in said(model).its} - passed
    return any(leads_to_somebody(each, passed | onward) for each in onward)


def test_what_belongs_to_a_record_is_open_to_nobody_else() -> None:
    """By the declarations of retention: what goes with a referral is seen with it."""
    records = [each for each in our_tables() if each is not User and kept(each).retention == "record"]
    assert len(records) > 50
    open_ones = [each._meta.label for each in records if said(each).open_because and kept(each).personal]
    assert open_ones == []


def test_what_is_declared_names_fields_that_exist() -> None:
    for model in our_tables():
        declared = said(model)
        for name in (*filter(None, (declared.force, declared.maker, declared.person)), *declared.its):
            assert model._meta.get_field(name).is_relation, (model, name)
        assert all(issubclass(target_of(model, path), Model) for path in declared.shows)


@pytest.mark.parametrize("instead", [None, open_to_all("Nobody minds.")])
def test_a_table_that_forgets_to_say_it_is_found(
    instead: SeenBy | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotage: a note that says nothing, and one that claims to hold nothing personal."""
    monkeypatch.setattr(CaseNote, "SEEN_BY", instead)
    (found,) = mistakes()
    assert found.startswith("casework.CaseNote")


def test_a_referral_names_its_force() -> None:
    assert said(Referral).force == "force"


def without_forced_policies() -> set[str]:
    """The tables of the database that PostgreSQL shows to everybody, by its own catalogue."""
    with connection.cursor() as ask:
        ask.execute(
            "SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND NOT (relrowsecurity AND relforcerowsecurity AND"
            " EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid AND polname = 'force'))"
        )
        return {name for (name,) in ask.fetchall()}


def open_tables() -> set[str]:
    """Those that may be: what its model says is no secret, and what holds two ids and nothing else."""
    said_open = {model._meta.db_table for model in our_tables() if said(model).open_because}
    links = {
        through._meta.db_table
        for model in our_tables()
        for field in model._meta.local_many_to_many
        if (through := field.remote_field.through)._meta.auto_created
    }
    return said_open | links | {"django_migrations"}


@pytest.mark.django_db
def test_every_table_that_holds_personal_data_has_forced_row_security() -> None:
    """Every table of the database, whatever made it: a new one without policies fails here."""
    assert without_forced_policies() - open_tables() == set()
    personal = {m._meta.db_table for m in protected_tables() if kept(m).personal}
    assert len(personal) > 50 and not personal & without_forced_policies()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("do", "undo"),
    [
        ("CREATE TABLE forgotten (name text)", "DROP TABLE forgotten"),
        ("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY", "ALTER TABLE {} FORCE ROW LEVEL SECURITY"),
        ("ALTER TABLE {} DISABLE ROW LEVEL SECURITY", "ALTER TABLE {} ENABLE ROW LEVEL SECURITY"),
    ],
)
def test_a_table_without_forced_row_security_is_found(do: str, undo: str) -> None:
    """Sabotage: a table that nobody declared, one whose owner sees everything, one without the wall."""
    table = CaseNote._meta.db_table
    with databases.as_owner(do.format(table), undo.format(table)):
        assert len(without_forced_policies() - open_tables()) == 1


@pytest.mark.django_db
def test_each_scope_sees_its_own_rows_and_without_one_there_are_none() -> None:
    referral, other = a_submitted(), a_submitted(by=a_user(Role.POLICE_OFFICER, force=a_force("06")))
    both = {referral.pk, other.pk}
    wanted = {
        NOBODY: set(),
        scope_of(referral.created_by): {referral.pk},
        scope_of(other.created_by): {other.pk},
        scope_of(a_user(Role.REFERRALS_OFFICER)): both,
        SYSTEM: both,
    }
    for each, rows in wanted.items():
        with scope(each):
            assert set(Referral.objects.values_list("pk", flat=True)) == rows, each
            assert set(ReferralChange.objects.values_list("referral", flat=True)) == rows, each


@pytest.mark.django_db
def test_without_a_scope_no_protected_table_has_a_row() -> None:
    a_submitted()
    with scope(NOBODY):
        for model in protected_tables():
            assert not model._base_manager.exists(), model


@pytest.mark.django_db
def test_a_force_cannot_write_another_forces_rows() -> None:
    """Neither change one it does not see, nor make one, nor give its own away."""
    referral, stranger = a_submitted(), a_user(Role.POLICE_OFFICER, force=a_force("06"))
    draft = a_draft(by=stranger)
    with scope(scope_of(stranger)):
        assert Referral.objects.filter(pk=referral.pk).update(surname="Changed") == 0
        for force_id in (referral.force_id, None):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                Referral.objects.filter(pk=draft.pk).update(force_id=force_id)


@pytest.mark.django_db(transaction=True)
def test_nothing_rests_on_the_session_behind_a_proxy_that_pools_transactions() -> None:
    """Between any two transactions the proxy may give us another session: here each is a new one."""
    referral = a_submitted()
    with scope(scope_of(referral.created_by)):
        for _ in range(2):
            assert Referral.objects.count() == 1
            assert said_by_the_session() == ("nexus_app", "")
            with transaction.atomic():
                assert Referral.objects.count() == 1
                assert said_by_the_session() == ("nexus_app", "force")
            assert said_by_the_session() == ("nexus_app", "")
    with scope(scope_of(a_user(Role.REFERRALS_OFFICER))), transaction.atomic():
        assert said_by_the_session() == ("nexus_office", "office")
    assert said_by_the_session() == ("nexus_app", "")


def said_by_the_session() -> tuple[str, str]:
    """The role and scope it has, asked below Django; outside a transaction everything in it is thrown away."""
    with connection.connection.cursor() as ask:
        if not connection.in_atomic_block:
            ask.execute("DISCARD ALL")
        ask.execute("SELECT current_user::text, coalesce(current_setting('nexus.scope', true), '')")
        found: tuple[str, str] = ask.fetchone()
    return found


@pytest.mark.django_db
def test_a_savepoint_that_fails_leaves_the_scope_of_before() -> None:
    stranger = scope_of(a_user(Role.POLICE_OFFICER))
    with pytest.raises(DatabaseError), transaction.atomic(), scope(stranger), connection.cursor() as ask:
        ask.execute("SELECT no_such_column FROM referrals_referral")
    assert current_scope() == SYSTEM
    assert said_by_the_session() == ("nexus_office", "system")


@pytest.mark.django_db(transaction=True)
def test_a_transaction_may_choose_its_isolation_after_its_scope() -> None:
    with transaction.atomic(), connection.cursor() as ask:
        ask.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        ask.execute("SHOW transaction_isolation")
        assert ask.fetchone() == ("repeatable read",)


@pytest.mark.django_db(transaction=True)
def test_what_passes_django_by_needs_a_transaction() -> None:
    """COPY outside one would have no scope and read an empty table."""
    with connection.cursor() as ask, pytest.raises(transaction.TransactionManagementError):
        ask.copy_expert("COPY referrals_referral TO STDOUT", io.BytesIO())


@pytest.mark.django_db(transaction=True)
def test_what_is_streamed_after_the_request_has_its_scope() -> None:
    """The audit log as CSV is read piece by piece when the request’s transaction is over."""
    a_submitted()
    request = RequestFactory().get("/")
    request.user = a_user(Role.AUDITOR)
    with scope(NOBODY):
        answer = ScopeMiddleware(lambda request: StreamingHttpResponse(pieces()))(request)
        assert current_scope() == NOBODY
        assert list(answer) == [b"office 1", b"office 1"]
        assert current_scope() == NOBODY
        assert not Referral.objects.exists()


def pieces() -> Iterator[str]:
    for _ in range(2):
        yield f"{current_scope().name} {Referral.objects.count()}"


@pytest.mark.django_db
def test_a_task_sees_every_forces_rows_and_leaves_nothing_behind() -> None:
    @shared_task(name="test.counting")
    def counting() -> int:
        return Referral.objects.count()

    a_submitted()
    with scope(NOBODY):
        assert counting() == 1
        assert current_scope() == NOBODY
        assert Referral.objects.count() == 0
    assert all(isinstance(task, SystemTask) for task in app.tasks.values() if task.name[:7] != "celery.")


@pytest.mark.django_db
def test_the_owner_sees_rows_only_in_functions_that_are_known() -> None:
    """It is let through in those that somebody else calls: erasing, the audit's own, the feed's numbers, and what a force
    was shown."""
    with connection.cursor() as ask:
        ask.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef ORDER BY 1"
        )
        found = [name for (name,) in ask.fetchall() if not name.startswith(("shown_", "audit_"))]
    assert found == ["changes_note", "changes_number", "nexus_erase_record"]


def test_one_role_that_does_everything_becomes_no_other() -> None:
    """Where somebody gives us a database of theirs with a single role, it owns the tables and sees every row."""
    assert "ROLE" in SYSTEM.statement() and "ROLE" not in SYSTEM.statement(roles=False)


@pytest.mark.django_db
def test_policies_of_another_day_are_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a service is started again and no migration is waiting."""
    assert is_secured()
    monkeypatch.setattr(CaseNote, "SEEN_BY", OFFICE_ONLY)
    assert not is_secured()
