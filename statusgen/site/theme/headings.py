"""How an author's text fits into a page: its headings follow the page's, what is wide scrolls."""

from __future__ import annotations

import re

from markupsafe import Markup

_HEADING = re.compile(r"<(/?)h([1-6])>")
_LOWEST = 6
_WIDE = (
    ("<table>", '<div class="scroll" tabindex="0"><table>'),
    ("</table>", "</table></div>"),
    ("<pre>", '<pre tabindex="0">'),
)
"""What scrolls within a text can be reached by keyboard, too."""


def below(html: Markup, level: int) -> Markup:
    """Return a text whose highest heading is next below `level`, and the others follow it.

    6 is the lowest. An author begins with `###` in an update, because `##` begins the next one, and
    with `##` in a text of its own. Tables and code scroll by themselves where a window is narrow.
    """
    if "<h" not in html and "<table>" not in html and "<pre>" not in html:
        return html
    text = str(html)
    for tag, scrolling in _WIDE:
        text = text.replace(tag, scrolling)
    levels = [int(found) for _, found in _HEADING.findall(text)]
    if levels:  # a rule begins like a heading
        shift = level + 1 - min(levels)
        text = _HEADING.sub(lambda one: _moved(one, shift), text)
    return Markup(text)  # noqa: S704 (it was safe before)


def _moved(heading: re.Match[str], shift: int) -> str:
    return f"<{heading[1]}h{min(int(heading[2]) + shift, _LOWEST)}>"
