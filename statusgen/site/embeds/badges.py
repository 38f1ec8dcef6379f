"""Badges: one for the page and one for each component, as SVG of ours and as data for shields.io.

They say what the page's headline says, so a badge is never green while an incident is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import escape
from typing import NamedTuple

from statusgen.model import Component, ComponentStatus
from statusgen.site.context import Output, Site, component_path
from statusgen.site.json_text import to_json
from statusgen.site.look.glyphs import text_width
from statusgen.site.look.shapes import SHAPES, UNKNOWN
from statusgen.site.views.headline import headline
from statusgen.site.views.names import names_of
from statusgen.site.words.wording import label
from statusgen.timeline.uptime import days, percent, uptime

UPTIME_DAYS = 90

_FOLDER = "api/statusgen/v1/badges/"

# White text on any of these has a contrast of more than 4.5.
LOOKS: dict[str, tuple[str, str]] = {
    ComponentStatus.OPERATIONAL: ("#1d7048", SHAPES[ComponentStatus.OPERATIONAL]),
    ComponentStatus.UNDER_MAINTENANCE: ("#2f5fae", SHAPES[ComponentStatus.UNDER_MAINTENANCE]),
    ComponentStatus.DEGRADED_PERFORMANCE: ("#8a5a00", SHAPES[ComponentStatus.DEGRADED_PERFORMANCE]),
    ComponentStatus.PARTIAL_OUTAGE: ("#b0430a", SHAPES[ComponentStatus.PARTIAL_OUTAGE]),
    ComponentStatus.MAJOR_OUTAGE: ("#b01f30", SHAPES[ComponentStatus.MAJOR_OUTAGE]),
    UNKNOWN: ("#665f57", SHAPES[UNKNOWN]),
    "figure": ("#2f5fae", ""),
}
_LABEL = "#3a3733"


class Badge(NamedTuple):
    """What a badge says: a label on its left, and a message on its right.

    `state` is what shape and colour stand for: a component status, 'unknown', or 'figure' for a
    number that is neither good nor bad.
    """

    label: str
    message: str
    state: str


def render_badges(site: Site) -> Iterator[Output]:
    """Yield the badges of the page and of its components."""
    whole = headline(site)
    page = Badge(site.config.page.name, whole.word, whole.state)
    yield "badge.svg", badge_svg(page)
    yield f"{_FOLDER}status.json", shields_json(page)
    names = names_of(site)
    retired = site.language.gettext("no longer in use")
    for component in site.config.components:
        state = site.history.components[component.id]
        word = label(state.status, site.language)
        badge = Badge(names[component.id].full, word, state.status)
        if not state.is_current:
            badge = badge._replace(message=retired, state=UNKNOWN)
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
    language = site.language
    what = language.counted(
        # Translators: the left side of a badge, as in "API uptime, 90 days"
        "%(name)s uptime, %(count)s day",
        "%(name)s uptime, %(count)s days",
        UPTIME_DAYS,
        name=names_of(site)[component.id].full,
    )
    if found.fraction is None:
        return Badge(what, language.gettext("unknown"), UNKNOWN)
    message = language.formats.percent_text(percent(found.fraction))
    if objective is None:
        return Badge(what, message, "figure")
    met = found.fraction * 100 >= objective
    status = ComponentStatus.OPERATIONAL if met else ComponentStatus.MAJOR_OUTAGE
    return Badge(what, message, status)


def shields_json(badge: Badge) -> bytes:
    """Return a badge as https://img.shields.io/endpoint reads it."""
    return to_json(
        {
            "schemaVersion": 1,
            "label": badge.label,
            "message": badge.message,
            "color": LOOKS[badge.state][0].removeprefix("#"),
        },
    )


def _text(left: int, width: int, text: str) -> str:
    """Return a text as wide as was reckoned: letters are stretched, so that Arabic stays joined."""
    size = f'textLength="{width}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{left}" y="14" {size}>{escape(text)}</text>'


def badge_svg(badge: Badge) -> bytes:
    """Return a badge as an image that needs nothing else."""
    colour, shape = LOOKS[badge.state]
    mark = 15 if shape else 0
    texts = (text_width(badge.label), text_width(badge.message))
    left, right = texts[0] + 12, texts[1] + 12 + mark
    name = escape(f"{badge.label}: {badge.message}")
    drawn = f'<path transform="translate({left + 6} 5)" d="{shape}"/>' if shape else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20"'
        f' role="img" aria-label="{name}"><title>{name}</title>'
        f'<rect width="{left + right}" height="20" rx="3" fill="{colour}"/>'
        f'<path d="M3 0h{left - 3}v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="{_LABEL}"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">'
        f"{_text(6, texts[0], badge.label)}{drawn}{_text(left + mark + 6, texts[1], badge.message)}"
        "</g></svg>\n"
    ).encode()
