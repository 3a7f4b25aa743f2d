"""Why a file is not opened to its end: a word that `running.FAULTS` says as a clause."""

from typing import Any


class Fault(Exception):
    """The file is not opened further. `more` is what the sentence about it needs."""

    def __init__(self, word: str, **more: Any) -> None:
        super().__init__(word)
        self.word, self.more = word, more
