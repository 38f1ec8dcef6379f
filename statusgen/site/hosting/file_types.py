"""What a file of the site is for browsers and programs: its type, and how long it may be kept.

Hosts differ in what they make of a name (Debian's nginx serves a calendar as plain text), so this
table goes along: as rules in `_headers` and `hosting/nginx.conf`, and with each object of a bucket.
"""

from __future__ import annotations

SHORT = "max-age=60"
ASK_FIRST = "no-cache"
FOR_EVER = "max-age=31536000, immutable"

ASSETS = "assets/"
"""Files whose name changes with what is in them."""

API = "api/"
API_TYPE = "application/json; charset=utf-8"

BY_NAME = {
    "history.atom": "application/atom+xml; charset=utf-8",
    "history.rss": "application/rss+xml; charset=utf-8",
    "updates.atom": "application/atom+xml; charset=utf-8",
    "updates.rss": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
    "maintenance.ics": "text/calendar; charset=utf-8",
    "badge.svg": "image/svg+xml; charset=utf-8",
}
"""Feeds, calendars and badges, which stand in many folders: programs read them again and again."""

_TEXT = "text/plain; charset=utf-8"
_BY_ENDING = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": API_TYPE,
    "webmanifest": "application/manifest+json; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "woff": "font/woff",
    "pdf": "application/pdf",
    "txt": _TEXT,
}


def type_of(path: str) -> str:
    """Return the Content-Type of a file of the site; what is not known is text."""
    return known_type(path) or _TEXT


def known_type(path: str) -> str:
    """Return the same of what browsers and programs read; '' for what only administrators do."""
    name = path.rpartition("/")[2]
    return BY_NAME.get(name) or _BY_ENDING.get(name.rpartition(".")[2].lower(), "")


def caching_of(path: str, *, is_public: bool = True) -> str:
    """Return the Cache-Control of a file of the site. Pages are asked for again each time."""
    if path.startswith(ASSETS):
        return kept(FOR_EVER, is_public=is_public)
    is_read_often = path.startswith(API) or path.rpartition("/")[2] in BY_NAME
    return kept(SHORT, is_public=is_public) if is_read_often else ASK_FIRST


def kept(how_long: str, *, is_public: bool) -> str:
    """Return a Cache-Control that also says whether a cache for many may keep the file."""
    return f"{'public' if is_public else 'private'}, {how_long}"
