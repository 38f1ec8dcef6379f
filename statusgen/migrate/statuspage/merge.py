"""Many responses become one capture: each record once, in the newest form that was seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
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
    by_age = _with_one_bare_list(sorted(responses, key=lambda one: one.captured or EVER))
    lists = [response for response in by_age if response.listed]
    pages = [page for one in reversed(by_age) for page in (one.page or _nameless(one),) if page]
    return Capture(
        page=_page(pages, remarks),
        incidents=_incidents(by_age, remarks),
        components=_components(by_age, lists[-1].components if lists else [], remarks),
        indicator=next((one.indicator for one in reversed(by_age) if one.indicator), ""),
        listed_at=lists[-1].captured if lists else None,
    )


def _with_one_bare_list(by_age: Sequence[Response]) -> list[Response]:
    """Put the lists of components without a page together, in the place of their newest.

    The management API gives a hundred at a time, and groups by themselves: no such list is whole.
    """
    bare = [one for one in by_age if one.listed and one.page is None]
    if not bare:
        return list(by_age)
    seen = {one.component.code: one for response in bare for one in response.components}
    is_whole = not all(one.component.is_group for one in seen.values())
    last = bare[-1].captured
    components = [one._replace(captured=last, listed=is_whole) for one in seen.values()]
    whole = replace(bare[-1], components=components, listed=is_whole)
    parts = [replace(one, components=[], listed=False) for one in bare[:-1]]
    rest = iter((*parts, whole))
    return [next(rest) if one.listed and one.page is None else one for one in by_age]


def _nameless(response: Response) -> SourcePage | None:
    """Return the page of which a bare record tells the id, and nothing else."""
    codes = [one.page for one in response.incidents]
    codes += [seen.component.page for seen in response.components]
    code = next(filter(None, codes), "")
    return SourcePage(code, name="", url="", timezone="", updated=None) if code else None


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
        _report_equal_ids([(one.code, one.file, one.where) for one in response.incidents], remarks)
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


def _report_equal_ids(records: Iterable[tuple[str, str, str]], remarks: Remarks) -> None:
    """Report what stands in one list under an id that something before it has."""
    seen: set[str] = set()
    for code, file, where in records:
        if code and code in seen:
            message = f"a second record of this list has the id {code}; only one of them is kept"
            remarks.lost("import-equal-ids", file, where, message)
        seen.add(code)


def _age(incident: SourceIncident) -> tuple[datetime, datetime, int]:
    return (incident.captured or EVER, incident.updated or EVER, len(incident.updates))


def _components(
    by_age: Iterable[Response],
    newest_list: Sequence[Seen],
    remarks: Remarks,
) -> tuple[Seen, ...]:
    codes = ((seen.component.code, "components", "") for seen in newest_list)
    _report_equal_ids(codes, remarks)
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
