"""embed/: a box and a banner that other pages show while something is wrong.

`script.js` puts `frame.html` into a corner, as Statuspage's embed does; `banner.js` writes a line
on top of the page. The frame is written at build time, so it needs no request of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from statusgen.model import Impact
from statusgen.site.context import Output, Site, incident_path
from statusgen.site.frame import theme_file
from statusgen.site.headline import headline
from statusgen.site.theme import templates_of

_FRAME = "embed/frame.html"
_AS_THEY_ARE = ("embed/banner.js", "embed/frame.css", "embed/frame.js", "embed/script.js")


class FrameNotice(NamedTuple):
    """What the frame says. `id` is empty while there is nothing to show; `path` is a folder."""

    id: str
    title: str
    impact: str
    state: str
    path: str


def render_embed(site: Site) -> Iterator[Output]:
    """Yield the frame, its script and style, and the two scripts for other pages."""
    for name in _AS_THEY_ARE:
        yield name, theme_file(site.theme, name).encode()
    yield _FRAME, templates_of(site).render(_FRAME, _FRAME, {"notice": frame_notice(site)})


def frame_notice(site: Site) -> FrameNotice:
    """Return the newest open incident, else running maintenance, else that there is nothing."""
    history = site.history
    for record in (*history.open_incidents, *history.running):
        return FrameNotice(
            id=record.code,
            title=record.title,
            impact=record.impact,
            state=record.status.label,
            path=incident_path(record),
        )
    return FrameNotice("", site.config.page.name, Impact.NONE, headline(site).text, "")
