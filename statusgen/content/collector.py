"""Gathers what is wrong with one file, and whether its course can still be trusted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from statusgen.model import Kind
from statusgen.problems import Location, Problem, Severity

MOST_PROBLEMS = 30
MOST_SUGGESTIONS = 20


class Collector:
    """The problems of one file, and `readable`: false after one that spoils it.

    A file that is no incident at all has a problem in each of its lines; after the first thirty
    they are only counted.
    """

    __slots__ = ("_more", "_more_at", "path", "problems", "readable")

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.readable = True
        self._more = 0
        self._more_at = Location(path)

    @property
    def is_full(self) -> bool:
        """Tell whether a further problem would only be counted."""
        return len(self.problems) >= MOST_PROBLEMS

    @property
    def may_suggest(self) -> bool:
        """Tell whether it is worth while to look for what was meant, which takes milliseconds."""
        return len(self.problems) < MOST_SUGGESTIONS

    def add(self, *problems: Problem, spoils: bool = False) -> None:
        """Take problems; any error among them makes the file unreadable if `spoils`."""
        for problem in problems:
            if spoils and problem.is_error:
                self.readable = False
            if self.is_full:
                self._more_at = problem.where if not self._more else self._more_at
                self._more += 1
            else:
                self.problems.append(problem)

    def error(self, code: str, message: str, where: Location, hint: str = "") -> None:
        """Take an error that concerns a part of the file only."""
        self.add(Problem(code, message, where, hint))

    def spoil(self, code: str, message: str, where: Location, hint: str = "") -> None:
        """Take an error after which the course that the file tells cannot be trusted."""
        self.add(Problem(code, message, where, hint), spoils=True)

    def warning(self, code: str, message: str, where: Location, hint: str = "") -> None:
        """Take a remark on something that is read as meant."""
        self.add(Problem(code, message, where, hint, Severity.WARNING))

    def all(self) -> tuple[Problem, ...]:
        """Return what was taken, in the order of discovery, and a word about the rest."""
        if not self._more:
            return tuple(self.problems)
        message = f"{self._more:,} more problems follow"
        hint = "mend those above, and check again"
        rest = Problem("too-many-problems", message, self._more_at, hint)
        return (*self.problems, rest)


class Context(NamedTuple):
    """What the parts of one file are read against.

    `zone` is the page's, `components` are the ids that config.yml has. `near` is a day that the
    file names, which is close to all of its times.
    """

    kind: Kind
    zone: ZoneInfo
    components: Collection[str]
    problems: Collector
    near: date | None = None
