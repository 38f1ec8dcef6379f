"""Compiles the catalogues of the interface when a wheel is built."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from statusgen.languages.catalogues import compiled  # noqa: E402 (found only now)


class CatalogueHook(BuildHookInterface[Any]):
    """Puts a `.mo` into the wheel for each `.po` in the source."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a folder of its own, so that none of it is left in the source."""
        if version == "editable":  # reads the texts themselves
            return
        self._folder = tempfile.TemporaryDirectory()
        for path in sorted((ROOT / "statusgen" / "locale").rglob("*.po")):
            name = path.relative_to(ROOT).with_suffix(".mo")
            target = Path(self._folder.name, name)
            target.parent.mkdir(parents=True)
            target.write_bytes(compiled(path.read_bytes(), path.parts[-3]))
            build_data["force_include"][str(target)] = str(name)
