"""What the feeds say: one entry an incident as Statuspage has it, and one an update for ever.

An entry of an update holds nothing that a later update could change: readers see it once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from html import escape
from urllib.parse import urlsplit

from statusgen.model import Kind, Status
from statusgen.site.api.records import UNREADABLE, updates_of
from statusgen.site.context import Site, record_url, update_url
from statusgen.site.feeds.xml import Entry
from statusgen.site.views.foreign import language_of, marked
from statusgen.site.views.links import absolute
from statusgen.site.views.names import names_of
from statusgen.site.words.formats import Formats
from statusgen.site.words.wording import inline_label, update_label
from statusgen.timeline.record import Record, Window

_PARAGRAPH = re.compile(r"<p>(.*?)</p>\s*", re.DOTALL)


def tag_uri(site: Site, specific: str) -> str:
    """Return a tag: URI as Statuspage makes them: 'tag:<host>,2005:<specific>'.

    A page below a path of its host has that path in it, since another page may be its neighbour.
    """
    host, path = _place(site.config.page.url)
    divider = "/" if path and not specific.startswith("/") else ""
    return f"tag:{host},2005:{path}{divider}{specific}"


@lru_cache(maxsize=2)
def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.path


# ── history: one entry an incident ────────────────────────────────────────────────────────────


def history_moment(record: Record) -> datetime:
    """Return what the history is ordered by: the newest word, or the start of what is planned.

    A postmortem leaves the moment where it was.
    """
    if record.status is Status.SCHEDULED and record.window:
        return record.window.start
    for update in reversed(record.updates):
        if update.status is not Status.POSTMORTEM:
            return update.at
    return updates_of(record)[-1].at


def history_entry(site: Site, record: Record) -> Entry:
    """Return an incident or a maintenance with all its updates, newest first, in one entry."""
    base = record_url(site, record)
    paragraphs = []
    before = None
    for update in updates_of(record, site.language.gettext(UNREADABLE)):
        label = update_label(update.status, before, site.language)
        html = absolute(site.markdown(update.text), base)
        paragraphs.append(_paragraph(_stamp(site, update.at), label, html))
        before = update.status
    if record.status is Status.SCHEDULED and record.window:
        paragraphs.append(_announcement(site, record.window))
    return Entry(
        id=tag_uri(site, f"{site.folder}Incident/{record.code}"),
        title=record.title,
        link=base,
        published=history_moment(record),
        updated=record.updated,
        html="".join(reversed(paragraphs)),
        like_statuspage=True,
        ends=record.window.end if record.window and record.kind is Kind.MAINTENANCE else None,
    )


def _paragraph(stamp: str, label: str, html: str) -> str:
    """Put an update's stamp and label into its first paragraph, as Statuspage writes them.

    Paragraphs that follow at once join the first, divided by line breaks; from a list or a code
    block on, the text stands as it is.
    """
    end = 0
    texts = []
    while match := _PARAGRAPH.match(html, end):
        texts.append(match[1])
        end = match.end()
    text = "<br /><br />".join(texts)
    return f"<p><small>{stamp}</small><br><strong>{label}</strong> - {text}</p>{html[end:]}"


def _announcement(site: Site, window: Window) -> str:
    formats = site.language.formats
    start, end = window.start.astimezone(site.zone), window.end.astimezone(site.zone)
    if start.date() == end.date():
        span = f"{_day(formats, start)}, {_time(formats, start)} - {_time(formats, end)}"
        span += f" {end.tzname()}"
    else:
        span = f"{_stamp(site, window.start)} &nbsp;-&nbsp; {_stamp(site, window.end)}"
    # Translators: as Statuspage writes it above a planned maintenance in a feed
    text = site.language.gettext("THIS IS A SCHEDULED EVENT %(when)s") % {"when": span}
    return f"<p><strong>{text}</strong></p>"


def _stamp(site: Site, moment: datetime) -> str:
    local = moment.astimezone(site.zone)
    formats = site.language.formats
    return f"{_day(formats, local)}, {_time(formats, local)} {local.tzname()}"


def _day(formats: Formats, local: datetime) -> str:
    day = f"<var data-var='date'>{formats.localized(f'{local.day:2}')}</var>"
    return formats.feed_days[local.month - 1].format(day=day)


def _time(formats: Formats, local: datetime) -> str:
    return f"<var data-var='time'>{formats.clock_text(local)}</var>"


# ── updates: one entry an update ──────────────────────────────────────────────────────────────


def update_entry(site: Site, record: Record, index: int) -> Entry:
    """Return the entry of `record.updates[index]`."""
    update = record.updates[index]
    before = record.updates[index - 1].status if index else None
    html = absolute(site.markdown(update.text), record_url(site, record)).strip()
    text = str(marked(site, html, language_of(site, update.text, record.incident.foreign)))
    names = "".join(f"<li>{escape(name)}</li>" for name in _concerned(site, record, index))
    label = update_label(update.status, before, site.language)
    return Entry(
        id=tag_uri(site, f"{site.folder}Update/{update.id}"),
        title=f"{label}: {record.title}",
        link=update_url(site, record, update.id),
        published=update.at,
        updated=max(update.at, update.updated or update.at),
        html=(text + (f"<ul>{names}</ul>" if names else "")) or f"<p>{label}</p>",
    )


def _concerned(site: Site, record: Record, index: int) -> Iterator[str]:
    """Yield the components that an update names; the first update has the front matter's too."""
    update, names = record.updates[index], names_of(site)
    told = {change.component: change.status for change in update.changes}
    listed = {} if index else {one.component: None for one in record.incident.components}
    for component in {**listed, **told}:
        name = names[component].at(update.at) if component in names else component
        status = told.get(component)
        yield f"{name}: {inline_label(status, site.language)}" if status else name
