"""The templates: found, compiled and rendered, with what goes wrong in them as problems.

A theme is code that the page's owner trusts, like a template of any site generator; an author's
text never is: it reaches a template as a value, is escaped there, and is never compiled.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from types import TracebackType
from typing import NamedTuple

from jinja2 import Template, TemplateError, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from statusgen.problems import Location, Problem
from statusgen.site.context import Site, Theme, up_to_root
from statusgen.site.theme.environment import DEFAULT, OWN_FOLDER, blank_environment, environment_of
from statusgen.site.theme.frame import page_languages

_HINT = "docs/theme.md lists what each template is given"


class ThemeError(Exception):
    """A template is wrong; `problems` say where."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class FrameView(NamedTuple):
    """What is the same on all pages of one depth, as HTML: made once, since there are thousands."""

    links: Markup
    header: Markup
    footer: Markup


class Templates:
    """A site's templates, compiled when first used, or beforehand by `load`."""

    def __init__(self, site: Site) -> None:
        self.environment = environment_of(site)
        self._globals = dict(self.environment.globals)
        self._site = site
        self._frames: dict[str, FrameView] = {}

    def render(self, name: str, path: str, values: Mapping[str, object]) -> bytes:
        """Return the file at `path` made by a template of that name.

        The path is one below the root of the language's pages. Templates see `values`, `path`,
        `home` (the relative way to that root), `root` (that to the site's), `canonical` (the page's
        absolute address), `languages` (the same page in all of them) and `frame`.
        """
        site, home = self._site, up_to_root(path)
        root = up_to_root(site.folder) + home
        try:
            template = self.environment.get_template(name)
            common = {
                "path": path,
                "root": root,
                "home": home,
                "canonical": site.home + path.removesuffix("index.html"),
                "languages": page_languages(site, path, root),
                "frame": self._frame(root, home),
            }
            text = self._text(template, {**common, **values})
        except Exception as error:
            problem = _problem_of(error)
            if problem is None:
                raise
            raise ThemeError((problem,)) from error
        return text.encode()

    def _text(self, template: Template, values: Mapping[str, object]) -> str:
        """Do what `template.render` does, which puts the environment's names together each time."""
        context = template.new_context({**self._globals, **values}, shared=True)
        try:
            return "".join(template.root_render_func(context))
        except Exception:  # noqa: BLE001 (it is raised again, with the template's own lines)
            self.environment.handle_exception()

    def load(self) -> None:
        """Compile the default theme's templates that are in use; the page's own can be wrong."""
        theme = self._site.theme
        for name in theme.default:
            if name.endswith(".html") and name not in theme.own:
                self.environment.get_template(name)

    def _frame(self, root: str, home: str) -> FrameView:
        frame = self._frames.get(root)
        if frame is None:
            parts = [
                self.environment.get_template(name).render(root=root, home=home)
                for name in ("links.html", "header.html", "footer.html")
            ]
            # What a template of ours has made is HTML already.
            frame = self._frames[root] = FrameView(*map(Markup, parts))
        return frame


@lru_cache(maxsize=2)
def templates_of(site: Site) -> Templates:
    """Return a site's templates, which are made once."""
    return Templates(site)


def check_theme(theme: Theme) -> list[Problem]:
    """Return what is wrong with the page's own templates as far as compiling them tells."""
    environment = blank_environment()
    problems = []
    for name, source in sorted(theme.own.items()):
        if PurePosixPath(name).suffix in (".html", ".xml"):
            try:
                environment.compile(source, name, OWN_FOLDER + name)
            except TemplateSyntaxError as error:
                problems.append(_problem(error.filename or name, error.lineno, error))
    return problems


def _problem_of(error: Exception) -> Problem | None:
    """Return the problem that an error in a template is; None if it is an error of ours."""
    if isinstance(error, TemplateSyntaxError):
        return _problem(error.filename or error.name or "", error.lineno, error)
    place = _place_in_template(error.__traceback__)
    if place is not None:
        return _problem(*place, error)
    if isinstance(error, TemplateNotFound):
        return _problem(str(error.name), 0, error)
    return None


def _place_in_template(traceback: TracebackType | None) -> tuple[str, int] | None:
    """Return file and line of the innermost template on the way to an error.

    Jinja2 puts a template's own file and line into the traceback.
    """
    from traceback import walk_tb  # noqa: PLC0415 (2 ms that only a wrong template pays for)

    place = None
    for frame, line in walk_tb(traceback):
        name = frame.f_code.co_filename
        if name.startswith((OWN_FOLDER, DEFAULT)):
            place = (name, line)
    return place


def _problem(file: str, line: int, error: Exception) -> Problem:
    message = error.message if isinstance(error, TemplateError) else ""
    if isinstance(error, TemplateNotFound):
        message = f"there is no template {error.name!r}"
    text = (message or f"{type(error).__name__}: {error}").rstrip(".")
    return Problem("theme", text, Location(file, line, 1 if line else 0), _HINT)
