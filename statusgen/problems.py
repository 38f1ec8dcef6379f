"""The only vocabulary for what is wrong with a source: where, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a problem weighs.

    An error makes `check` fail, and `build` leave out or stand in for what it concerns. A warning
    is read as meant and said aloud. Advice is what somebody may do better, or leave.
    """

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Location(NamedTuple):
    """A place in a source file; lines and columns count from 1, columns in characters.

    `line` 0 is the whole file.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        path = self.path.replace("\n", "\ufffd")  # what follows would look like a line of ours
        return f"{path}:{self.line}:{self.column}" if self.line else path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong.

    `code` is a stable slug with a section of its own in docs/problems.md, `message` a sentence
    without a full stop, `hint` what to do ("did you mean 'impact'?") or empty.
    """

    code: str
    message: str
    where: Location
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Return the form in which people read it.

        For example:

            incidents/2026-01-02-api.md:3:1: error[unknown-key]: unknown key 'impct'
              hint: did you mean 'impact'?
        """
        text = f"{self.where}: {self.severity}[{self.code}]: {self.message}"
        return f"{text}\n  hint: {self.hint}" if self.hint else text

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort by place, then by code, so that output does not depend on the order of discovery."""
    return sorted(set(problems), key=lambda one: (one.where, one.code, one.message))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any of them is an error."""
    return any(problem.is_error for problem in problems)
