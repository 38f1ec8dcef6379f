"""Makes PNG of a card's SVG, with what the extra `og` brings; remembers what was drawn.

Without that extra there are no cards. The face is one of ours, so the machine's own do not matter.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from statusgen.files.names import PROGRAM_FOLDER
from statusgen.memory.cache import key_of
from statusgen.memory.checked import read_checked, write_checked
from statusgen.memory.freshness import installed_packages

_FACE = Path(PROGRAM_FOLDER) / "fonts" / "card.ttf"
_FOLDER = "cards"
_MOST_KEPT = 100


class Cards:
    """Draws, and remembers in `folder`, where whatever is damaged is drawn again."""

    def __init__(self, folder: str | None) -> None:
        self._folder = Path(folder, _FOLDER) if folder else None
        self._engine = "".join(one for one in installed_packages() if one.startswith("resvg"))

    def __call__(self, svg: str) -> bytes:
        """Return an SVG as PNG."""
        if self._folder is None:
            return _drawn(svg)
        path = str(self._folder / key_of(self._engine.encode(), svg.encode()).hex())
        png = read_checked(path)
        if png is None:
            png = _drawn(svg)
            write_checked(path, png)
            _forget_oldest(self._folder)
        return png


def find_cards(folder: str | None) -> Callable[[str], bytes] | None:
    """Return what draws cards; None without the extra."""
    return Cards(folder) if find_spec("resvg_py") else None


def _drawn(svg: str) -> bytes:
    import resvg_py  # noqa: PLC0415 (an extra)

    files = [str(_FACE)]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=files))


def _forget_oldest(folder: Path) -> None:
    with suppress(OSError):
        kept = sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime)
        for old in kept[:-_MOST_KEPT]:
            old.unlink()
