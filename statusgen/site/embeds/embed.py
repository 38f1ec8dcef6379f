"""embed/: a box and a banner that other pages show while something is wrong.

`script.js` puts `frame.html` into a corner, as Statuspage's embed does; `banner.js` writes a line
on top of the page. The frame is written at build time, so it needs no request of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from statusgen.site.context import Output, Site, incident_path
from statusgen.site.look.tokens import shared_rules
from statusgen.site.theme.assets import theme_file, token_style
from statusgen.site.theme.templates import templates_of
from statusgen.site.views.headline import headline, worst_first
from statusgen.site.words.wording import label, state_of

_FRAME = "embed/frame.html"
_STYLE = "embed/frame.css"
_AS_THEY_ARE = ("embed/banner.js", "embed/frame.js", "embed/script.js")


class FrameNotice(NamedTuple):
    """What the frame says.

    `id` is empty while there is nothing to show; `update` is the newest update's, or empty. `look`
    is what shape and colour stand for, `state` the status in words, `path` a folder.
    """

    id: str
    update: str
    title: str
    look: str
    state: str
    path: str


def render_embed(site: Site) -> Iterator[Output]:
    """Yield the frame, its script and style, and the two scripts for other pages."""
    for name in _AS_THEY_ARE:
        yield name, theme_file(site.theme, name).encode()
    yield _STYLE, f"{shared_rules(token_style(site))}\n{theme_file(site.theme, _STYLE)}".encode()
    yield _FRAME, templates_of(site).render(_FRAME, _FRAME, {"notice": frame_notice(site)})


def frame_notice(site: Site) -> FrameNotice:
    """Return the worst open incident, else running maintenance, else that there is nothing."""
    history = site.history
    for record in (*worst_first(history.open_incidents), *history.running):
        return FrameNotice(
            id=record.code,
            update=record.updates[-1].id if record.updates else "",
            title=record.title,
            look=state_of(record),
            state=label(record.status, site.language),
            path=incident_path(record),
        )
    state = headline(site)
    return FrameNotice("", "", site.config.page.name, state.state, state.text, "")
