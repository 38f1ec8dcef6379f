"""Many responses become one capture: each record once, in the newest form that was seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.reader import Response
from statusgen.migrate.statuspage.records import (
    EVER,
    Capture,
    Seen,
    SourceComponent,
    SourceIncident,
    SourcePage,
)


def merge(responses: Sequence[Response], remarks: Remarks) -> Capture:
    """Return what the responses say together.

    Where two differ, the one with the newer `page.updated_at` is right, and the later one of two
    of the same moment.
    """
    by_age = sorted(responses, key=lambda one: one.captured or EVER)
    lists = [response for response in by_age if response.listed]
    return Capture(
        page=_page([one.page for one in reversed(by_age) if one.page], remarks),
        incidents=_incidents(by_age, remarks),
        components=_components(by_age, lists[-1].components if lists else []),
        indicator=next((one.indicator for one in reversed(by_age) if one.indicator), ""),
        listed_at=lists[-1].captured if lists else None,
    )


def _page(pages: Sequence[SourcePage], remarks: Remarks) -> SourcePage | None:
    """Return the newest page that has a name; an import is of one page only."""
    codes = dict.fromkeys(page.code for page in pages if page.code)
    if len(codes) > 1:
        message = f"records of {len(codes)} pages were read together: {', '.join(codes)}"
        remarks.lost("import-other-page", "config.yml", "page", message)
    return max(pages, key=lambda page: bool(page.name), default=None)


def _incidents(by_age: Iterable[Response], remarks: Remarks) -> tuple[SourceIncident, ...]:
    newest: dict[str, SourceIncident] = {}
    for response in by_age:
        for incident in response.incidents:
            if not incident.code:
                remarks.lost(
                    "import-no-id",
                    incident.file,
                    incident.where,
                    f'the incident "{incident.name}" has no id and was left out',
                )
                continue
            before = newest.get(incident.code)
            if before is None or _age(incident) >= _age(before):
                planned = incident.planned or (before is not None and before.planned)
                newest[incident.code] = incident._replace(planned=planned)
    return tuple(sorted(newest.values(), key=lambda one: (one.created or EVER, one.code)))


def _age(incident: SourceIncident) -> tuple[datetime, datetime, int]:
    return (incident.captured or EVER, incident.updated or EVER, len(incident.updates))


def _components(by_age: Iterable[Response], newest_list: Sequence[Seen]) -> tuple[Seen, ...]:
    found = {seen.component.code: seen for seen in newest_list if seen.component.code}
    others: dict[str, Seen] = {}
    for response in by_age:
        inside = (one for incident in response.incidents for one in _inside(incident))
        for seen in (*response.components, *inside):
            if seen.component.code and seen.component.code not in found:
                others[seen.component.code] = seen._replace(listed=False)
    order = sorted(others.values(), key=lambda seen: _place(seen.component))
    return (*found.values(), *order)


def _inside(incident: SourceIncident) -> Iterable[Seen]:
    return (Seen(component, incident.captured, listed=False) for component in incident.components)


def _place(component: SourceComponent) -> tuple[int, datetime, str]:
    position = component.position if component.position is not None else 1 << 30
    return (position, component.created or EVER, component.code)
