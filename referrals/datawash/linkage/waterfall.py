"""The weights of a pair as a picture: each bar begins where the one before it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from referrals.datawash.linkage.explaining import Step

ROW = 44  # pixels of a bar with its label


@dataclass(frozen=True)
class Bar:
    """One bar. `left` and `width` are percentages of the picture, `top` is in pixels."""

    label: str
    weight: str
    speaks: str
    left: str
    width: str
    top: int


@dataclass(frozen=True)
class Waterfall:
    bars: list[Bar]
    zero: str  # where neither side is likelier, in per cent
    height: int


def waterfall(steps: Sequence[Step]) -> Waterfall:
    """Bars from the starting point to the total. What says nothing has no bar."""
    steps = [step for step in steps if step.weight]
    ends = [0.0]
    for step in steps:
        ends.append(ends[-1] + step.weight)
    spans = [*zip(ends, ends[1:], strict=False), (0.0, ends[-1])]
    together = Step("together", "", ends[-1])
    lowest, highest = min(ends), max(ends)
    scale = 100 / ((highest - lowest) or 1)
    bars = [
        Bar(
            step.field.capitalize(),
            signed(step.weight),
            "for" if step.weight > 0 else "against",
            f"{(min(span) - lowest) * scale:.2f}%",
            f"{abs(span[1] - span[0]) * scale:.2f}%",
            number * ROW,
        )
        for number, (step, span) in enumerate(zip([*steps, together], spans, strict=True))
    ]
    return Waterfall(bars, f"{-lowest * scale:.2f}%", len(bars) * ROW)


def signed(weight: float) -> str:
    """+9.1, −3.4 or 0.0: a proper minus, and the sign says what colour says."""
    text = f"{abs(weight):.1f}"
    return text if text == "0.0" else f"{'+' if weight > 0 else '−'}{text}"


def odds(probability: float) -> str:
    """How likely, as people say it: never certain either way."""
    if probability >= 0.995:
        return "more than 99 in 100"
    if probability < 0.01:
        return "less than 1 in 100"
    return f"{round(probability * 100)} in 100"


def times(weight: float) -> str:
    """A weight in bits as a factor: 7 is 128 times likelier for one person than for two strangers."""
    factor = 2 ** abs(weight)
    text = f"{factor:,.0f}" if factor >= 10 else f"{factor:.1f}"
    if abs(weight) < log2(1.05):
        return "no difference"
    return f"{text} times {'likelier' if weight > 0 else 'less likely'}"
