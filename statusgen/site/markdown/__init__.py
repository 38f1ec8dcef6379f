"""Markdown as incident authors write it, into HTML that is safe to publish."""

from __future__ import annotations

from statusgen.site.markdown.guard import BlockProblem
from statusgen.site.markdown.plain import is_plain
from statusgen.site.markdown.render import FORMAT, Rendered, render

__all__ = ["FORMAT", "BlockProblem", "Rendered", "is_plain", "render"]
