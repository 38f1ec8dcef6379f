"""What a shell offers at the Tab key: components, incidents that may be open, approved texts.

Whatever goes wrong on the way, nothing is offered: a person who is typing needs no traceback.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.model import ComponentStatus

if TYPE_CHECKING:
    from statusgen.cli.writing.place import Place

Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def _completer(words: Callable[[Place, str], Iterable[str]]) -> Complete:
    """Return what click asks for words of a page repository that begin like what is typed."""

    def complete(ctx: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
        from statusgen.cli.writing.place import find_place

        try:
            place = find_place(ctx.params.get("root"))
            return [word for word in words(place, typed) if word.startswith(typed)]
        except Exception:  # noqa: BLE001 - see above
            return []

    return complete


def _components(place: Place, typed: str) -> Iterable[str]:
    name, equals, _ = typed.partition("=")
    return [f"{name}={status}" for status in ComponentStatus] if equals else place.names.ids


def _incidents(place: Place, _typed: str) -> Iterable[str]:
    return [Path(path).stem for path in place.maybe_open()]


def _texts(place: Place, _typed: str) -> Iterable[str]:
    from statusgen.files.names import PLAYBOOK

    paths = Path(place.root, PLAYBOOK).glob("*.md")
    return sorted({path.name.partition(".")[0] for path in paths})


complete_component = _completer(_components)
complete_incident = _completer(_incidents)
complete_text = _completer(_texts)
