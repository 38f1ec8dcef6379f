"""What the commands about targets share: which ones are meant, and how they are made."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial

import click

from statusgen.git import is_ancestor
from statusgen.model import Config
from statusgen.model import Target as Settings
from statusgen.publish.adapters import target_of
from statusgen.publish.decision import Relation
from statusgen.publish.publishing import Place
from statusgen.reading.suggest import did_you_mean


def chosen_places(config: Config, names: Sequence[str], root: str) -> list[Place]:
    """Return the targets of these names, or all of them; none at all is wrong usage."""
    if not config.publish:
        raise click.UsageError(
            "config.yml names no targets: 'publish' lists where the page is published to; "
            "docs/publishing.md tells how."
        )
    return [
        Place(one.name, partial(target_of, one, root, os.environ))
        for one in named_targets(config, names)
    ]


def named_targets(config: Config, names: Sequence[str]) -> list[Settings]:
    """Return the targets of these names, or all of them; wrong names are wrong usage."""
    known = {one.name: one for one in config.publish}
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"there are {', '.join(known) or 'none'}"
            raise click.UsageError(f"There is no target '{name}': {hint}.")
    return [one for one in config.publish if not names or one.name in names]


def relation(root: str, ours: str, theirs: str) -> Relation:
    """Return how one commit stands to another in the repository at `root`."""
    if ours == theirs:
        return Relation.SAME
    if is_ancestor(root, theirs, ours):
        return Relation.NEWER
    return Relation.OLDER if is_ancestor(root, ours, theirs) else Relation.APART
