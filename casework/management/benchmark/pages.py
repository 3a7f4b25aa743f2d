"""What is measured: each page with who opens it, how many times the floor it may cost and how many statements."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nexus.accounts.models import User
from nexus.accounts.roles import Role
from referrals.models import Referral
from referrals.states import State

QUEUE = "/referrals/queue/"
FLOOR, FLOOR_OF_A_VERB = "floor: a list of 25", "floor: a verb"
EVERY_STATE = "&".join(f"state={state}" for state in State if state != State.DRAFT)


@dataclass(frozen=True)
class Page:
    """One thing to open or press.

    `who` is an account's name before the @, `floor` what it is compared with. `words` are searched for there;
    `posted` is a verb, whose address is another each time.
    """

    title: str
    who: str
    address: Callable[[], str]
    most: float = 2.5
    floor: str = FLOOR
    most_sql: int | None = None
    words: str = ""
    posted: bool = False


MANAGER, AUDITOR = f"{Role.MANAGER}1", f"{Role.AUDITOR}1"
OFFICER, POLICE, OWNER = f"{Role.REFERRALS_OFFICER}1", f"{Role.POLICE_OFFICER}2", f"{Role.CASE_OWNER}1"


def pages() -> Iterator[Page]:
    """Every page of the table, the floors first."""
    yield Page(FLOOR, OFFICER, lambda: "/listed/", most=1)
    yield Page(
        FLOOR_OF_A_VERB,
        OFFICER,
        numbers("/act/{}/", State.IN_TRIAGE),
        most=1,
        floor=FLOOR_OF_A_VERB,
        posted=True,
    )
    yield Page("queue, first page", OFFICER, fixed(QUEUE), most_sql=8)
    yield Page("queue, deepest page", OFFICER, fixed(f"{QUEUE}?sort=clock", deepest=True))
    for words in ("force=20", "state=submitted", "state=accepted", "channel=live_time", "age=0-2", "age=11-",
                  "clock=passed", "clock=soon", "clock=custody", "held_by=nobody", "held_by=me",
                  "same_person=to_judge", "same_person=leads", "same_person=follows", "route=conviction_led"):  # fmt: skip
        yield Page(f"queue, {words}", OFFICER, fixed(f"{QUEUE}?{words}"))
    for sort in ("-clock", "age", "-age", "force", "-force", "name", "-name"):
        yield Page(f"queue, sort={sort}", OFFICER, fixed(f"{QUEUE}?sort={sort}"))
    yield Page(
        "claim", OFFICER, references("/referrals/{}/claim/"), most=1.6, floor=FLOOR_OF_A_VERB, posted=True
    )
    yield Page(
        "take next",
        f"{Role.REFERRALS_OFFICER}2",
        lambda: f"{QUEUE}take-next/",
        most=2.4,
        floor=FLOOR_OF_A_VERB,
        posted=True,
    )
    for name, words in searches():
        yield Page(f"search, {name}", OFFICER, fixed(QUEUE), most=4, words=words)
        yield Page(
            f"search in every state, {name}", OFFICER, fixed(f"{QUEUE}?{EVERY_STATE}"), most=4, words=words
        )
    yield Page("police list", POLICE, fixed("/referrals/"), most=3)
    yield Page("case list", OWNER, fixed("/cases/"), most=3)
    yield Page("my cases", OWNER, fixed("/cases/mine/"), most=3)
    yield Page("what waits for an officer", OFFICER, fixed("/waiting/"), most=3)

    yield from statistics_and_record()


def statistics_and_record() -> Iterator[Page]:
    """What managers and the auditor read of the whole."""
    yield Page("dashboard", MANAGER, fixed("/reports/dashboard/"), most=4)
    yield Page("dashboard, one force", MANAGER, fixed("/reports/dashboard/?force=20"), most=4)
    yield Page("referrals behind a number", MANAGER, fixed("/reports/dashboard/case-outcome/"), most=4)
    yield Page("agreement with the matrix", MANAGER, fixed("/matrix/agreement/"), most=4)
    for words in ("", "kind=referral.claimed", "changes=on", "subject_type=referrals.referral",
                  "until-day=1&until-month=1&until-year=2023"):  # fmt: skip
        yield Page(f"audit log {words}".strip(), AUDITOR, fixed(f"/audit/?{words}"), most=4)
    found = Referral.objects.filter(state=State.IN_TRIAGE).order_by("pk").first()
    if found:
        yield Page("audit log, one referral", AUDITOR, fixed(f"/audit/?reference={found.reference}"), most=4)


def fixed(address: str, *, deepest: bool = False) -> Callable[[], str]:
    """Always the same address; `deepest` asks for the last page of it."""
    return lambda: f"{address}#deepest" if deepest else address


def references(address: str) -> Callable[[], str]:
    """The address of another waiting referral each time, from the end of the queue."""
    waiting = Referral.objects.filter(state=State.SUBMITTED, channel="standard").order_by("-pk")
    found = waiting.values_list("reference", flat=True)[:400].iterator()
    return lambda: address.format(next(found))


def numbers(address: str, state: State) -> Callable[[], str]:
    """As `references`, by number and in another state."""
    found = Referral.objects.filter(state=state).order_by("-pk").values_list("pk", flat=True)[:400].iterator()
    return lambda: address.format(next(found))


def searches() -> Iterator[tuple[str, str]]:
    """Words of each kind: one that many have, few, nobody; numbers that one referral has."""
    yield "a common name", "Hussain"
    yield "a rare name", "Quillfeather"
    yield "a name nobody has", "Xyzzynone"
    found = Referral.objects.filter(state=State.IN_TRIAGE).order_by("pk").first()
    if found:
        yield "a reference", found.reference
        yield "a PNC ID", found.pnc_id


def account(name: str) -> User:
    """The loaded account of this name."""
    return User.objects.get(email__startswith=f"{name}@")
