"""Whose doing it was: what vendors and causes had a part in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from statusgen.model import Incident, Kind
from statusgen.report.incidents import Begun
from statusgen.report.values import Share, spread_of
from statusgen.timeline.record import Record

_HUNDREDTHS = 100


def shares_of(
    records: Iterable[Record],
    within: Sequence[Record],
    costs: Mapping[str, int],
    begun: Begun,
    word: Callable[[Incident], str],
) -> tuple[Share, ...]:
    """Return what each vendor, or each cause, had a part in: who cost the most first.

    `word` tells the one of an incident; spellings that differ in case only are one. `costs` are
    hundredths of a second by record id, an empty id among them; `within` are the incidents that
    began in the period. What has no word comes last.
    """
    names: dict[str, str] = {}
    lost: dict[str, int] = {}
    by_id = {one.id: one for one in records}
    for id_, cost in costs.items():
        key = _key(word(by_id[id_].incident), names) if id_ in by_id else ""
        lost[key] = lost.get(key, 0) + cost
    own: dict[str, list[Record]] = {}
    for one in within:
        if one.kind is Kind.INCIDENT:
            own.setdefault(_key(word(one.incident), names), []).append(one)
    total = sum(costs.values())
    shares = [
        Share(
            name=names.get(key, ""),
            incidents=len(own.get(key, ())),
            lost=Fraction(lost.get(key, 0), _HUNDREDTHS),
            share=Fraction(lost.get(key, 0), total) if total else None,
            to_resolve=spread_of(begun.facts[one.id].to_resolve for one in own.get(key, ())),
        )
        for key in {**lost, **own}
    ]
    return tuple(
        sorted(shares, key=lambda one: (not one.name, -one.lost, -one.incidents, one.name))
    )


def _key(word: str, names: dict[str, str]) -> str:
    """Return what makes spellings of one word equal; the first one names it."""
    key = word.strip().casefold()
    names.setdefault(key, word.strip())
    return key
