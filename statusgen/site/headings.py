"""The level of an author's headings where a text stands below headings of the page."""

from __future__ import annotations

import re

from markupsafe import Markup

_HEADING = re.compile(r"<(/?)h([1-6])>")
_LOWEST = 6


def below(html: Markup, level: int) -> Markup:
    """Return a text whose headings are all below `level`, each as far as before; 6 is the lowest.

    An author begins with `###` in an update, because `##` begins the next one.
    """
    levels = [int(found) for _, found in _HEADING.findall(html)] if "<h" in html else []
    if not levels:  # a rule begins like a heading
        return html
    highest = min(levels)
    shift = max(level + 1 - highest, 0)
    return Markup(_HEADING.sub(lambda one: _moved(one, shift), html))  # noqa: S704 (it was safe before)


def _moved(heading: re.Match[str], shift: int) -> str:
    return f"<{heading[1]}h{min(int(heading[2]) + shift, _LOWEST)}>"
