"""What is wrong with something that a person typed on the command line or at a prompt."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """What cannot be used: where it was given (`--next-update`), what is wrong, what to do.

    `message` is a sentence without a full stop, `hint` may be empty.
    """

    given: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        said = f"{self.given}: {self.message}" if self.given else self.message
        return f"{said}; {self.hint}" if self.hint else said
