"""A client that nobody wrote: made from the schema anew, it makes, fills, submits and reads a referral.

Two generators: openapi-python-client writes a package of Python, aiopenapi3 makes its classes while it runs.
"""

import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import aiopenapi3
import httpx2
import pytest
from aiopenapi3.errors import HTTPClientError
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from nexus.accounts.models import Scope, User
from nexus.accounts.roles import Role
from nexus.accounts.tokens import issue
from nexus.api.schema import schema
from nexus.problems import Code
from referrals.states import State
from tests.builders import a_force, a_user
from tests.nexus.api.test_whole_referral import COMPLETE, CONVICTION

CONFIG = "post_hooks: []\npackage_name_override: nexus_client\nproject_name_override: nexus-client\n"
Load = Callable[[str], Any]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Load]:
    """Loads a module of the client that was generated just now."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "schema.json").write_text(json.dumps(schema()))
    (folder / "config.yaml").write_text(CONFIG)
    command = [
        *(str(Path(sys.executable).with_name("openapi-python-client")), "generate", "--fail-on-warning"),
        *("--path", "schema.json", "--config", "config.yaml", "--output-path", "made"),
    ]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder / "made"))

    def load(name: str) -> ModuleType:
        return importlib.import_module(f"nexus_client.{name}")

    yield load
    sys.path.remove(str(folder / "made"))
    for name in [name for name in sys.modules if name.partition(".")[0] == "nexus_client"]:
        del sys.modules[name]


def token_of(user: User) -> str:
    return issue(user, scope=Scope.WRITE, now=timezone.now())[1]


def client_of(load: Load, server: LiveServer, user: User) -> Any:
    return load("client").AuthenticatedClient(
        base_url=server.url, token=token_of(user), prefix="Token", raise_on_unexpected_status=True
    )


@pytest.mark.django_db(transaction=True)
def test_a_generated_client_makes_fills_submits_and_reads_a_referral_for_a_force_and_the_home_office(
    generated: Load, live_server: LiveServer
) -> None:
    officer = a_user(Role.POLICE_OFFICER)
    client, models = client_of(generated, live_server, officer), generated("models")

    def call(name: str, *args: Any, by: Any = client, **kwargs: Any) -> Any:
        answer = generated(f"api.{name}").sync(*args, client=by, **kwargs)
        assert not isinstance(answer, models.Problem), answer.to_dict()
        return answer

    made = call("referrals.referral_start", body=models.StartRequest(), idempotency_key=str(uuid4()))
    identity = models.PatchedSectionAnswersRequest(surname="Ferreira", place_of_birth="Port Selby")
    saved = call(
        "referrals.referral_save_section",
        made.reference,
        models.SectionEnum.IDENTITY,
        body=identity,
    )
    assert saved.sections.identity.surname == "Ferreira"
    kinds = models.ReferralAddRowKind
    call(
        "referrals.referral_add_row",
        made.reference,
        kinds.ALIAS,
        body=models.AliasAnswersRequest(name="Ferreyra"),
    )
    added = call(
        "referrals.referral_add_row",
        made.reference,
        kinds.CONDUCT,
        body=models.ConductAnswersRequest.from_dict(CONVICTION),
    )
    assert (added.aliases[0].name, added.conduct[0].sentence_months) == ("Ferreyra", 14)

    whole = call(
        "referrals.referral_put_by_own_reference",
        "LP/2026/004711",
        body=models.WholeReferralBodyRequest.from_dict(COMPLETE),
        submit=True,
    )
    assert whole.submitted and whole.gaps == []
    read = call("referrals.referral_read", whole.referral.reference)
    assert isinstance(read, models.Referral) and read.state == State.SUBMITTED
    (line,) = call("referrals.referral_list", own_reference="LP/2026/004711").results
    assert line.reference == read.reference

    office = client_of(generated, live_server, a_user(Role.REFERRALS_OFFICER))
    call("referrals.referral_claim", read.reference, by=office)
    inside = call("referrals.referral_read", read.reference, by=office)
    assert isinstance(inside, models.WorkedReferral) and inside.claimed_by
    assert call("queue.queue_list", by=office).count == 1

    border = client_of(generated, live_server, a_user(Role.IMMIGRATION_OFFICER))
    body = models.WholeReferralBodyRequest.from_dict({**COMPLETE, "force": a_force().code})
    raised = call("referrals.referral_put_by_own_reference", "CCU-9", body=body, submit=True, by=border)
    assert raised.submitted
    problem = generated("api.referrals.referral_read").sync("NHH-1999-000001", client=office)
    assert isinstance(problem, models.Problem) and problem.code == models.ProblemCode.NOT_FOUND


def another_client(server: LiveServer) -> Callable[[User], Any]:
    """Made by aiopenapi3 from the schema as it is, with the address of this server: its calls, as somebody."""
    described = json.dumps({**schema(), "servers": [{"url": server.url}]})
    made = aiopenapi3.OpenAPI.loads(f"{server.url}/api/schema/", described, session_factory=httpx2.Client)

    def calls_of(user: User) -> Any:
        made.authenticate(None, token=f"Token {token_of(user)}")
        return made._

    return calls_of


@pytest.mark.django_db(transaction=True)
def test_another_generated_client_makes_fills_submits_and_reads_a_referral_for_both(
    live_server: LiveServer,
) -> None:
    calls_of = another_client(live_server)
    force = calls_of(a_user(Role.POLICE_OFFICER))
    made = force.referral_start(parameters={"Idempotency-Key": str(uuid4())}, data={})
    one = {"reference": made.reference}
    names = {"surname": "Ferreira", "place_of_birth": "Port Selby"}
    saved = force.referral_save_section(parameters={**one, "section": "identity"}, data=names)
    assert saved.sections.identity.surname == "Ferreira"
    force.referral_add_row(parameters={**one, "kind": "alias"}, data={"name": "Ferreyra"})
    added = force.referral_add_row(parameters={**one, "kind": "conduct"}, data=CONVICTION)
    assert (added.aliases[0].name, added.conduct[0].sentence_months) == ("Ferreyra", 14)

    own = {"own_reference": "LP/2026/004711"}
    dry = force.referral_put_by_own_reference(parameters={**own, "dry_run": True}, data=COMPLETE)
    assert dry.gaps == [] and dry.provisional_assessment.limbs[0].limb == "1A"
    whole = force.referral_put_by_own_reference(parameters={**own, "submit": True}, data=COMPLETE)
    assert whole.submitted and whole.gaps == []
    one = {"reference": whole.referral.reference}
    read = force.referral_read(parameters=one)
    assert (read.shape, read.state) == ("shared", State.SUBMITTED)
    (line,) = force.referral_list(parameters=own).results
    assert line.reference == read.reference

    office = calls_of(a_user(Role.REFERRALS_OFFICER))
    office.referral_claim(parameters=one)
    inside = office.referral_read(parameters=one)
    assert (inside.shape, inside.assessment.limbs) == ("full", dry.provisional_assessment.limbs)
    assert inside.claimed_by and office.queue_list().count == 1

    with pytest.raises(HTTPClientError) as refused:
        office.referral_read(parameters={"reference": "NHH-1999-000001"})
    assert json.loads(refused.value.data)["code"] == Code.NOT_FOUND

    border = calls_of(a_user(Role.IMMIGRATION_OFFICER))
    named, body = {"own_reference": "CCU-9", "submit": True}, {**COMPLETE, "force": a_force().code}
    assert border.referral_put_by_own_reference(parameters=named, data=body).submitted
