"""The environment that templates run in: Jinja2 with our filters and words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr, Extends, Getattr, Node
from markupsafe import Markup, escape

from statusgen.site.context import Site, Theme
from statusgen.site.theme.frame import page_view
from statusgen.site.theme.headings import below
from statusgen.site.views.foreign import lang_writer
from statusgen.site.words.moments import (
    clock_writer,
    day_of_writer,
    day_writer,
    hours_writer,
    moment_writer,
    window_writer,
)
from statusgen.site.words.template_words import EXTENSION, install_words
from statusgen.site.words.wording import label

DEFAULT = "default:"
"""Before a template's name: the one that statusgen ships, even if the page has its own."""

OWN_FOLDER = "site-template/"
"""Before the name of a template of the page's own."""

_FILTERS: dict[str, Callable[[Site], Callable[..., object]]] = {
    "moment": lambda site: moment_writer(site.zone, site.language),
    "window": lambda site: window_writer(site.zone, site.language),
    "hours": lambda site: hours_writer(site.zone, site.language),
    "clock": lambda site: clock_writer(site.zone, site.language),
    "day": lambda site: day_writer(site.language),
    "day_of": lambda site: day_of_writer(site.zone, site.language),
    "month": lambda site: site.language.formats.month_text,
    "duration": lambda site: site.language.formats.duration_text,
    "lang": lang_writer,
    "label": lambda site: lambda state: label(state, site.language),
    "below": lambda _: below,
    "number": lambda site: site.language.formats.number_text,
    "percent": lambda site: site.language.formats.percent_text,
}
"""What makes each filter of the templates for a site."""


_SPECIAL = re.compile("[&<>'\"]")


def _html(value: object) -> str:
    """Return a value as HTML, as `escape` does; most of what a page holds is HTML already."""
    if type(value) is Markup:
        return value
    if type(value) is str or isinstance(value, StrEnum):
        return escape(value) if _SPECIAL.search(value) else value
    return escape(value)


class _Code(CodeGenerator):
    """Writes templates whose code is short, since it runs for thousands of pages.

    Values are put into HTML by the environment's `html`. Each block is put together by itself,
    rather than handed on piece by piece through the blocks around it. The default theme, which is
    given frozen values alone, takes their fields as Python does; other templates may look for
    what need not be there.
    """

    def blockvisit(self, nodes: Iterable[Node], frame: Frame) -> None:
        if frame.buffer or any(isinstance(node, Extends) for node in nodes):
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")
        frame.buffer = None

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802 (the name of its visitor)
        if (self.filename or "").startswith(DEFAULT):
            self.visit(node.node, frame)
            self.write(f".{node.attr}")
        else:
            super().visit_Getattr(node, frame)

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401 (private to Jinja2)
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.html(")


class _Environment(Environment):
    code_generator_class = _Code
    html = staticmethod(_html)


def blank_environment() -> Environment:
    """Return an environment that knows the names of our filters and words, to compile with."""
    environment = Environment(autoescape=True, extensions=[EXTENSION])
    environment.filters.update(dict.fromkeys(_FILTERS, str))
    return environment


def environment_of(site: Site) -> Environment:
    """Return the environment of a site's templates."""
    theme = site.theme
    environment = _Environment(
        loader=FunctionLoader(lambda name: _load(theme, name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,  # a theme's templates all stay
        bytecode_cache=theme.bytecode,
        extensions=[EXTENSION],
    )
    install_words(environment, site.language)
    environment.filters.update({name: make(site) for name, make in _FILTERS.items()})
    environment.globals["page"] = page_view(site)
    return environment


def _load(theme: Theme, name: str) -> tuple[str, str, None] | None:
    """Return a template's text and the name under which problems call its file."""
    if name.startswith(DEFAULT):
        text = theme.default.get(name.removeprefix(DEFAULT))
        return None if text is None else (text, name, None)
    if name in theme.own:
        return theme.own[name], OWN_FOLDER + name, None
    return (theme.default[name], DEFAULT + name, None) if name in theme.default else None
