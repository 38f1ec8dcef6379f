"""The feeds that pages announce."""

from __future__ import annotations

from typing import NamedTuple

from statusgen.site.words.language import N_, Language

_INCIDENTS = (N_("Incidents (%(form)s)"), N_("Incidents of %(name)s (%(form)s)"))
_UPDATES = (N_("Every update (%(form)s)"), N_("Every update of %(name)s (%(form)s)"))
_FEEDS = (
    ("application/atom+xml", _INCIDENTS, "Atom", "history.atom"),
    ("application/rss+xml", _INCIDENTS, "RSS", "history.rss"),
    ("application/atom+xml", _UPDATES, "Atom", "updates.atom"),
    ("application/rss+xml", _UPDATES, "RSS", "updates.rss"),
    ("application/feed+json", _UPDATES, "JSON Feed", "feed.json"),
)


class FeedView(NamedTuple):
    """A feed that pages announce: its media type, its title, and its path below `home`.

    `label` is the title without the component that it is about.
    """

    type: str
    title: str
    label: str
    path: str


def page_feeds(language: Language, folder: str = "", about: str = "") -> tuple[FeedView, ...]:
    """Return the feeds of the whole page, or those in a component's folder."""
    return tuple(
        FeedView(
            media_type,
            language.gettext(titles[bool(about)]) % {"name": about, "form": form},
            language.gettext(titles[0]) % {"form": form},
            f"{folder}{name}",
        )
        for media_type, titles, form, name in _FEEDS
    )
