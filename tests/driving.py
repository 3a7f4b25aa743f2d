"""Driving pages as people do: sign in, press, choose, type. For tests with Playwright's `Page`."""

from datetime import date

from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Locator, Page, expect

from nexus.accounts.models import User
from tests.builders import PASSWORD
from tests.identity import code_of, unconfirmed


def sign_in(context: BrowserContext, address: str, email: str, password: str = PASSWORD) -> Page:
    """A new page on which this person has signed in, by both steps."""
    code = code_of(User.objects.get(email=email))
    page = context.new_page()
    page.goto(address + reverse("accounts:sign_in"))
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    press(page, "Sign in")
    page.get_by_label("Code", exact=True).fill(code)
    press(page, "Continue")
    return page


def signed_in(context: BrowserContext, address: str, user: User, *, confirmed: bool = True) -> Page:
    """A new page of this person's session; for tests that are not about signing in."""
    client = Client()
    client.force_login(user)
    if not confirmed:
        unconfirmed(client)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
    return context.new_page()


def press(page: Page, name: str) -> None:
    """A button, or a link that looks like one; until the page it leads to has come."""
    go(page.get_by_role("button", name=name, exact=True))


def follow(page: Page, name: str) -> None:
    """A link, by its words; until the page it leads to has come."""
    go(page.get_by_role("link", name=name, exact=True))


def go(control: Locator) -> None:
    """Click what leads to another page; until that page has come.

    Without the wait, what follows may read, or type into, the page that is being left.
    """
    with control.page.expect_navigation():
        control.click()


def scripts_have_run(page: Page) -> None:
    """Until our script has run to its end: it waits for govuk-frontend, and a page's load does not wait for that."""
    page.evaluate("import(document.querySelector('script[data-govuk-frontend]').src).then(() => true)")


def unfold(control: Locator) -> None:
    """Click what changes this page, or moves about in it, and leads to no other."""
    control.click()


def show_filters(page: Page) -> None:
    """Open the filters above a list: they are folded until somebody wants them."""
    unfold(page.get_by_role("heading", name="Filters", exact=True))


def type_in(page: Page, **answers: str) -> None:
    """Fill inputs by the names of their fields."""
    for name, value in answers.items():
        page.locator(f'[name="{name}"]').fill(value)


def choose(page: Page, **answers: str) -> None:
    """Pick radios, boxes or an option by the names of their fields and the values behind the words."""
    for name, value in answers.items():
        picked = page.locator(f'input[name="{name}"][value="{value}"]')
        if picked.count():
            mark(picked)
        else:
            page.locator(f'select[name="{name}"]').select_option(value)


def mark(control: Locator) -> None:
    """A radio or a box, by the keyboard: a page that is still settling moves under a pointer."""
    if not control.is_checked():
        control.press("Space")
    expect(control).to_be_checked()


def tick(page: Page, *names: str) -> None:
    """Boxes that stand alone."""
    for name in names:
        mark(page.locator(f'input[type="checkbox"][name="{name}"]'))


def fill_date(page: Page, name: str, day: date) -> None:
    for part in ("day", "month", "year"):
        page.locator(f'[name="{name}-{part}"]').fill(str(getattr(day, part)))
