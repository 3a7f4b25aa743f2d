"""Running one manage.py command with the servers it needs."""

import os
import signal
import sys
from types import FrameType

from django.core.management import execute_from_command_line

from nexus.bootstrap import CHECKOUT
from nexus.embedded import Trouble, environment, running
from nexus.embedded.servers import OWNER_COMMANDS
from nexus.progress import say

# These need no database. `up` starts the servers itself, because it may first have to reset them.
WITHOUT_SERVERS = frozenset(
    {"", "help", "version", "--help", "-h", "--version", "up", "api_schema", "assess", "assets", "bench", "check",
     "collectstatic", "datawash", "findstatic", "lint", "presses", "spectacular", "states", "train", "walls"}
)  # fmt: skip
# `up` starts what serves people, whose scope is that of who asks; the others are not the runtime role.
NOBODYS = frozenset({"up", *OWNER_COMMANDS})


def main(argv: list[str]) -> int:
    """Run the command and return its exit code; Trouble becomes its two sentences and a 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nexus.settings")
    signal.signal(signal.SIGTERM, _leave)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup asked for it to be ignored
        signal.signal(signal.SIGHUP, _leave)
    # A shell starts background jobs with Ctrl-C ignored; a signal sent on purpose must still arrive.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = argv[1] if len(argv) > 1 else ""
    try:
        wanted = environment(CHECKOUT, command, os.environ)
        if command in WITHOUT_SERVERS or (command != "test" and "--help" in argv[2:]):
            wanted = set()
        os.environ["NEXUS_SCOPE"] = "" if command in NOBODYS else "system"
        with running(CHECKOUT, command, wanted):
            execute_from_command_line(argv)
    except Trouble as trouble:
        say(f"\n{trouble.happened}\n{trouble.remedy}")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _leave(number: int, frame: FrameType | None) -> None:
    """SIGTERM must run the `finally` blocks that stop the servers."""
    sys.exit(128 + number)
