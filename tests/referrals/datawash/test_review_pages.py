"""The pages of clerical review: what they show, to whom, at what cost, and what is recorded."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from nexus.audit.models import AuditEvent
from referrals.datawash.linkage.beside import Mark, lines
from referrals.datawash.linkage.explaining import Step
from referrals.datawash.linkage.waterfall import odds, signed, times, waterfall
from referrals.datawash.models import Review, Wash
from tests.builders import NOON, a_user
from tests.referrals.datawash.builders import HEAD
from tests.referrals.datawash.pairs import a_wash_to_review, pairs_of, row_of, said
from tests.referrals.station import signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def wash(settings: Any, tmp_path: Path) -> Wash:
    settings.NEXUS_DATA_DIR = tmp_path
    return a_wash_to_review()


@pytest.fixture
def office() -> tuple[Client, User]:
    return signed_in(a_user(Role.REFERRALS_OFFICER))


def test_the_queue_lists_what_waits_and_the_look_is_recorded(wash: Wash, office: tuple[Client, User]) -> None:
    client, officer = office
    page = words(client.get(reverse("datawash:review")))
    assert "Data-wash review (2)" in page and "Brackenridge, Adelaide" in page and "Gurishti" not in page
    entry = AuditEvent.objects.get(kind="datawash.pairs_listed")
    assert entry.by_id == officer.pk
    assert set(entry.subjects) == {row_of(wash, "one").pk, row_of(wash, "two").pk}


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("force=20", 2),
        ("force=01", 2),  # it has no agreement, so it is no filter
        ("grade=ambiguous", 1),
        ("grade=possible", 0),
        ("list=999", 2),  # not understood: it filters nothing
        ("shown=confirmed", 1),
        ("shown=nonsense", 1),
    ],
)
def test_filters(wash: Wash, office: tuple[Client, User], asked: str, number: int) -> None:
    client, officer = office
    if asked.startswith("shown"):
        said(pairs_of(wash, "one")[0], "same", by=officer)
    assert f"Data-wash review ({number})" in words(client.get(reverse("datawash:review") + "?" + asked))


def test_more_rows_cost_no_more_queries(
    settings: Any, tmp_path: Path, office: tuple[Client, User], django_assert_max_num_queries: Any
) -> None:
    settings.NEXUS_DATA_DIR = tmp_path
    many = "\n".join(f"R{n},Brackenridge,Adelaide,1982-11-23,,,,,,,,B2 2BB" for n in range(30))
    a_wash_to_review(f"{HEAD}\n{many}\n")
    client, _ = office
    with django_assert_max_num_queries(15):
        first = client.get(reverse("datawash:review"))
    assert "Showing 1 to 25 of 30" in words(first)
    row = first.context["page"].next_key if first.context else None
    assert row is None or "Showing 26 to 30" in words(
        client.get(reverse("datawash:review") + f"?after={row}")
    )


def test_a_pair_costs_the_same_whatever_was_said(wash: Wash, office: tuple[Client, User]) -> None:
    client, officer = office
    pair = pairs_of(wash, "two")[0]
    address = reverse("datawash:pair", args=[pair.pk])

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    client.get(address)
    said(pair, "same", by=officer)
    once = cost()
    for minute, verdict in enumerate(("not_same", "cannot_tell", "same"), start=1):
        said(pair, verdict, by=officer, now=NOON + timedelta(minutes=minute))
    assert cost() == once < 18


def test_a_pair_shows_both_sides_the_reasons_and_what_follows(
    wash: Wash, office: tuple[Client, User]
) -> None:
    client, _ = office
    (pair,) = pairs_of(wash, "one")
    page = words(client.get(reverse("datawash:pair", args=[pair.pk])))
    for text in (
        "Agrees",
        "No leave: overstayer",
        "Register person B1",
        "Names: the same names, in any order",
        '<title id="waterfall-title">',
        "The weights as a table",
        "and the pot “no leave”",
        "This does not mean no leave",
    ):
        assert text in page
    assert "style=" not in page
    viewed = AuditEvent.objects.get(kind="datawash.pair_viewed")
    assert (viewed.subject_id, viewed.detail) == (str(pair.row_id), {"candidate": pair.pk})


def test_a_manager_reads_a_pair_but_gives_no_verdict(wash: Wash) -> None:
    client, _ = signed_in(a_user(Role.MANAGER))
    address = reverse("datawash:pair", args=[pairs_of(wash, "one")[0].pk])
    assert "Your answer" not in words(client.get(address))
    assert client.post(address, {"verdict": "same"}).status_code == 403


def test_for_the_police_no_pair_exists(wash: Wash) -> None:
    client, _ = signed_in(wash.uploaded_by)
    assert client.get(reverse("datawash:pair", args=[pairs_of(wash, "one")[0].pk])).status_code == 404
    assert client.get(reverse("datawash:review")).status_code == 403


def test_a_verdict_leads_to_the_next_pair_and_says_what_the_force_reads(
    wash: Wash, office: tuple[Client, User]
) -> None:
    client, _ = office
    one, two = pairs_of(wash, "one")[0], pairs_of(wash, "two")[0]
    answer = client.post(
        reverse("datawash:pair", args=[one.pk]) + "?force=20", {"verdict": "same", "seen": "0"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == reverse("datawash:pair", args=[two.pk]) + "?force=20"
    assert "The force now sees: probable, no leave." in words(answer)


@pytest.mark.parametrize(
    ("sent", "status", "sentence"),
    [({}, 200, "Choose one of the three answers"), ({"verdict": "same", "seen": "5"}, 409, "meanwhile")],
)
def test_what_cannot_be_taken_comes_back_with_what_was_typed(
    wash: Wash, office: tuple[Client, User], sent: dict[str, str], status: int, sentence: str
) -> None:
    client, _ = office
    (pair,) = pairs_of(wash, "one")
    said(pair, "cannot_tell", by=a_user(Role.REFERRALS_OFFICER))
    answer = client.post(reverse("datawash:pair", args=[pair.pk]), {**sent, "note": "Typed before."})
    assert (answer.status_code, Review.objects.count()) == (status, 1)
    assert sentence in words(answer) and "Typed before." in words(answer)


def test_an_out_of_date_report_cannot_be_reviewed_and_the_page_says_so(
    wash: Wash, office: tuple[Client, User]
) -> None:
    client, _ = office
    wash.move("go_stale", by=None, now=NOON)
    page = words(client.get(reverse("datawash:pair", args=[pairs_of(wash, "one")[0].pk])))
    assert "This list is out of date" in page and "Your answer" not in page
    typed = {"verdict": "same", "note": "Typed before."}
    answer = client.post(reverse("datawash:pair", args=[pairs_of(wash, "one")[0].pk]), typed)
    assert answer.status_code == 409 and "Typed before." in words(answer)


BLANK = dict.fromkeys(
    ("surname", "forenames", "aliases", "dob", "sex", "nationality", "place_of_birth", "postcode", "pnc_id",
     "cro", "ho_ref"), "",
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "one", "other", "mark", "how"),
    [
        ("surname", "Łąkowska", "LAKOWSKA", Mark.CLOSE, "nearly"),
        ("surname", "Țărmescu", "tarmescu", Mark.AGREES, "written differently"),
        ("forenames", "Ana Maria", "Maria Ana", Mark.AGREES, "in another order"),
        ("forenames", "Ana", "Ana Maria", Mark.CLOSE, "one side gives more"),
        ("surname", "Quill", "Brackenridge", Mark.DIFFERS, ""),
        ("dob", "1980-03-04", "1980-04-03", Mark.CLOSE, "day and month swapped"),
        ("dob", "1980-03-04", "1980-01-01", Mark.CLOSE, "1 January"),
        ("dob", "1980", "1980-04-03", Mark.CLOSE, "knows no more"),
        ("dob", "1980-03-04", "1981-03-04", Mark.CLOSE, "one digit differs"),
        ("dob", "1980-03-04", "1972-11-30", Mark.DIFFERS, ""),
        ("postcode", "", "M1 1AA", Mark.ONE_SIDE, "only the register"),
    ],
)
def test_how_two_fields_compare(field: str, one: str, other: str, mark: Mark, how: str) -> None:
    (line,) = lines(BLANK | {field: one}, BLANK | {field: other})
    assert line.mark == mark and how in line.words


def test_a_name_in_the_other_field_or_among_other_names_is_seen() -> None:
    row = BLANK | {"surname": "Ada", "forenames": "Bea"}
    person = BLANK | {"surname": "Carr", "forenames": "Ada", "aliases": "Bea Dunn"}
    surname, forenames, _ = lines(row, person)
    assert surname.words == "it is the register’s forename"
    assert forenames.words == "it is among the register’s other names"


def test_the_waterfall_ends_where_its_steps_lead() -> None:
    steps = [
        Step("starting point", "", -10.0),
        Step("names", "", 14.0),
        Step("sex", "", 0.0),
        Step("dob", "", -2.0),
    ]
    drawn = waterfall(steps)
    assert [(bar.label, bar.weight, bar.left, bar.width) for bar in drawn.bars] == [
        ("Starting point", "−10.0", "0.00%", "71.43%"),
        ("Names", "+14.0", "0.00%", "100.00%"),
        ("Dob", "−2.0", "85.71%", "14.29%"),
        ("Together", "+2.0", "71.43%", "14.29%"),
    ]
    assert drawn.zero == "71.43%"
    assert (signed(0.01), odds(0.9999), odds(0.001), odds(0.4)) == ("0.0", "more than 99 in 100", "less than 1 in 100", "40 in 100")  # fmt: skip
    assert (times(7), times(-1), times(0)) == ("128 times likelier", "2.0 times less likely", "no difference")
