"""A refusal is a list of sentences a person can act on."""


class Refused(Exception):
    """An action was asked for that the rules or the state do not allow.

    `reasons` are complete sentences. Pages list them, the API answers 409 with them.
    """

    def __init__(self, reasons: list[str] | str) -> None:
        self.reasons = [reasons] if isinstance(reasons, str) else list(reasons)
        super().__init__(" ".join(self.reasons))


def refuse_if(reasons: list[str]) -> None:
    """Raise `Refused` when there is at least one reason."""
    if reasons:
        raise Refused(reasons)


def blank(text: str, sentence: str) -> list[str]:
    """The sentence when there is no text."""
    return [] if text.strip() else [sentence]
