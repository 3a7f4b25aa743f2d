#!/usr/bin/env python3
"""Nexus's one entry point. On a bare checkout it makes .venv first and runs itself again in there."""

import os
import sys

# Old Pythons must be able to read this far, to say so in a sentence.
if sys.version_info < (3, 11):
    sys.stderr.write(
        "Nexus needs Python 3.11 or newer; this is Python %d.%d.\n"
        "Install a newer Python (Debian 12: apt-get install python3 python3-venv) "
        "and run the command with it, for example: python3.11 manage.py up\n" % sys.version_info[:2]
    )
    sys.exit(1)

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from nexus.bootstrap import enter_environment

if __name__ == "__main__":
    enter_environment(sys.argv)
    from nexus.commands import main  # needs what enter_environment has just installed

    sys.exit(main(sys.argv))
