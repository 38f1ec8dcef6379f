"""Badges: one for the page and one for each component, as SVG of ours and as data for shields.io.

They say what the page's headline says, so a badge is never green while an incident is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import escape
from typing import NamedTuple
from unicodedata import east_asian_width

from statusgen.model import Component, ComponentStatus
from statusgen.site.context import Output, Site, component_path
from statusgen.site.headline import headline
from statusgen.site.json_text import to_json
from statusgen.site.names import names_of
from statusgen.site.wording import label
from statusgen.timeline.uptime import days, percent, uptime

UPTIME_DAYS = 90

_FOLDER = "api/statusgen/v1/badges/"

# White text on any of these has a contrast of more than 4.5.
_COLOURS: dict[str, str] = {
    ComponentStatus.OPERATIONAL: "#1a7f37",
    ComponentStatus.UNDER_MAINTENANCE: "#1f5fbf",
    ComponentStatus.DEGRADED_PERFORMANCE: "#7d5a00",
    ComponentStatus.PARTIAL_OUTAGE: "#a84300",
    ComponentStatus.MAJOR_OUTAGE: "#b3261e",
}
_UNKNOWN = "#57606a"
_NEUTRAL = "#1f5fbf"
_LABEL = "#3a3f45"

_NARROW = frozenset("fijlrtI.,:;|!'()[] ")
_WIDE = frozenset("mwMW@%")


class Badge(NamedTuple):
    """What a badge says: a label on its left, a message on its right on a colour."""

    label: str
    message: str
    colour: str


def render_badges(site: Site) -> Iterator[Output]:
    """Yield the badges of the page and of its components."""
    whole = headline(site)
    page = Badge(site.config.page.name, whole.word, _COLOURS.get(whole.state, _UNKNOWN))
    yield "badge.svg", badge_svg(page)
    yield f"{_FOLDER}status.json", shields_json(page)
    names = names_of(site)
    for component in site.config.components:
        state = site.history.components[component.id]
        badge = Badge(names[component.id].full, label(state.status), _COLOURS[state.status])
        if not state.is_current:
            badge = badge._replace(message="no longer in use", colour=_UNKNOWN)
        folder = component_path(component.id)
        yield f"{folder}badge.svg", badge_svg(badge)
        yield f"{_FOLDER}{folder}status.json", shields_json(badge)
        yield f"{_FOLDER}{folder}uptime.json", shields_json(uptime_badge(site, component))


def uptime_badge(site: Site, component: Component) -> Badge:
    """Return a component's uptime over the last days, today included, against its objective."""
    today = site.today
    first = today - timedelta(days=UPTIME_DAYS - 1)
    found = uptime(days(site.history, component.id, first, today), site.config.uptime)
    objective = component.uptime.objective
    what = f"{names_of(site)[component.id].full} uptime, {UPTIME_DAYS} days"
    if found.fraction is None:
        return Badge(what, "unknown", _UNKNOWN)
    message = f"{percent(found.fraction)} %"
    if objective is None:
        return Badge(what, message, _NEUTRAL)
    met = found.fraction * 100 >= objective
    status = ComponentStatus.OPERATIONAL if met else ComponentStatus.MAJOR_OUTAGE
    return Badge(what, message, _COLOURS[status])


def shields_json(badge: Badge) -> bytes:
    """Return a badge as https://img.shields.io/endpoint reads it."""
    return to_json(
        {
            "schemaVersion": 1,
            "label": badge.label,
            "message": badge.message,
            "color": badge.colour.removeprefix("#"),
        },
    )


def badge_svg(badge: Badge) -> bytes:
    """Return a badge as an image that needs nothing else."""
    left, right = (text_width(text) + 12 for text in (badge.label, badge.message))
    name = escape(f"{badge.label}: {badge.message}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20"'
        f' role="img" aria-label="{name}"><title>{name}</title>'
        f'<rect width="{left + right}" height="20" rx="3" fill="{badge.colour}"/>'
        f'<path d="M3 0h{left - 3}v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="{_LABEL}"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">'
        f'<text x="6" y="14" textLength="{left - 12}">{escape(badge.label)}</text>'
        f'<text x="{left + 6}" y="14" textLength="{right - 12}">{escape(badge.message)}</text>'
        "</g></svg>\n"
    ).encode()


def text_width(text: str) -> int:
    """Return about how many pixels a text takes at 11 pixels; `textLength` makes it exactly so."""
    return round(sum(map(_width, text)))


def _width(character: str) -> float:
    if character in _NARROW:
        return 4.2
    if character in _WIDE or character.isupper():
        return 10.5 if character in _WIDE else 8.0
    return 12.0 if east_asian_width(character) in "WF" else 6.8
