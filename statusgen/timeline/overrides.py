"""Spans by component: what all records say of it, and what was set by hand in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from statusgen.model import Component, ComponentStatus, Config, Override
from statusgen.timeline.record import Record, Span


class Claim(NamedTuple):
    """A span, and the record that says so; None is a status set by hand."""

    span: Span
    record: Record | None


class Claims(NamedTuple):
    """What is said of each component: all spans, in no order and overlapping, and what goes on."""

    spans: dict[str, list[Span]]
    going_on: dict[str, list[Claim]]


def claims_of(config: Config, records: Sequence[Record], now: datetime) -> Claims:
    """Return what records say of components; for some of them a status set by hand comes first."""
    spans: dict[str, list[Span]] = {}
    going_on: dict[str, list[Claim]] = {}
    for record in records:
        for span in record.spans:
            component_id, _, _, end = span
            spans.setdefault(component_id, []).append(span)
            if end is None:
                going_on.setdefault(component_id, []).append(Claim(span, record))
    for component in config.components:
        if component.override is not None and component.override.at <= now:
            claims = claims_on(component, records, now)
            spans[component.id] = [claim.span for claim in claims]
            going_on[component.id] = [claim for claim in claims if claim.span.end is None]
    return Claims(spans, going_on)


def claims_on(component: Component, records: Iterable[Record], now: datetime) -> list[Claim]:
    """Return all claims about one component, with their records; `records` may be any."""
    if component.override is not None and component.override.at <= now:
        return _overridden(component.id, component.override, records, now)
    return [
        Claim(span, record)
        for record in records
        for span in record.spans
        if span.component == component.id
    ]


def _overridden(
    component: str,
    override: Override,
    records: Iterable[Record],
    now: datetime,
) -> list[Claim]:
    """Return the claims about a component with a status set by hand.

    What a record said before then counts no more, until it names the component again. The override
    itself counts until any record names the component.
    """
    claims: list[Claim] = []
    named: list[datetime] = []
    for record in records:
        if component not in record.components:
            continue
        again = _named_between(override.at, now, record, component)
        if again is not None:
            named.append(again)
        for span in record.spans:
            if span.component != component:
                continue
            if override.at < span.start <= now:
                named.append(span.start)
            claims.extend(Claim(part, record) for part in _parts(span, override.at, again))
    if override.status is not ComponentStatus.OPERATIONAL:
        end = min(named, default=None)
        claims.append(Claim(Span(component, override.status, override.at, end), None))
    return claims


def _named_between(
    moment: datetime,
    now: datetime,
    record: Record,
    component: str,
) -> datetime | None:
    """Return when an update after a moment, and not after `now`, first names a component."""
    if record.updated <= moment:
        return None
    for update in record.updates:
        if moment < update.at <= now and any(one.component == component for one in update.changes):
            return update.at
    return None


def _parts(span: Span, overridden: datetime, again: datetime | None) -> Iterator[Span]:
    """Yield what is left of a span: up to the override, and from where its record says so again."""
    if span.start > overridden:
        yield span
        return
    if span.start < overridden:
        yield span._replace(end=min(span.end or overridden, overridden))
    if again is not None and (span.end is None or again < span.end):
        yield span._replace(start=again)
