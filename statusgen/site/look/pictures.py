"""How wide a picture is for its height, so that a page keeps its place free until it has come."""

from __future__ import annotations

import re
import struct

_PNG = re.compile(rb"\x89PNG\r\n\x1a\n....IHDR(.{8})", re.DOTALL)
_SVG = re.compile(rb"<svg\b[^>]{0,4000}>")
_VIEW_BOX = re.compile(
    rb"""\bviewBox=["']\s*[\d.eE+-]+[\s,]+[\d.eE+-]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*["']"""
)
_LENGTH = rb"""\s%s=["']([\d.]+)(?:px)?["']"""
_LENGTHS = tuple(re.compile(_LENGTH % name) for name in (b"width", b"height"))


def width_of(content: bytes, height: int) -> int:
    """Return the width of an SVG or PNG that is drawn at a height, in pixels; 0 if unknown."""
    found = _size_of(content)
    try:
        width, own_height = map(float, found)
        return round(width * height / own_height)
    except (ValueError, ZeroDivisionError, OverflowError):
        return 0


def _size_of(content: bytes) -> tuple[bytes | int, ...]:
    png = _PNG.match(content)
    if png:
        return struct.unpack(">II", png[1])
    head = _SVG.search(content)
    if head is None:
        return ()
    lengths = [match[1] for one in _LENGTHS if (match := one.search(head[0]))]
    view_box = _VIEW_BOX.search(head[0])
    return tuple(lengths) if len(lengths) > 1 else view_box.groups() if view_box else ()
