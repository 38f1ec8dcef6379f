"""A text in Markdown becomes HTML that is safe to put on a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple, TypeAlias

from statusgen.site.markdown.guard import BlockProblem
from statusgen.site.markdown.plain import is_plain, render_plain

_Convert: TypeAlias = Callable[[str], tuple[str, tuple[BlockProblem, ...]]]

FORMAT = 1
"""Changes whenever the same text gives other HTML, so that no cache keeps the old one."""

_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Rendered(NamedTuple):
    """The HTML of a text, and what is wrong with its blocks in the order of its lines."""

    html: str
    problems: tuple[BlockProblem, ...] = ()


def render(text: str) -> Rendered:
    """Return the HTML of a text, as GitHub shows it.

    Headings are `h3` and deeper, images are links to them, raw HTML is shown as text and comments
    are left out. The HTML holds no scripts, no styles, and no addresses but https, http, mailto and
    relative ones. It is the same whatever was rendered before.
    """
    if is_plain(text):
        return Rendered(render_plain(text))
    return render_fully(text)


def render_fully(text: str) -> Rendered:
    """Return what `render` does, without the short cut for plain texts."""
    if not text.strip():
        return Rendered("")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.removesuffix("\n")
    if not text.replace("\n", "").isprintable():  # nearly all texts are, which is told quickly
        text = _NO_TEXT.sub("\ufffd", text)
    convert, clean = _engine()
    html, problems = convert(text)
    return Rendered(clean(html).strip("\n"), tuple(sorted(problems)))


@cache
def _engine() -> tuple[_Convert, Callable[[str], str]]:
    """Return what converts a text and what cleans its HTML.

    Both are imported when first needed: most builds need neither, and they cost more than texts.
    """
    from statusgen.site.markdown.clean import clean  # noqa: PLC0415
    from statusgen.site.markdown.engine import convert  # noqa: PLC0415

    return convert, clean
