"""The pages without a list of their own: how to subscribe, and the one for what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from statusgen.site.context import Output, Site
from statusgen.site.hosting.headers import form_origin
from statusgen.site.theme.templates import templates_of
from statusgen.site.views.names import names_of


class CalendarLinks(NamedTuple):
    """The calendar of maintenance, as programs of this machine and Google's calendar take it."""

    webcal: str
    google: str


def calendar_links(site: Site) -> CalendarLinks:
    """Return the links by which a calendar is subscribed to."""
    _, _, address = f"{site.home}maintenance.ics".partition(":")
    webcal = f"webcal:{address}"
    google = f"https://calendar.google.com/calendar/render?cid={quote(webcal, safe='')}"
    return CalendarLinks(webcal, google)


def render_pages(site: Site) -> Iterator[Output]:
    """Yield subscribe/index.html, and 404.html at the site's root only."""
    templates = templates_of(site)
    names = names_of(site)
    path = "subscribe/index.html"
    email = site.config.subscribe.email
    values = {
        "components": [(names[one.id].short, names[one.id].path) for one in site.config.components],
        "email": email,
        "form_origin": form_origin(email),
        "calendar": calendar_links(site),
    }
    yield path, templates.render("subscribe.html", path, values)
    if not site.folder:
        yield "404.html", templates.render("404.html", "404.html", {"languages": ()})
