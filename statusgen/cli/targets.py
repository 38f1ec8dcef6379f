"""What the commands about targets share: which ones are meant, and how they are made."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial

import click

from statusgen import DOCS
from statusgen.cli.by_name import by_name
from statusgen.git.repository import is_ancestor
from statusgen.model import Config
from statusgen.publish.adapters import target_of
from statusgen.publish.decision import Relation
from statusgen.publish.publishing import Place


def chosen_places(config: Config, names: Sequence[str], root: str) -> list[Place]:
    """Return the targets of these names, or all of them; none at all is wrong usage."""
    if not config.publish:
        raise click.UsageError(
            "config.yml names no targets: 'publish' lists where the page is published to; "
            f"{DOCS}/publishing.md tells how."
        )
    return [
        Place(one.name, partial(target_of, one, root, os.environ))
        for one in by_name("target", config.publish, names)
    ]


def relation(root: str, ours: str, theirs: str) -> Relation:
    """Return how one commit stands to another in the repository at `root`."""
    if ours == theirs:
        return Relation.SAME
    if is_ancestor(root, theirs, ours):
        return Relation.NEWER
    return Relation.OLDER if is_ancestor(root, ours, theirs) else Relation.APART
