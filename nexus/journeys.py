"""The journeys of each role with what is wanted of them. tests/test_presses.py drives them, `manage.py presses` prints them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure of a journey: what is wanted, and what was reached and may not be lost. Less is better, or more."""

    name: str
    wanted: int
    ceiling: int
    words: str
    more_is_better: bool = False

    def within(self, value: int, limit: int) -> bool:
        """Whether the value is as good as the limit."""
        return value >= limit if self.more_is_better else value <= limit


@dataclass(frozen=True)
class Journey:
    """A journey: its words, and its figures."""

    words: str
    figures: tuple[Figure, ...]

    def figure(self, name: str) -> Figure:
        """The figure of that name."""
        return next(each for each in self.figures if each.name == name)


JOURNEYS: dict[str, Journey] = {
    "referral": Journey(
        "A referral with six convictions, two other names and one file, submitted",
        (
            Figure("pages", 24, 17, "pages"),
            Figure("boxes", 40, 26, "boxes typed into"),
            Figure("presses", 30, 17, "presses"),
            Figure("check_height", 3500, 2900, "pixels of the check page"),
        ),
    ),
    "live_time": Journey(
        "A live-time referral by an immigration officer, sent",
        (Figure("pages", 3, 3, "pages to “sent”"),),
    ),
    "queue": Journey(
        "The queue at 1280 × 900",
        (
            Figure("rows", 12, 12, "rows on the first screen", more_is_better=True),
            Figure("row_height", 52, 52, "pixels of the tallest row"),
            Figure("cut", 0, 0, "pixels cut at 1280, 1440 and 1920"),
            Figure("head", 120, 120, "pixels of header and navigation"),
        ),
    ),
    "triage": Journey(
        "Take next, and accept",
        (Figure("presses", 7, 4, "presses"), Figure("pages", 5, 4, "pages")),
    ),
    "find": Journey(
        "A person by a misspelt name, from any page",
        (Figure("presses", 1, 1, "presses"),),
    ),
    "answer": Journey(
        "An answer received, read by its officer",
        (Figure("presses", 1, 1, "presses from the list of the day"),),
    ),
}
