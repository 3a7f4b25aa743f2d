"""What may be recorded as progress.

"Police partners will be provided with regular reports detailing all recorded progress." (p. 11)
"""

from collections.abc import Sequence

from casework.rules.words import either


def reasons_not_to_share(*, shared_with_force: bool | None, asked_of_force: str) -> list[str]:
    """Somebody decides each time whether the force may see it; what is asked of the force must be seen."""
    if shared_with_force is None:
        return ["Select whether the force may see this."]
    if asked_of_force.strip() and not shared_with_force:
        return ["The force reads what you ask of it. Select that the force may see this, or ask for nothing."]
    return []


def reasons_out_of_turn(*, event: str, state: str, allowed: bool, possible_in: Sequence[str]) -> list[str]:
    """An event that moves the case is refused where the case cannot make that move."""
    if allowed:
        return []
    return [
        f"“{event}” cannot be recorded while the case is “{state}”: only while it is {either(possible_in)}."
    ]
