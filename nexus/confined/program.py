"""The program itself: reads what it is to do, gives up what it does not need, does it, answers in JSON."""

import errno
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from nexus.confined import limits
from nexus.confined.faults import Fault

# What it can do: each a module here with a function `answer(folder, given)`.
JOBS = ("words", "pages", "lists", "held", "binding")
MADE = "made"  # the one file it may write


def main() -> None:
    task = json.load(sys.stdin)
    if task["job"] not in JOBS:
        raise SystemExit(2)
    job = importlib.import_module(f"nexus.confined.{task['job']}")
    folder = Path.cwd()
    held = limits.confine(folder, writable=MADE, **task["limits"])
    done = _done(job.answer, folder, task["given"])
    sys.stdout.write(json.dumps({**done, "held": held, "megabytes": limits.most_memory()}))
    sys.stdout.flush()
    os._exit(0)  # whatever a library would still tidy up is the kernel's business


def _done(answer: Any, folder: Path, given: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"answer": answer(folder, given)}
    except Fault as fault:
        return {"fault": fault.word, "more": fault.more}
    except OSError as error:
        return {"fault": "long" if error.errno == errno.EFBIG else "damaged"}
    except MemoryError:
        return {"fault": "memory"}
    except RecursionError:
        return {"fault": "damaged"}
    except Exception:  # whatever a broken file does to a parser
        return {"fault": "damaged"}
