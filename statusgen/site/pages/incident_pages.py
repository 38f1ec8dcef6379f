"""The page of each incident, maintenance and notice, and the addresses that it had before.

A page depends on its own file and config.yml alone, so that a new incident leaves all others as
they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from statusgen.model import Incident
from statusgen.site.context import RESERVED, Output, Site, anchor_of, incident_path
from statusgen.site.embeds.cards import record_card_view
from statusgen.site.theme.templates import templates_of
from statusgen.site.views.foreign import marked
from statusgen.site.views.lines import duration_of, end_of
from statusgen.site.views.reach import record_feedback, record_report
from statusgen.site.views.records import record_view
from statusgen.site.views.structured import about_record, record_data, way_data
from statusgen.timeline.record import Record

FULL_OCCURRENCES = 26
"""So many of a recurring maintenance are shown with their updates, and those that owe something;
others as a line each.
"""

_PART = r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,127}"
_ALIAS = re.compile(rf"/?((?:{_PART}/){{0,8}}{_PART})/?")


def render_incident(site: Site, records: Sequence[Record]) -> Output:
    """Return the page of one incident file; several records are a recurring maintenance's."""
    path = f"{incident_path(records[0])}index.html"
    if anchor_of(records[0]):
        return path, templates_of(site).render("recurring.html", path, _recurring(site, records))
    record = records[0]
    view, ended = record_view(site, record), end_of(record)
    values = {
        "record": view,
        "ended": ended,
        "duration": duration_of(record, site.language),
        "about": about_record(view),
        "structured": record_data(site, view, ended),
        "card": record_card_view(site, record),
        "report": record_report(site, view),
        "feedback": record_feedback(site, view),
    }
    return path, templates_of(site).render("incident.html", path, values)


def _recurring(site: Site, records: Sequence[Record]) -> dict[str, object]:
    """Return what recurring.html is given; `records` stand newest first."""
    newest = sorted(records, key=lambda one: one.started, reverse=True)
    owing = {duty.record.id for duty in site.history.owed}
    full = {record.id for record in newest[:FULL_OCCURRENCES]} | owing
    views = [record_view(site, record) for record in newest if record.id in full]
    summary = records[0].incident.summary
    return {
        "newest": views[0],
        "summary": marked(site, site.markdown(summary), views[0].summary_language),
        "summary_text": summary,
        "records": views,
        "earlier": [record for record in newest if record.id not in full],
        "about": about_record(views[0]),
        "structured": way_data(site, views[0]),
        "report": record_report(site, views[0]),
        "feedback": record_feedback(site, views[0]),
    }


def render_moved(site: Site) -> Iterator[Output]:
    """Yield a page at each former address below the site that leads to the present one.

    An address that the site itself uses, or that two incidents claim, is left to the first; upper
    and lower case are one, as they are on many disks.
    """
    incidents = {record.incident.id: record.incident for record in _all_records(site)}
    taken = {f"incidents/{id_}/index.html" for id_ in incidents}
    taken |= {f"{page.id}/index.html" for page in site.pages}
    for id_ in sorted(incidents):
        incident = incidents[id_]
        for path in _former_paths(site, incident):
            if path.lower() not in taken:
                taken.add(path.lower())
                yield path, _moved(site, incident, path)


def _all_records(site: Site) -> Iterable[Record]:
    return (*site.history.records, *site.history.notices)


def _former_paths(site: Site, incident: Incident) -> Iterator[str]:
    """Yield the files that stand for an incident's aliases, where those are below the site.

    A folder must not have the name of a file, so a dot in a folder's name rules an alias out.
    """
    reserved = RESERVED | {one.code.lower() for one in site.languages[1:]}
    for alias in incident.aliases:
        found = _ALIAS.fullmatch(alias)
        if not found:
            continue
        *folders, name = found[1].split("/")
        top = folders[0] if folders else name
        if top.lower() in reserved or any("." in folder for folder in folders):
            continue
        if name.endswith(".html"):
            yield found[1]
        elif "." not in name:
            yield f"{found[1]}/index.html"


def _moved(site: Site, incident: Incident, path: str) -> bytes:
    folder = f"incidents/{incident.id}/"
    values = {
        "title": incident.title,
        "link": f"{folder}index.html",
        "canonical": f"{site.url}{folder}",
        "languages": (),  # the old address is there in none but the main one
    }
    return templates_of(site).render("moved.html", path, values)
