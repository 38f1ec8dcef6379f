"""The level of an author's headings where a text stands below headings of the page."""

from __future__ import annotations

import re

from markupsafe import Markup

_HEADING = re.compile(r"<(/?)h([1-6])>")
_LOWEST = 6


def below(html: Markup, level: int) -> Markup:
    """Return a text whose highest heading is next below `level`, and the others follow it.

    6 is the lowest. An author begins with `###` in an update, because `##` begins the next one, and
    with `##` in a text of its own.
    """
    levels = [int(found) for _, found in _HEADING.findall(html)] if "<h" in html else []
    if not levels:  # a rule begins like a heading
        return html
    shift = level + 1 - min(levels)
    return Markup(_HEADING.sub(lambda one: _moved(one, shift), html))  # noqa: S704 (it was safe before)


def _moved(heading: re.Match[str], shift: int) -> str:
    return f"<{heading[1]}h{min(int(heading[2]) + shift, _LOWEST)}>"
