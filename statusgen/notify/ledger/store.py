"""What every place of a ledger can do, and how it says that it could not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from statusgen.notify.ledger.lines import Line, Read

Decide = Callable[[Read], Sequence[Line]]


class LedgerError(Exception):
    """The ledger cannot be read or written: a sentence why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Ledger(Protocol):
    """Where lines are kept. Several threads may add to it."""

    @property
    def exclusive(self) -> bool:
        """Whether no other notifier is at work while this one is."""
        ...

    def read(self) -> Read:
        """Return all lines.

        Raises:
            LedgerError: It cannot be read.

        """
        ...

    def claim(self, decide: Decide) -> None:
        """Add what `decide` makes of all lines; it is asked again if others have added some.

        When it returns, the lines outlive a power cut, and no other notifier has decided without
        having seen them.

        Raises:
            LedgerError: They do not.

        """
        ...

    def add(self, lines: Iterable[Line]) -> None:
        """Add lines, which `flush` makes lasting.

        Raises:
            LedgerError: They could not be added.

        """
        ...

    def flush(self) -> None:
        """Make what was added outlive a power cut, and let others see it.

        Raises:
            LedgerError: That could not be done.

        """
        ...

    def compact(self) -> None:
        """Make it short, if that is worth while.

        Raises:
            LedgerError: It could not be written.

        """
        ...
