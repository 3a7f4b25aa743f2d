"""Outcomes and waiting by group: intervals, what stays hidden, who reads it, and that no rule ever does."""

import ast
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.db.models import Count, Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.disparity import queries
from casework.disparity.actions import respond
from casework.disparity.models import Response
from casework.disparity.regions import NATIONALITY_GROUPS
from casework.disparity.rules import Quarter, Share, finished, hidden
from nexus.accounts.roles import EVERY_ROLE, Role
from nexus.audit.models import AuditEvent
from nexus.refusals import Refused
from referrals.models import Outcome, Referral, TriageDecision
from referrals.rules.nationalities import COUNTRIES
from tests.builders import NOON, a_submitted, a_user, an_acceptance
from tests.referrals.croydon import signed_in

CHECKOUT = Path(__file__).resolve().parent.parent.parent.parent
QUARTER = Quarter.of(NOON.date())
AFTERWARDS = QUARTER.end + timedelta(days=3)


def share(part: int, of: int) -> tuple[Share, ...]:
    return (Share(part, of),)


@pytest.mark.parametrize(
    ("part", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_an_interval_is_wilsons(part: int, of: int, low: float, high: float) -> None:
    """The last is Newcombe's (1998) own example."""
    assert Share(part, of).interval == pytest.approx((low, high), abs=5e-5)


def test_a_small_number_stays_hidden_and_so_does_what_would_give_it_by_subtracting() -> None:
    groups = {"few": share(1, 3), "next": share(10, 24), "many": share(50, 90), "most": share(70, 200)}
    assert hidden(groups) == {"few", "next"}
    assert hidden({"a": share(10, 24), "b": share(50, 90)}) == frozenset()
    assert hidden({"all refused": share(0, 40), "b": share(9, 30), "c": share(50, 90)}) == {
        "all refused",
        "b",
    }
    assert hidden({"nobody": share(0, 0), "b": share(9, 30)}) == frozenset()


def test_what_is_hidden_together_is_no_small_number_either() -> None:
    """One and two are not two groups of few: with the whole given, three people would be told."""
    groups = {"one": share(0, 1), "two": share(1, 2), "c": share(9, 30), "d": share(50, 90)}
    found = hidden(groups)
    together = sum(groups[name][0].part for name in found)
    assert found == {"one", "two", "c"} and together >= 5


def test_quarters_are_over_and_do_not_overlap() -> None:
    found = list(finished(date(2025, 11, 3), date(2026, 7, 1)))
    assert [each.slug for each in found] == ["2025-q4", "2026-q1", "2026-q2"]
    assert all(one.end == next_.start for one, next_ in zip(found, found[1:], strict=False))
    assert Quarter.named("2026-q2") == Quarter(2026, 2)
    for wrong in ("2026-q5", "2026", "26-q1", "x-q1"):
        with pytest.raises(ValueError):
            Quarter.named(wrong)


def test_every_nationality_is_in_one_group_at_most() -> None:
    codes = [code for _, group in NATIONALITY_GROUPS.values() for code in group]
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(COUNTRIES) | {"RKS"}
    oceania = "ASM ATA AUS ATF BVT CCK COK CXR FJI FSM GUM HMD IOT KIR MHL MNP NCL NFK NIU NRU NZL PCN PLW PNG PYF SGS SLB TKL TON TUV UMI VUT WLF WSM"
    assert set(COUNTRIES) - set(codes) <= set(oceania.split()) | {"GBR"} | {"RKS"}


def decided(referral: Referral, outcomes: str) -> None:
    """A decision on one referral for each letter, "a" where it stands for an acceptance: rows past every action, each
    reopened since, every other one after three weeks. For counting alone."""
    like = TriageDecision.objects.get(superseded_at=None)
    values = {
        field.attname: getattr(like, field.attname) for field in like._meta.fields if field.attname != "id"
    }
    values |= {
        "referral_id": referral.pk,
        "outcome": Outcome.NOT_ACCEPTED,
        "superseded_by_id": like.decided_by_id,
    }
    TriageDecision.objects.bulk_create(
        TriageDecision(
            **{
                **values,
                "reasons": letter,
                "decided_at": NOON + timedelta(days=21 * (place % 2)),
                "superseded_at": NOON + timedelta(days=30),
            }
        )
        for place, letter in enumerate(outcomes)
    )


@pytest.fixture
def told_apart(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Men are accepted ten times in forty, women thirty in forty; of three more decisions the sex is not known."""
    stands_for_accepted = Count("pk", filter=Q(reasons="a") | Q(outcome=Outcome.ACCEPTED))
    monkeypatch.setitem(queries.COUNTS, "accepted", stands_for_accepted)
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        unknown = an_acceptance(sex="not_known").referral
        decided(unknown, "ar")
        decided(a_submitted(sex="male"), "a" * 10 + "r" * 30)
        decided(a_submitted(sex="female"), "a" * 30 + "r" * 10)
    with time_machine.travel(AFTERWARDS, tick=False):
        yield


def by_sex() -> queries.Table:
    return queries.table_of(QUARTER, "sex", queries.dimensions()["sex"])


def test_decisions_are_counted_by_group_and_few_stay_hidden(told_apart: None) -> None:
    groups = {group.key: group for group in by_sex().groups}
    assert groups["not_known"].is_hidden
    assert {name: group.decided for name, group in groups.items()} == {
        "male": 40,
        "female": 40,
        "not_known": 3,
    }
    assert groups["male"].shares[0] == Share(10, 40)
    assert sum(group.is_hidden for group in groups.values()) == 2, "what is left of the whole gives one alone"
    page = signed_in(a_user(Role.MANAGER)).get(reverse("disparity:latest")).text
    assert page.count("Hidden: few, or few by subtracting") >= 2
    assert ">3<" not in page


def test_a_page_costs_a_statement_a_dimension(told_apart: None) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        tables = queries.tables_of(QUARTER)
    counting = [each["sql"] for each in asked if "referrals_triagedecision" in each["sql"]]
    assert len(counting) == len(tables) == 4
    assert all("GROUP BY" in each for each in counting)


@pytest.fixture
def finding(told_apart: None, monkeypatch: pytest.MonkeyPatch) -> queries.Finding:
    """Without the third group nothing is hidden, and the two differ."""
    real = queries.decided_in
    monkeypatch.setattr(
        queries, "decided_in", lambda quarter: real(quarter).exclude(referral__sex="not_known")
    )
    found = [each for each in queries.findings(QUARTER, [by_sex()]) if each.key == "accepted-sex-female"]
    assert len(found) == 1
    return found[0]


def test_a_difference_is_a_finding_and_gets_a_written_response(finding: queries.Finding) -> None:
    assert "Sex: Female. Accepted: 75% (60% to 86%); of all others 25% (14% to 40%)." in finding.words
    manager = a_user(Role.MANAGER)
    client, words = (
        signed_in(manager),
        "The women were all referred by one operation; its files are read again.",
    )
    page = reverse("disparity:respond", args=[QUARTER.slug, finding.key])
    assert finding.words in client.get(page).text
    assert client.post(page, {"text": words}).status_code == 302
    response = Response.objects.get()
    assert (response.by, response.figures, response.text) == (manager, finding.words, words)
    assert words in client.get(reverse("disparity:quarter", args=[QUARTER.slug])).text
    entry = AuditEvent.objects.get(kind="disparity.answered")
    assert words not in str(entry.detail)
    with pytest.raises(Refused):
        respond(quarter=QUARTER.slug, finding="accepted-sex-nobody", by=manager, now=AFTERWARDS, text=words)
    gone = client.get(reverse("disparity:respond", args=[QUARTER.slug, "accepted-sex-nobody"]))
    assert gone.status_code == 409


@pytest.mark.django_db
def test_a_quarter_that_runs_is_not_shown() -> None:
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        an_acceptance()
        client = signed_in(a_user(Role.AUDITOR))
        assert (
            "Nothing was decided in July to September 2026." in client.get(reverse("disparity:latest")).text
        )
        assert client.get(reverse("disparity:quarter", args=[QUARTER.slug])).status_code == 404
        assert client.get(reverse("disparity:quarter", args=["2026-q9"])).status_code == 404


@pytest.mark.django_db
def test_nobody_who_decides_reads_it() -> None:
    for role in EVERY_ROLE:
        reads = role in {Role.MANAGER, Role.AUDITOR}
        client = signed_in(a_user(role))
        assert client.get(reverse("disparity:latest")).status_code == (200 if reads else 403), role
        assert ("Disparity</a>" in client.get("/").text) <= reads, role


# What may name the figures: themselves, and the two lists that say that they are there.
THEIR_OWN = ("casework/disparity/", "nexus/settings.py", "nexus/urls.py")


def names_the_figures(source: str) -> bool:
    """Whether a module imports the figures, their models or their app, by import or by name in a text."""
    for node in ast.walk(ast.parse(source)):
        named = [
            getattr(node, "module", None) or "",
            *(each.name for each in getattr(node, "names", ()) if hasattr(each, "name")),
        ]
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            named.append(node.value if " " not in node.value else "")
        if any("disparity" in each for each in named):
            return True
    return False


def test_nothing_of_disparity_reaches_a_rule() -> None:
    """Beside the import contract: no module of the product names it, not even in a text."""
    sources = [path for app in ("nexus", "referrals", "casework") for path in (CHECKOUT / app).rglob("*.py")]
    names = [str(path.relative_to(CHECKOUT)) for path in sources if names_the_figures(path.read_text())]
    assert [each for each in names if not each.startswith(THEIR_OWN)] == []
    templates = [path for path in (CHECKOUT / "templates").rglob("*.html") if "disparity" in path.read_text()]
    assert {path.parent.name for path in templates} == {"disparity"}


@pytest.mark.parametrize(
    "source",
    [
        "from casework.disparity.queries import tables_of",
        "from casework import disparity",
        "import casework.disparity.rules as rules",
        "apps.get_model('disparity.Response')",
        "import_module('casework.disparity.queries')",
    ],
)
def test_a_rule_that_read_it_would_be_found(source: str) -> None:
    assert names_the_figures(source)
