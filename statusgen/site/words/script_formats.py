"""How script.js writes times: the language's own tables, in the form of its data attributes.

A browser's `Intl` would do it too, but its first use takes as long as all else that a page does at
its start, and its words are not always those that stand on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from statusgen.site.words.formats import Formats

_SEPARATOR = "|"


class ScriptFormatsView(NamedTuple):
    """The formats of times in the browser.

    `clock` and `day_clock` have `{weekday}`, `{hour}` (or `{h}`, without a zero before it) and
    `{minute}`. `weekdays` are short, Sunday first, with bars between them; so are the relative
    times of `minute`, `hour` and `day`, each after its plural category: 'other in %s hours'. A '-'
    before that is for the past. `digits` are the language's own, or empty.
    """

    clock: str
    day_clock: str
    weekdays: str
    minute: str
    hour: str
    day: str
    digits: str


def script_formats(formats: Formats) -> ScriptFormatsView:
    """Return the formats of a language as the script reads them."""
    hour = "{hour}" if formats.two_digit_hour else "{h}"
    relative = formats.relative
    return ScriptFormatsView(
        clock=formats.clock.replace("{hour}", hour),
        day_clock=formats.day_clock.replace("{hour}", hour),
        weekdays=_SEPARATOR.join([formats.weekdays[6], *formats.weekdays[:6]]),
        minute=_relative(relative["minute"]),
        hour=_relative(relative["hour"]),
        day=_relative(relative["day"]),
        digits="" if formats.digits.isascii() else formats.digits,
    )


def _relative(patterns: Mapping[str, str]) -> str:
    return _SEPARATOR.join(
        f"{category} {pattern.replace('{0}', '%s')}" for category, pattern in patterns.items()
    )
