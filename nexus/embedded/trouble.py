"""The one error the ground floor raises on purpose."""


class Trouble(Exception):
    """Something the person at the keyboard can put right: what happened, then what to do."""

    def __init__(self, happened: str, remedy: str) -> None:
        super().__init__(f"{happened}\n{remedy}")
        self.happened = happened
        self.remedy = remedy
