"""What search engines and chats are told of a page: JSON-LD, and a text of one line.

A report is a `LiveBlogPosting`, schema.org's word for coverage of an event in updates.
"""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from statusgen.model import Kind
from statusgen.site.context import Site
from statusgen.site.json_text import Json, to_json
from statusgen.site.views.records import RecordView, UpdateView
from statusgen.site.words.times import rfc3339

LONGEST_ABOUT = 160
"""So many characters of a description are shown by those who show one."""

MOST_UPDATES = 10
"""So many updates are listed, the newest; each is an anchor of the page."""

_IN_SCRIPT = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"))


def page_data(site: Site) -> Markup:
    """Return JSON-LD of the front page."""
    page = site.config.page
    found: Json = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": _name(site),
        "url": site.home,
        "inLanguage": site.language.code,
        "publisher": _publisher(site),
    }
    if page.description:
        found["description"] = page.description
    return script_json(found)


def record_data(site: Site, record: RecordView, ended: datetime | None) -> Markup:
    """Return JSON-LD of the page of one report, and of the way to it."""
    return script_json(
        {
            "@context": "https://schema.org",
            "@graph": [_report(site, record, ended), _way(site, record)],
        }
    )


def way_data(site: Site, record: RecordView) -> Markup:
    """Return JSON-LD of the way to a page that is about more than one report."""
    return script_json({"@context": "https://schema.org", **_way(site, record)})


def _report(site: Site, record: RecordView, ended: datetime | None) -> Json:
    found: Json = {
        "@type": "LiveBlogPosting",
        "headline": record.title,
        "url": record.url,
        "mainEntityOfPage": record.url,
        "inLanguage": site.language.code,
        "datePublished": rfc3339(record.created),
        "dateModified": rfc3339(record.updated),
        "author": _publisher(site),
        "publisher": _publisher(site),
        "liveBlogUpdate": [_update(one) for one in record.updates[:MOST_UPDATES]],
    }
    if record.kind is not Kind.NOTICE:
        found["coverageStartTime"] = rfc3339(record.started)
        if ended:
            found["coverageEndTime"] = rfc3339(ended)
    return found


def _update(update: UpdateView) -> Json:
    return {
        "@type": "BlogPosting",
        "headline": update.label,
        "url": update.url,
        "datePublished": rfc3339(update.created),
    }


def _way(site: Site, record: RecordView) -> Json:
    steps = (
        (_name(site), site.home),
        (site.language.gettext("History"), f"{site.home}history/"),
        (record.title, record.url),
    )
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url.partition("#")[0]}
            for position, (name, url) in enumerate(steps, 1)
        ],
    }


def _name(site: Site) -> str:
    return site.language.gettext("%(name)s status") % {"name": site.config.page.name}


def _publisher(site: Site) -> Json:
    return {"@type": "Organization", "name": site.config.page.name}


def script_json(value: Json) -> Markup:
    """Return JSON that may stand inside a `<script>` element: nothing in it can end the element."""
    text = to_json(value).decode().strip()
    for sign, escaped in _IN_SCRIPT:
        text = text.replace(sign, escaped)
    return Markup(text)  # noqa: S704 (no markup is left in it)


def about_record(record: RecordView) -> str:
    """Return what a report says at the moment, in plain words on one line; '' if nothing."""
    for html in (*(update.html for update in record.updates[:1]), record.summary):
        text = shortened(Markup(html).striptags())  # noqa: S704 (a text of ours already)
        if text:
            return text
    return ""


def shortened(text: str, most: int = LONGEST_ABOUT) -> str:
    """Return a text on one line, cut before a word where it is longer than `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return f"{cut.rpartition(' ')[0] or cut}\N{HORIZONTAL ELLIPSIS}"
