"""`statusgen theme`: take files of the default theme, and see what one's own change."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from statusgen import __version__
from statusgen.cli.exits import FINE
from statusgen.cli.options import root_option

_BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")
_EXTENDS = re.compile(r"""\{%-?\s*extends\s+["']([^"']+)["']""")
_INCLUDES = re.compile(r"""\{%-?\s*include\s+["']([^"']+)["']""")
_DEFAULT = "default:"
_KEPT = ".ejected"
"""Below site-template/: what was ejected as it was then; no build looks there."""


class Layers(NamedTuple):
    """The files of a page's theme by their names: the default's and its own."""

    default: dict[str, str]
    own: dict[str, str]
    folder: Path

    def winning(self, name: str) -> str:
        return self.own[name] if name in self.own else self.default[name]

    def kept(self, name: str) -> tuple[str, str] | None:
        """Return the version that a file was ejected from, and what it was then."""
        try:
            text = (self.folder / _KEPT / name).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        version, _, base = text.partition("\n")
        return version, base


@click.group("theme")
def command() -> None:
    """Take files of the default theme as your own, and see what yours change."""


@command.command("list")
@root_option()
def list_(root: str) -> int:
    """List the files of the theme, and whose each of them is."""
    layers = _layers(root)
    for name in sorted({*layers.default, *layers.own}):
        click.echo(f"{name:<24} {_owner(layers, name)}")
    return FINE


@command.command("eject")
@root_option()
@click.option("--force", is_flag=True, help="Replace files that are there.")
@click.argument("files", nargs=-1, required=True)
def eject(root: str, files: tuple[str, ...], *, force: bool) -> int:
    """Copy FILES of the default theme into site-template/, where yours count.

    What they are now is kept beside them, for 'theme diff' to tell what the default has changed
    since.
    """
    from statusgen.files.source_tree import is_default_theme

    if is_default_theme(root):
        raise click.UsageError("This page's theme is the default itself.")
    layers = _layers(root)
    for name in files:
        _known(layers.default, name)
        if (layers.folder / name).exists() and not force:
            raise click.UsageError(f"{layers.folder / name} exists. --force replaces it.")
    for name in files:
        text = layers.default[name]
        for path, content in (
            (layers.folder / name, text),
            (layers.folder / _KEPT / name, f"statusgen {__version__}\n{text}"),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8", newline="\n")
        click.echo(f"Wrote {layers.folder / name}, as of statusgen {__version__}")
    return FINE


@command.command("diff")
@root_option()
@click.argument("file", required=False)
def diff(root: str, file: str | None) -> int:
    """Tell what your files change in the default theme, and what that has changed meanwhile."""
    layers = _layers(root)
    if file:
        _known({**layers.default, **layers.own}, file)
    for name in [file] if file else sorted(layers.own):
        click.echo("\n".join(_differences(layers, name)))
    return FINE


@command.command("explain")
@root_option()
@click.argument("file")
def explain(root: str, file: str) -> int:
    """Tell which file counts, what it extends, and which values it is given."""
    layers = _layers(root)
    _known({**layers.default, **layers.own}, file)
    text = layers.winning(file)
    click.echo(f"{file}: {_owner(layers, file)}")
    for words, pattern in (("extends", _EXTENDS), ("includes", _INCLUDES), ("blocks", _BLOCK)):
        found = dict.fromkeys(pattern.findall(text))
        if found:
            click.echo(f"{words}: {', '.join(found)}")
    for line in _documented(file):
        click.echo(line)
    return FINE


def _layers(root: str) -> Layers:
    from statusgen.files.names import THEME
    from statusgen.files.source_tree import is_default_theme, read_default_theme, read_theme

    own = {} if is_default_theme(root) else read_theme(root, at=THEME)[0]
    return Layers(read_default_theme(), own, Path(root) / THEME)


def _known(files: dict[str, str], name: str) -> None:
    if name not in files:
        near = difflib.get_close_matches(name, files, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else " 'statusgen theme list' has them all."
        raise click.UsageError(f"The theme has no file '{name}'.{hint}")


def _owner(layers: Layers, name: str) -> str:
    if name not in layers.own:
        return "default"
    if name not in layers.default:
        return "your own, with no default"
    if f"{_DEFAULT}{name}" in _EXTENDS.findall(layers.own[name]):
        return "your own, extending the default"
    kept = layers.kept(name)
    if kept is None:
        return "your own"
    changed = "which has changed since" if kept[1] != layers.default[name] else "as it is today"
    return f"your own, from {kept[0]}'s default, {changed}"


def _differences(layers: Layers, name: str) -> Iterator[str]:
    own, default = layers.own.get(name), layers.default.get(name)
    yield f"{name}: {_owner(layers, name)}"
    if own is None or default is None:
        return
    if f"{_DEFAULT}{name}" in _EXTENDS.findall(own):
        blocks = dict.fromkeys(_BLOCK.findall(own))
        known = set(_BLOCK.findall(default) + _BLOCK.findall(layers.winning("base.html")))
        yield f"replaces the blocks: {', '.join(blocks) or 'none'}"
        for block in blocks:
            if block not in known:
                yield f"there is no block '{block}' in the default, so this one is never shown"
        return
    yield from _unified(default, own, f"default:{name}", f"site-template/{name}")
    kept = layers.kept(name)
    if kept and kept[1] != default:
        yield "what the default has changed since:"
        yield from _unified(kept[1], default, f"{kept[0]}:{name}", f"default:{name}")


def _unified(one: str, other: str, one_name: str, other_name: str) -> Iterator[str]:
    lines = one.splitlines(), other.splitlines()
    yield from difflib.unified_diff(*lines, one_name, other_name, lineterm="")


def _documented(name: str) -> Iterator[str]:
    """Yield what docs/theme.md says of a template and of the values that it is given."""
    from statusgen.files.source_tree import read_theme_docs

    text = read_theme_docs()
    for row in re.findall(r"^\| (.*) \| (.*) \| (.*?) ?\|$", text, re.MULTILINE):
        if f"`{name}`" in row[0]:
            yield f"makes: {row[1]}"
            yield f"is given: {row[2] or 'nothing'}"
            for view in dict.fromkeys(re.findall(r"\b[A-Z]\w+View\b|\bHeadline\b", row[2])):
                yield from _view(text, view)
    if name.endswith(".html"):
        yield "is given as every template:"
        every = text[text.index("## What every template is given") :]
        yield from _rows(every[: every.index("| filter |")])


def _view(text: str, view: str) -> Iterator[str]:
    found = re.search(rf"^### {view}\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    if found:
        yield f"{view}:"
        yield from _rows(found[1])


def _rows(text: str) -> Iterator[str]:
    for name, about in re.findall(r"^\| `(\w+)` \| (.*) \|$", text, re.MULTILINE):
        yield f"  {name}: {about}"
