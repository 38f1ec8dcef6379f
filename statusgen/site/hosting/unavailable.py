"""What the product's own load balancer serves while the product is down, or is being maintained.

Each is one file that needs no other. It tells what was known, and as of when; its
script asks the status page for more and admits it where there is no answer. The same as a raw HTTP
response is for HAProxy, which reads a file with its head.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from statusgen.model import ComponentStatus, Page
from statusgen.site.context import Output, Site
from statusgen.site.look.tokens import shared_rules
from statusgen.site.theme.assets import theme_file, token_style
from statusgen.site.theme.templates import templates_of
from statusgen.site.views.headline import Headline, headline
from statusgen.timeline.days import moment_of, start_of

RETRY_AFTER = 120
"""After so many seconds a program may try again."""

_FILES = (
    ("503.html", "503.html", "hosting/503.http"),
    ("planned.html", "hosting/maintenance.html", "hosting/maintenance.http"),
)
_SNIPPETS = tuple(f"hosting/product-{name}" for name in ("Caddyfile", "haproxy.cfg", "nginx.conf"))
_DATA = "api/statusgen/v1/summary.json"


class Inline(NamedTuple):
    """A style or a script as it stands in the file, and what a Content-Security-Policy calls it."""

    text: Markup
    hash: str


def render_unavailable(site: Site) -> Iterator[Output]:
    """Yield the two files, both as responses, and what makes servers serve them."""
    style, script = inline_style(site), inline_script(site)
    address = urlsplit(site.url)
    values = {
        "style": style.text,
        "style_hash": style.hash,
        "script": script.text,
        "script_hash": script.hash,
        "origin": f"{address.scheme}://{address.netloc}",
        "data": f"{site.url}{_DATA}",
        "known": last_known(site),
        "since": known_since(site),
        "grace": site.config.page.stale_after or Page("", "").stale_after,
    }
    for template, path, raw_path in _FILES:
        page = templates_of(site).render(template, path, values)
        yield path, page
        yield raw_path, response(page)
    for path in _SNIPPETS:
        yield path, theme_file(site.theme, path).encode()


def last_known(site: Site) -> Headline | None:
    """Return what is wrong; None while all is well, which a page for a failure must not say."""
    found = headline(site)
    return None if found.state == ComponentStatus.OPERATIONAL else found


def known_since(site: Site) -> datetime:
    """Return the newest moment of which it is certain that this was known.

    The moment of the build would be a little later, and another with each build of the same.
    """
    return max(site.history.updated, moment_of(start_of(site.today, site.zone)))


def inline_style(site: Site) -> Inline:
    """Return the style: what it shares with the pages, and its own."""
    return inline(f"{shared_rules(token_style(site))}\n{theme_file(site.theme, '503.css')}")


def inline_script(site: Site) -> Inline:
    """Return the script."""
    return inline(theme_file(site.theme, "503.js"))


def response(page: bytes) -> bytes:
    """Return a page as a whole response of HTTP, with a length and without any way to be kept."""
    head = (
        "HTTP/1.1 503 Service Unavailable",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(page)}",
        f"Retry-After: {RETRY_AFTER}",
        "Cache-Control: no-store",
        "Connection: close",
    )
    return "\r\n".join([*head, "", ""]).encode() + page


def inline(text: str) -> Inline:
    """Return a style or a script that may stand in a file."""
    text = text.replace("</", "<\\/")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Inline(Markup(text), digest)  # noqa: S704 (the theme's own, and it cannot end its element)
