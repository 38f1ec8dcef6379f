"""Markdown as incident authors write it, into HTML that is safe to publish."""

from __future__ import annotations

from statusgen.site.markdown.escape import escape_text
from statusgen.site.markdown.guard import BlockProblem
from statusgen.site.markdown.plain import is_plain
from statusgen.site.markdown.render import FORMAT, Rendered, render
from statusgen.site.markdown.source import plain_text

__all__ = [
    "FORMAT",
    "BlockProblem",
    "Rendered",
    "escape_text",
    "is_plain",
    "plain_text",
    "render",
]
