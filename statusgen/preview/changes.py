"""Waits until a source changes: told by the system where watchfiles is installed, else by looking.

config.yml and the brand's files are always looked at: editors replace a file by a new one, which
ends the watch over it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from statusgen.files import CONFIG
from statusgen.freshness import INPUT_FOLDERS, observe_assets
from statusgen.listing import Entry, scan

_MILLISECONDS = 500


def changes(root: str, assets: str) -> Iterator[bool]:
    """Yield about twice a second, and at once after a change, whether a source has changed."""
    folders = [folder for folder in INPUT_FOLDERS if os.path.isdir(os.path.join(root, folder))]
    if find_spec("watchfiles") is None or not folders:
        yield from _by_looking(root, assets)
        return
    seen = _files(root, assets)
    paths = [os.path.join(root, folder) for folder in folders]
    watched = import_module("watchfiles").watch(
        *paths,
        step=50,
        rust_timeout=_MILLISECONDS,
        yield_on_timeout=True,
    )
    for told in watched:
        before, seen = seen, _files(root, assets)
        yield bool(told) or seen != before


def _by_looking(root: str, assets: str) -> Iterator[bool]:
    seen = _everything(root, assets)
    while True:
        time.sleep(_MILLISECONDS / 1000)
        before, seen = seen, _everything(root, assets)
        yield seen != before


def _files(root: str, assets: str) -> list[Entry | None]:
    return observe_assets(root, f"{CONFIG}\t{assets}")


def _everything(root: str, assets: str) -> list[Entry | None]:
    return [*_files(root, assets), *(one for name in INPUT_FOLDERS for one in scan(root, name))]
