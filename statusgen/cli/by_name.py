"""Things of config.yml that a person names when she types: targets, channels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

import click

from statusgen.reading.suggest import did_you_mean


class _Named(Protocol):
    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=_Named)


def by_name(noun: str, every: Iterable[T], names: Sequence[str]) -> list[T]:
    """Return those of these names, or all of them; wrong names are wrong usage."""
    known = {one.name: one for one in every}
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"there are {', '.join(known) or 'none'}"
            raise click.UsageError(f"There is no {noun} '{name}': {hint}.")
    return [one for one in known.values() if not names or one.name in names]
