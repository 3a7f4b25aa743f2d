"""Where one pair of embedded servers keeps its data, its sockets and its logs."""

import hashlib
import os
import pwd
import stat
import subprocess
import uuid
from dataclasses import dataclass
from pathlib import Path

from nexus.embedded.sharing import alone
from nexus.embedded.trouble import Trouble

# PostgreSQL refuses to run as root: as root the servers run as the first of these that exists.
SERVICE_ACCOUNTS = ("postgres", "nobody")
# Where root keeps what a service account cannot reach, for example below a home of mode 0700.
REACHABLE_BY_ALL = Path("/var/lib/nexus-embedded")


@dataclass(frozen=True)
class Place:
    """Names of one pair of servers.

    `home` belongs to whoever runs Nexus and holds locks and logs; `store` belongs to `account`
    and holds the servers' own data; `sockets` is a private folder with a short name, because a
    Unix socket's path may not exceed 107 bytes.
    """

    home: Path
    store: Path
    sockets: Path
    account: pwd.struct_passwd | None


def sockets_for(data_folder: Path, name: str) -> Path:
    """A short folder name that is the same for every process using this data folder."""
    key = f"{os.geteuid()}:{data_folder}:{name}".encode()
    # Literally /tmp: TMPDIR may be long, and may differ between two processes that must meet here.
    return Path("/tmp") / f"nexus-{hashlib.sha256(key).hexdigest()[:12]}"  # noqa: S108


def prepare(data_folder: Path, name: str) -> Place:
    """Make the folders of the pair called `name` and return them; Trouble when they are not ours."""
    home = data_folder / name
    account = service_account()
    try:
        data_folder.mkdir(parents=True, exist_ok=True)
        # Others may pass through to the servers' data when root runs Nexus, but not list or read.
        data_folder.chmod(0o711 if account else 0o700)
        home.mkdir(exist_ok=True)
        home.chmod(0o711 if account else 0o700)
        store = home if account is None or reachable(home, account) else hidden_store(home)
        sockets = sockets_for(data_folder, name)
        private_folder(sockets, account)
    except PermissionError as error:
        raise Trouble(
            f"You may not write to {error.filename}; it probably belongs to another user.",
            "Run Nexus as the user who ran it first, or set NEXUS_DATA_DIR to a folder of your own.",
        ) from error
    return Place(home=home, store=store, sockets=sockets, account=account)


def service_account() -> pwd.struct_passwd | None:
    """Whom the servers run as: None for "as ourselves", which is anyone but root."""
    if os.geteuid() != 0:
        return None
    for name in SERVICE_ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Trouble(
        "PostgreSQL cannot run as root and this machine has no user called postgres or nobody.",
        "Run Nexus as an ordinary user.",
    )


def reachable(folder: Path, account: pwd.struct_passwd) -> bool:
    """True when `account` may pass through `folder` and all the folders above it."""
    probe = ["/usr/bin/test", "-x", str(folder)]
    return (
        subprocess.run(
            probe, user=account.pw_uid, group=account.pw_gid, extra_groups=[], cwd="/", check=False
        ).returncode
        == 0
    )


def hidden_store(home: Path) -> Path:
    """A folder outside the checkout for the service account, remembered in a note beside the logs.

    Its name is new for each checkout: a fresh clone at the same path must not find old data.
    """
    note = home / "data-is-kept-in.txt"
    with alone(home / "place.lock"):
        if note.exists() and Path(note.read_text().strip()).is_dir():
            return Path(note.read_text().strip())
        store = REACHABLE_BY_ALL / uuid.uuid4().hex[:12]
        store.mkdir(parents=True)
        store.chmod(0o711)
        note.write_text(f"{store}\n")
        return store


def private_folder(folder: Path, account: pwd.struct_passwd | None) -> None:
    """Make `folder` with mode 0700 for `account`; Trouble when somebody else made it first."""
    owner = account.pw_uid if account else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
    except FileExistsError:
        pass
    found = folder.lstat()
    ours = found.st_uid == owner or (account is not None and found.st_uid == 0)
    if not stat.S_ISDIR(found.st_mode) or not ours:
        raise Trouble(
            f"{folder} belongs to somebody else, so the servers' sockets cannot be kept there.",
            f"Find out who made it; when it is safe, remove it (rm -r {folder}) and start again.",
        )
    folder.chmod(0o700)
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
