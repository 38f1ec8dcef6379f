"""Changed keys into a front matter as typed; the other keys and all comments stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from statusgen.content.front_matter import ATTRIBUTES
from statusgen.content.lines import Growing
from statusgen.content.writing import write_key
from statusgen.model import Incident
from statusgen.reading.nodes import Mapping, parse_yaml

_RANKS = {field.name: rank for rank, field in enumerate(ATTRIBUTES)}


def rewrite_front_matter(
    lines: Sequence[str],
    old: Incident,
    new: Incident,
    zone: ZoneInfo,
    out: Growing,
) -> None:
    """Add the lines of the YAML to `out`, with the keys in which `old` and `new` differ changed."""
    changed = {
        field.name: write_key(attribute, new, zone)
        for field, attribute in ATTRIBUTES.items()
        if getattr(old, attribute) != getattr(new, attribute)
    }
    if not changed:
        out.keep(lines)
        return
    starts = _key_lines(lines)
    if starts is None:
        for attribute in ATTRIBUTES.values():
            out.add(write_key(attribute, new, zone))
        return
    ends = [line for _, line in starts[1:]] + [len(lines)] * bool(starts)
    out.keep(lines[: starts[0][1]] if starts else lines)
    missing = [name for name in changed if name not in {name for name, _ in starts}]
    for (name, start), end in zip(starts, ends, strict=True):
        while missing and _RANKS[missing[0]] < _RANKS.get(name, -1):
            out.add(changed[missing.pop(0)])
        if name not in changed:
            out.keep(lines[start:end])
            continue
        out.add(changed[name])
        out.keep(lines[_end_of_value(lines, start, end) : end])
    for name in missing:
        out.add(changed[name])


def _key_lines(lines: Sequence[str]) -> list[tuple[str, int]] | None:
    """Return the keys with the lines they begin on, or None if keys do not have their own lines."""
    node, _ = parse_yaml("".join(lines).replace("\r\n", "\n").replace("\r", "\n"), "")
    if node is None:
        return []
    if not isinstance(node, Mapping):
        return None
    starts = [(key.text, key.where) for key, _ in node.entries]
    numbers = [where.line for _, where in starts]
    if any(where.column != 1 for _, where in starts) or len(set(numbers)) < len(numbers):
        return None
    return [(name, where.line - 1) for name, where in starts]


def _end_of_value(lines: Sequence[str], start: int, end: int) -> int:
    """Return where the comments and blank lines begin that stand between a key and the next."""
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end
