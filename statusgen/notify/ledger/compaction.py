"""Makes a ledger short: what is over takes one line, and nothing is told twice for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from statusgen.notify.ledger.lines import Line, Read, What
from statusgen.notify.ledger.state import State, state_of

_OF_A_POST = frozenset(
    {
        What.DUE,
        What.INTENT,
        What.AWAY,
        What.BACK,
        What.DONE,
        What.FAILED,
        What.UNKNOWN,
        What.SKIPPED,
    }
)


class Compacted(NamedTuple):
    """The lines that are left, and how many there were before."""

    lines: tuple[Line, ...]
    before: int

    @property
    def is_shorter(self) -> bool:
        """Tell whether it was worth while."""
        return len(self.lines) < self.before


def compact(read: Read) -> Compacted:
    """Return lines that come to the same, with one line for each event and channel that is over.

    Of failures of a channel that works again, nothing is left but that it does. What a later
    version has written may say more than is known here, so it stays as it is.
    """
    every = read.lines
    if read.foreign:
        return Compacted(every, len(every))
    state = state_of(every)
    ups: dict[str, Line] = {}
    for line in every:
        if line.what is What.UP:
            ups[line.channel] = max(ups.get(line.channel, line), line, key=lambda one: one.at)
    found: dict[Line, None] = {}
    for line in every:
        for one in _instead(line, state, ups):
            found[one] = None
    return Compacted(tuple(found), len(every))


def _instead(line: Line, state: State, ups: dict[str, Line]) -> Iterable[Line]:
    if line.what is What.UP:
        return [ups[line.channel]]
    if line.what is What.DOWN:
        return [line] if line.at in state.downs.get(line.channel, ()) else []
    if line.what not in _OF_A_POST:
        return [line]
    telling = state.tellings[line.event, line.channel]
    if not telling.is_over:
        return [line]
    if telling.was_told or telling.skipped is None:
        why = "" if telling.was_told else "nobody"
        return [Line(What.COMPACTED, telling.at or 0, line.channel, line.event, why=why)]
    return [line] if line.what is What.SKIPPED else []
