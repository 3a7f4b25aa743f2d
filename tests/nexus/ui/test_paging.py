"""Pages by key: everybody once, in order, at a constant price."""

from datetime import date
from typing import Any

import pytest
from django.db.models import QuerySet
from django.http import QueryDict
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from nexus.accounts.models import Force
from nexus.ui.environment import query
from nexus.ui.lists import Sort, selected_filters
from nexus.ui.paging import KeysetPage
from tests.nexus.ui.gallery import Filters

pytestmark = pytest.mark.django_db


@pytest.fixture
def forces() -> QuerySet[Force]:
    """Thirty forces: ten dates with ties, a third without any."""
    Force.objects.bulk_create(
        Force(
            code=f"{n:02}",
            name=f"Force {n:02}",
            engaged_on=None if n % 3 == 0 else date(2014, 1, 1 + n % 5),
        )
        for n in range(30)
    )
    return Force.objects.filter(name__startswith="Force ")


def page(forces: QuerySet[Force], where: str = "", order: Any = ("engaged_on", "name"), **kwargs: Any) -> Any:
    return KeysetPage(forces, RequestFactory().get(f"/{where}"), order=order, size=7, **kwargs)


def expected(forces: QuerySet[Force], order: tuple[str, ...]) -> list[int]:
    """The order worked out in Python: empty values last in both directions, the key settling ties."""
    rows = sorted(forces, key=lambda force: force.pk)
    for name in reversed(order):
        field = name.lstrip("-")
        rows.sort(key=lambda r: (getattr(r, field) is not None, getattr(r, field) or date.min)
                  if field == "engaged_on" else getattr(r, field), reverse=name.startswith("-"))  # fmt: skip
        if field == "engaged_on":
            rows.sort(key=lambda r: r.engaged_on is None)
    return [row.pk for row in rows]


@pytest.mark.parametrize("keys_first", [False, True])
@pytest.mark.parametrize(
    "order", [("engaged_on", "name"), ("-engaged_on", "name"), ("engaged_on",), ("-name",), ()]
)
def test_walking_forwards_and_back_shows_everybody_once_in_order(
    forces: QuerySet[Force], order: tuple[str, ...], keys_first: bool
) -> None:
    if order == ("engaged_on",):
        want = [
            f.pk for f in sorted(forces, key=lambda f: (f.engaged_on is None, f.engaged_on or date.min, f.pk))
        ]
    else:
        want = expected(forces, order)
    seen, showing, current = [], [], page(forces, order=order, keys_first=keys_first)
    while True:
        seen += [force.pk for force in current]
        showing.append(current.showing)
        if current.next_key is None:
            break
        current = page(forces, f"?after={current.next_key}", order=order, keys_first=keys_first)
    assert seen == want
    assert showing == [
        "Showing 1 to 7 of 30", "Showing 8 to 14 of 30", "Showing 15 to 21 of 30", "Showing 22 to 28 of 30",
        "Showing 29 to 30 of 30",
    ]  # fmt: skip
    back = [force.pk for force in current]
    backwards = []
    while current.previous_key is not None:
        current = page(forces, f"?before={current.previous_key}", order=order, keys_first=keys_first)
        backwards.append(current.showing)
        back = [force.pk for force in current] + back
    assert back == want
    assert backwards == showing[-2::-1]


def test_every_page_costs_four_queries_at_most(
    forces: QuerySet[Force], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    last, hindmost = list(page(forces))[-1].pk, forces.order_by("name")[25].pk
    with django_assert_num_queries(2):
        page(forces)
    with django_assert_num_queries(4):
        page(forces, f"?after={last}")
    with django_assert_num_queries(4):
        page(forces, f"?before={hindmost}")


def test_the_price_does_not_grow_with_the_list(
    forces: QuerySet[Force], django_assert_max_num_queries: Any
) -> None:
    Force.objects.bulk_create(Force(code=f"X{c}", name=f"Force X{c}") for c in "ABCDEFGHIJKLMNOPQRSTUVW")
    far = forces.order_by("name")[20].pk
    with django_assert_max_num_queries(4):
        assert page(forces, f"?after={far}").total == 53


@pytest.mark.parametrize(
    "where", ["?after=", "?after=x", "?after=99999999999999999999999", "?after=-1", "?before=0"]
)
def test_a_place_that_is_none_is_the_first_page(forces: QuerySet[Force], where: str) -> None:
    assert page(forces, where).showing == "Showing 1 to 7 of 30"


def test_a_row_that_has_left_the_list_still_marks_the_place(forces: QuerySet[Force]) -> None:
    first = page(forces, order=("name",))
    gone = first.next_key
    left = forces.exclude(pk=gone)
    assert page(left, f"?after={gone}", order=("name",)).start == 1
    kept = page(left, f"?after={gone}", order=("name",), anchors=forces)
    assert kept.rows[0].name == "Force 07"
    assert kept.showing == "Showing 7 to 13 of 29"


def test_too_few_rows_before_show_the_first_page_whole(forces: QuerySet[Force]) -> None:
    third = forces.order_by("name")[3]
    assert page(forces, f"?before={third.pk}", order=("name",)).showing == "Showing 1 to 7 of 30"


def test_an_empty_list(forces: QuerySet[Force]) -> None:
    nothing = page(forces.none())
    assert (nothing.showing, nothing.next_key, nothing.previous_key) == ("Nothing to show", None, None)


def test_no_name_stands_in_the_url(forces: QuerySet[Force]) -> None:
    assert isinstance(page(forces, order=("name",)).next_key, int)


def test_sorting_by_links() -> None:
    columns = {"age": ["submitted_at"], "name": ["surname", "-forenames"]}
    sort = Sort(RequestFactory().get("/?sort=-name"), columns, "age")
    assert sort.order == ["-surname", "forenames"]
    assert [sort.direction(k) for k in columns] == ["none", "descending"]
    assert [sort.next(k) for k in columns] == ["age", "name"]
    assert Sort(RequestFactory().get("/?sort=password"), columns, "-age").order == ["-submitted_at"]


def test_filters_in_force_and_how_to_lift_each() -> None:
    given = QueryDict("engaged=True&engaged=False&name=Avon&sort=name&after=9")
    groups = selected_filters(Filters(given), given)
    assert [(g["label"], [(t["text"], t["without"].urlencode()) for t in g["items"]]) for g in groups] == [
        ("Name of the force", [("Avon", "engaged=True&engaged=False&sort=name")]),
        ("Engaged", [("Engaged", "engaged=False&name=Avon&sort=name"),
                     ("Not engaged", "engaged=True&name=Avon&sort=name")]),
    ]  # fmt: skip


def test_a_bad_filter_has_no_tag() -> None:
    given = QueryDict("engaged=Maybe")
    assert selected_filters(Filters(given), given) == []


def test_changing_the_query_starts_at_the_first_page() -> None:
    given = QueryDict("force=01&force=05&after=9")
    assert query(given, sort="age") == "?force=01&force=05&sort=age"
    assert query(given, force=None) == "?"
    assert query(given, after=12) == "?force=01&force=05&after=12"
