"""Rounds in turn, so that whatever else the machine does meets all contenders alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Said = Callable[[str], None]


def in_turn(
    contenders: Mapping[str, Callable[[], float]], *, rounds: int, say: Said
) -> dict[str, list[float]]:
    """Contender → its figure in each round.

    One round more comes first and is not counted: it fills pools and caches. Each round begins with another
    contender, so that none always follows the same one.
    """
    found: dict[str, list[float]] = {name: [] for name in contenders}
    names = list(contenders)
    for number in range(rounds + 1):
        place = number % len(names)
        for name in names[place:] + names[:place]:
            figure = contenders[name]()
            if number:
                found[name].append(figure)
        if number:
            say(f"round {number}: " + ", ".join(f"{name} {found[name][-1]:.0f}" for name in names))
    return found
