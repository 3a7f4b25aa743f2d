"""The two pairs of servers: `main` keeps what people enter, `test` may be thrown away at any time."""

import fcntl
import os
import secrets
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from nexus.embedded import postgres, valkey
from nexus.embedded.place import Place, prepare, sockets_for
from nexus.embedded.sharing import alone, nobody_uses, shared
from nexus.embedded.trouble import Trouble
from nexus.progress import say

MAIN, TEST = "main", "test"
TITLES = {"postgres": "PostgreSQL", "valkey": "Valkey"}
REVIVALS, REVIVAL_WINDOW = 5, 60.0  # so often in so many seconds, then it is no accident
# Commands that change tables run as their owner; everything else as the runtime role.
OWNER_COMMANDS = frozenset({"migrate", "makemigrations", "pgtrigger", "sqlmigrate"})


def data_folder(checkout: Path) -> Path:
    """Where this checkout keeps its data: NEXUS_DATA_DIR, or .nexus inside the checkout."""
    return Path(os.environ.get("NEXUS_DATA_DIR") or checkout / ".nexus").resolve()


def environment(checkout: Path, command: str, settings: MutableMapping[str, str]) -> set[str]:
    """Fill in what is not set and return which servers are wanted: "postgres", "valkey", both or none.

    `settings` is os.environ. Tests always get their own servers: a DATABASE_URL that happens to be
    set may be the real one.
    """
    data = data_folder(checkout)
    testing = command == "test"
    sockets = sockets_for(data, TEST if testing else MAIN)
    if testing or not settings.get("DATABASE_URL"):
        settings["DATABASE_URL"] = postgres.url(sockets, postgres.RUNTIME)
        settings["DATABASE_OWNER_URL"] = postgres.url(sockets, postgres.OWNER)
    if testing or not settings.get("REDIS_URL"):
        settings["REDIS_URL"] = valkey.url(sockets, valkey_name(testing))
        settings["NEXUS_CACHE_URL"] = valkey.url(sockets, valkey_name(testing), database=1)
    if not settings.get("SECRET_KEY"):
        settings["SECRET_KEY"] = secrets.token_urlsafe(50) if testing else secret_key(data)
    if command in OWNER_COMMANDS and settings.get("DATABASE_OWNER_URL"):
        settings["NEXUS_RUNTIME_DATABASE_URL"] = settings["DATABASE_URL"]
        settings["DATABASE_URL"] = settings["DATABASE_OWNER_URL"]
        settings["NEXUS_DATABASE_LIMITS"] = "migrations"
    return embedded(checkout, command, settings)


def embedded(checkout: Path, command: str, settings: Mapping[str, str]) -> set[str]:
    """Which of the two addresses in `settings` are those of this checkout's own servers.

    A child that inherits them counts as one more user, so no parent's end takes them away from it.
    """
    sockets = str(sockets_for(data_folder(checkout), TEST if command == "test" else MAIN))
    found = set()
    if f"/{sockets}/" in settings["DATABASE_URL"]:
        found.add("postgres")
    if settings["REDIS_URL"].startswith(f"unix://{sockets}/"):
        found.add("valkey")
    return found


def valkey_name(testing: bool) -> str:
    """Each test run has a queue of its own, named after its process."""
    return f"valkey-{os.getpid()}" if testing else "valkey"


def secret_key(data: Path) -> str:
    """The signing key of this data folder, made once and kept beside what it signs."""
    place = data / "secret_key"
    try:
        data.mkdir(parents=True, exist_ok=True)
        with alone(data / "secret_key.lock"):
            if not place.exists():
                new = place.with_suffix(".new")
                new.touch(mode=0o600)
                new.write_text(secrets.token_urlsafe(50))
                new.rename(place)
            return place.read_text().strip()
    except PermissionError as error:
        raise Trouble(
            f"You may not read {error.filename}; it probably belongs to another user.",
            "Run Nexus as the user who ran it first, or set NEXUS_DATA_DIR to a folder of your own.",
        ) from error


@contextmanager
def running(checkout: Path, command: str, wanted: set[str]) -> Iterator[None]:
    """Have the wanted servers running for the length of the block; the last user stops them."""
    testing = command == "test"
    if not wanted:
        yield
        return
    place = prepare(data_folder(checkout), TEST if testing else MAIN)
    with ExitStack() as stack:
        if "postgres" in wanted:
            stack.enter_context(
                shared(
                    place.home / "postgres.lock",
                    start=partial(postgres.start, place, durable=not testing),
                    stop=partial(postgres.stop, place),
                )
            )
        if "valkey" in wanted:
            if testing:
                sweep_queues(place)
            name = valkey_name(testing)
            if testing:
                stack.callback(forget_queue, place, name)
            stack.enter_context(
                shared(
                    place.home / f"{name}.lock",
                    start=partial(valkey.start, place, name),
                    stop=partial(valkey.stop, place, name),
                )
            )
        yield


@dataclass
class Revival:
    """Brings the main servers back when something else has ended them; `up` calls it again and again.

    `wanted` as `running` takes it. What keeps ending is Trouble.
    """

    checkout: Path
    wanted: set[str]
    starts: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.place = prepare(data_folder(self.checkout), MAIN)

    def __call__(self) -> None:
        for name in sorted(self.wanted):
            if not self.lives(name):
                with alone(self.place.home / f"{name}.door"):
                    self.start(name)

    def lives(self, name: str) -> bool:
        """Whether its process is there; one that is still starting counts."""
        if name == "postgres":
            return bool(postgres.pid_of(self.place.store / "postgres"))
        return valkey.answers(self.place, "valkey")

    def start(self, name: str) -> None:
        lately = [at for at in self.starts[name] if time.monotonic() - at < REVIVAL_WINDOW]
        if len(lately) >= REVIVALS:
            raise Trouble(f"{TITLES[name]} keeps stopping.", f"Read the end of {self.place.home / name}.log.")
        self.starts[name] = [*lately, time.monotonic()]
        if name == "postgres":
            postgres.start(self.place, durable=True)
        else:
            valkey.start(self.place, "valkey")
        say(f"  {TITLES[name]} stopped and is started again; see {self.place.home / name}.log")


def sweep_queues(place: Place) -> None:
    """Stop and remove what killed test runs left behind."""
    for lock in place.home.glob("valkey-*.lock"):
        with lock.open("r+") as users:
            if nobody_uses(users.fileno()):
                valkey.stop(place, lock.stem)
                forget_queue(place, lock.stem)
                fcntl.flock(users, fcntl.LOCK_UN)


def forget_queue(place: Place, name: str) -> None:
    """Remove the files of one test run's queue."""
    shutil.rmtree(place.store / name, ignore_errors=True)
    for left in (place.sockets / f"{name}.sock", *place.home.glob(f"{name}.*")):
        left.unlink(missing_ok=True)


def reset(checkout: Path) -> Path:
    """Put everything people entered aside, kept until the next reset, and return where; Trouble when in use."""
    data = data_folder(checkout)
    place = prepare(data, MAIN)
    with ExitStack() as stack:
        for name in ("postgres", "valkey"):
            stack.enter_context(alone(place.home / f"{name}.door"))
            users = stack.enter_context((place.home / f"{name}.lock").open("a+"))
            if not nobody_uses(users.fileno()):
                raise Trouble(
                    f"The data in {data} is in use, so it was not reset.",
                    "Stop the other Nexus (Ctrl-C in its window) and try again.",
                )
        postgres.stop(place)
        valkey.stop(place, "valkey")
        for folder in (
            place.store / "postgres",
            place.store / "valkey",
            data / "files",
            data / "audit-heads.jsonl",
        ):
            put_aside(folder)
    return data


def put_aside(folder: Path) -> None:
    """Rename a folder to `<name>.before-reset`, in place of the one from the reset before."""
    if folder.exists():
        kept = folder.with_name(f"{folder.name}.before-reset")
        shutil.rmtree(kept, ignore_errors=True)
        folder.rename(kept)


def recreate_database(checkout: Path) -> None:
    """Make the main database again, empty: only for one that was never filled completely."""
    sockets = sockets_for(data_folder(checkout), MAIN)
    postgres.drop_database(sockets)
    postgres.give_roles(sockets)
