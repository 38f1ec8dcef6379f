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

from statusgen.files.listing import Entry, scan
from statusgen.files.names import CONFIG
from statusgen.memory.freshness import INPUT_FOLDERS, observe_assets

_MILLISECONDS = 500


class Sources:
    """The sources of a page repository; `assets` are the brand's files, separated by tabs.

    Changes count from the moment at which this is made, so it is made before the first build.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self.assets = ""
        self._before = self._everything()

    def changes(self) -> Iterator[bool]:
        """Yield about twice a second, and at once after a change, whether there was one."""
        folders = [os.path.join(self.root, folder) for folder in INPUT_FOLDERS]
        folders = [folder for folder in folders if os.path.isdir(folder)]
        if find_spec("watchfiles") is None or not folders:
            yield from self._by_looking()
            return
        watched = import_module("watchfiles").watch(
            *folders,
            step=50,
            rust_timeout=_MILLISECONDS,
            yield_on_timeout=True,
        )
        told = next(watched)
        yield bool(told) or self._everything() != self._before
        seen = self._files()
        for told in watched:
            before, seen = seen, self._files()
            yield bool(told) or seen != before

    def _by_looking(self) -> Iterator[bool]:
        seen, seen_files = self._before, self._files()
        while True:
            time.sleep(_MILLISECONDS / 1000)
            before, seen = seen, self._everything()
            files_before, seen_files = seen_files, self._files()
            yield seen != before or seen_files != files_before

    def _files(self) -> list[Entry | None]:
        return observe_assets(self.root, f"{CONFIG}\t{self.assets}")

    def _everything(self) -> list[Entry | None]:
        scanned = [entry for folder in INPUT_FOLDERS for entry in scan(self.root, folder)]
        return [*observe_assets(self.root, CONFIG), *scanned]
