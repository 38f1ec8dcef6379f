"""Names of weekdays and months in the languages of the coach, which no text mixes up."""

from __future__ import annotations

from collections.abc import Iterator


def _numbered(first: int, *names: str) -> Iterator[tuple[str, int]]:
    """Yield each of several spellings, separated by blanks, with the number of their place."""
    for number, spellings in enumerate(names, first):
        for spelling in spellings.split():
            yield spelling, number


WEEKDAYS: dict[str, int] = dict(
    [
        *_numbered(
            0,
            *("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thur thurs"),
            *("friday fri", "saturday sat", "sunday sun"),
        ),
        *_numbered(
            0,
            *("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag sonnabend"),
            "sonntag",
        ),
        *_numbered(
            0,
            *("понедельник понедельника", "вторник вторника", "среда среду среды"),
            *("четверг четверга", "пятница пятницу пятницы", "суббота субботу субботы"),
            "воскресенье воскресенья",
        ),
    ]
)
"""Weekdays by their names in lower case; Monday is 0."""

MONTHS: dict[str, int] = dict(
    [
        *_numbered(
            1,
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun"),
            *("july jul", "august aug", "september sep sept", "october oct", "november nov"),
            "december dec",
        ),
        *_numbered(
            1,
            *("januar jänner", "februar", "märz", "april", "mai", "juni", "juli", "august"),
            *("september", "oktober okt", "november", "dezember dez"),
        ),
        *_numbered(
            1,
            *("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа"),
            *("сентября", "октября", "ноября", "декабря"),
        ),
    ]
)
"""Months by their names in lower case; January is 1."""
