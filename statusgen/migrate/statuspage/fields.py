"""Reads the members of one JSON object, and remembers what of it was not understood.

Every reader returns the value or a harmless default; what was wrong with it becomes a `Problem`
that names the file and the place inside it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime

from statusgen.problems import Location, Problem, Severity
from statusgen.reading.times import FIRST_YEAR, LAST_YEAR
from statusgen.reading.words import Word

_LONGEST_SHOWN = 60
_BREAKS = re.compile(r"\s*[\n\t\u2028\u2029]\s*")
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Remarks:
    """What a whole import could not take over, or took over changed."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def lost(self, code: str, file: str, where: str, message: str) -> None:
        """Note something that has no place with us."""
        self._note(code, file, where, message, Severity.ERROR)

    def changed(self, code: str, file: str, where: str, message: str) -> None:
        """Note something that was taken over in another form."""
        self._note(code, file, where, message, Severity.WARNING)

    def _note(self, code: str, file: str, where: str, message: str, severity: Severity) -> None:
        text = f"{where}: {message}" if where else message
        self.problems.append(Problem(code, text, Location(file), "", severity))


class Fields:
    """One JSON object, read member by member; `close` reports the members nobody asked for."""

    def __init__(self, value: object, file: str, where: str, remarks: Remarks) -> None:
        self.file = file
        self.where = where
        self.remarks = remarks
        self._members: dict[str, object] = {}
        self._asked: set[str] = set()
        if isinstance(value, dict):
            self._members = value
        else:
            self._wrong("", value, "an object")

    def place(self, key: str) -> str:
        """Return where a member stands: 'incident.incident_updates[2].status'."""
        return f"{self.where}.{key}" if self.where and key else self.where or key

    def take(self, key: str) -> object:
        """Return a member's raw value; None if it is not there."""
        self._asked.add(key)
        return self._members.get(key)

    def has(self, key: str) -> bool:
        return self._members.get(key) is not None

    def names(self, key: str) -> bool:
        """Tell whether there is such a member, be it null."""
        return key in self._members

    def text(self, key: str) -> str:
        r"""Return a text with `\n` as its line break, free of what no text file can hold."""
        value = self.take(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._wrong(key, value, "a text")
            return str(value) if isinstance(value, int | float) else ""
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        if _NOT_TEXT.search(text):
            self.remarks.changed(
                "import-control-characters",
                self.file,
                self.place(key),
                "control characters were replaced by U+FFFD",
            )
            text = _NOT_TEXT.sub("\ufffd", text)
        return text

    def line(self, key: str) -> str:
        """Return a text on one line, without space around it; what that changes is reported."""
        text = self.text(key)
        line = _BREAKS.sub(" ", text).strip()
        if line != text:
            self.remarks.changed(
                "import-one-line",
                self.file,
                self.place(key),
                "line breaks and space around it were taken out",
            )
        return line

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._wrong(key, value, "true or false")
            return default
        return value

    def number(self, key: str, *, most: int) -> int | None:
        """Return a whole number from 0 to `most`."""
        value = self.take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            self._wrong(key, value, f"a whole number from 0 to {most}")
            return None
        return value

    def fitting(self, key: str, word: Word) -> str:
        """Return a text that our own files can hold under such a key, or none."""
        text = self.line(key)
        fits = re.fullmatch(word.pattern, text) and not (word.fault_of and word.fault_of(text))
        if text and not fits:
            self._wrong(key, text, word.words)
        return text if fits else ""

    def time(self, key: str) -> datetime | None:
        """Return a moment in UTC; one without an offset is taken as UTC, and reported."""
        value = self.take(key)
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            self._wrong(key, value, "a time")
            return None
        if not FIRST_YEAR < moment.year < LAST_YEAR:
            self._wrong(key, value, f"a time between {FIRST_YEAR} and {LAST_YEAR}")
            return None
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
        self.remarks.changed(
            "import-naive-time",
            self.file,
            self.place(key),
            f"the time {value} has no offset and was taken as UTC",
        )
        return moment.replace(tzinfo=UTC)

    def day(self, key: str) -> date | None:
        value = self.take(key)
        if value is None:
            return None
        try:
            day = date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            self._wrong(key, value, "a date")
            return None
        if not FIRST_YEAR < day.year < LAST_YEAR:
            self._wrong(key, value, f"a date between {FIRST_YEAR} and {LAST_YEAR}")
            return None
        return day

    def objects(self, key: str) -> Iterator[Fields]:
        """Yield the objects of a list; null and a missing list are empty."""
        for place, value in self.items(key):
            if isinstance(value, dict):
                yield Fields(value, self.file, place, self.remarks)
            else:
                self._wrong(place.removeprefix(f"{self.where}."), value, "an object")

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        found = []
        for place, value in self.items(key):
            if isinstance(value, str):
                found.append(value)
            else:
                self._wrong(place.removeprefix(f"{self.where}."), value, "a text")
        return tuple(found)

    def items(self, key: str) -> Iterator[tuple[str, object]]:
        """Yield the members of a list with their places."""
        value = self.take(key)
        if value is not None and not isinstance(value, list):
            self._wrong(key, value, "a list")
        elif value:
            for index, item in enumerate(value):
                yield f"{self.place(key)}[{index}]", item

    def ignore(self, keys: Collection[str]) -> None:
        """Pass over members that repeat what others say, or that only concern the service."""
        self._asked.update(keys)

    def report_if_set(self, keys: Collection[str]) -> None:
        """Report members that only concern the service they come from, where they say something."""
        for key in keys:
            value = self.take(key)
            if value not in (None, False, "", [], {}):
                self.remarks.changed(
                    "import-no-place",
                    self.file,
                    self.place(key),
                    f"{_shown(value)} is left out: it concerns the service it comes from",
                )

    def close(self) -> None:
        """Report every member that was not asked for."""
        for key in self._members:
            if key not in self._asked:
                self.remarks.lost(
                    "import-unknown-key",
                    self.file,
                    self.place(key),
                    f"unknown key, with the value {_shown(self._members[key])}",
                )

    def _wrong(self, key: str, value: object, wanted: str) -> None:
        self.remarks.lost(
            "import-wrong-type",
            self.file,
            self.place(key),
            f"{_shown(value)} is not {wanted}",
        )


def _shown(value: object) -> str:
    text = repr(value) if not isinstance(value, str) else f'"{value}"'
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
