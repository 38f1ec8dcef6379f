"""What a static host and robots need to be told.

`_headers` is read by Netlify, Cloudflare Pages and others, which join the values of all rules that
match a path; so no two rules here set the same header for one path. `hosting/nginx.conf` says the
same for nginx.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from statusgen.model import EmailList
from statusgen.site.context import Output, Site
from statusgen.site.hosting.file_types import (
    API,
    API_TYPE,
    ASK_FIRST,
    ASSETS,
    BY_NAME,
    FOR_EVER,
    SHORT,
    kept,
)
from statusgen.site.hosting.unavailable import inline_script, inline_style
from statusgen.site.theme.frame import page_view

_NONE = "'none'"


class Rule(NamedTuple):
    """Headers for the paths that match a pattern.

    A pattern is a path, perhaps with `*` at its end or `:name` for any one folder.
    """

    patterns: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]


def render_hosting(site: Site) -> Iterator[Output]:
    """Yield the files that are read by hosts and by robots."""
    rules = hosting_rules(site)
    yield "_headers", headers_file(rules).encode()
    yield "hosting/nginx.conf", nginx_file(rules, urlsplit(site.config.page.url).path).encode()
    yield "robots.txt", robots_file(site).encode()


def hosting_rules(site: Site) -> list[Rule]:
    """Return which paths get which headers.

    All that is published is for everybody, so every origin may read it: browsers show Atlassian's
    own widget blank without that. Other pages may frame ours, because embed/ is made for it and a
    page without anything to click has nothing to lose. A site that is not for the public is for its
    own origin alone, or any page that a colleague opens could read it.
    """
    everywhere: tuple[tuple[str, str], ...] = (
        ("Content-Security-Policy", content_policy(site)),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("X-Content-Type-Options", "nosniff"),
    )
    if site.is_public:
        everywhere = (("Access-Control-Allow-Origin", "*"), *everywhere)
    else:
        everywhere = (*everywhere, ("X-Robots-Tag", "noindex, nofollow, noarchive"))
    for_ever = kept(FOR_EVER, is_public=site.is_public)
    short = kept(SHORT, is_public=site.is_public)
    return [
        Rule(("/*",), everywhere),
        Rule((f"/{ASSETS}*",), (("Cache-Control", for_ever),)),
        Rule((f"/{API}*",), (("Cache-Control", short), ("Content-Type", API_TYPE))),
        *(
            Rule(
                tuple(f"{folder}/{name}" for folder in _folders(site)),
                (("Cache-Control", short), ("Content-Type", kind)),
            )
            for name, kind in BY_NAME.items()
        ),
    ]


def robots_file(site: Site) -> str:
    """Return robots.txt: what is not for the public is not for robots either."""
    if not site.is_public:
        return "User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.url}sitemap.xml\n"


def _folders(site: Site) -> Iterator[str]:
    """Yield patterns of the folders that have feeds, a calendar or a badge."""
    for language in ("", "/:language")[: 2 if site.languages else 1]:
        yield language
        yield f"{language}/components/:component"


def form_origin(email: EmailList | None) -> str:
    """Return where the form of an e-mail list is sent to, without a path; empty without a form."""
    if email is None or not email.action:
        return ""
    scheme, host = urlsplit(email.action)[:2]
    return f"{scheme}://{host}"


def content_policy(site: Site) -> str:
    """Return a policy that allows what any of the pages needs; each page has a closer one in it."""
    styles = f"'sha256-{page_view(site).inline_style_hash}' 'sha256-{inline_style(site).hash}'"
    return (
        f"default-src 'none'; script-src 'self' 'sha256-{inline_script(site).hash}'; "
        f"connect-src 'self'; img-src 'self' data:; style-src 'self' {styles}; "
        f"base-uri 'none'; form-action {form_origin(site.config.subscribe.email) or _NONE}"
    )


def headers_file(rules: Iterable[Rule]) -> str:
    """Return rules as Netlify's and Cloudflare's `_headers`."""
    lines = []
    for rule in rules:
        for pattern in rule.patterns:
            lines += [pattern, *(f"  {name}: {value}" for name, value in rule.headers)]
    return "\n".join(lines) + "\n"


def nginx_file(rules: list[Rule], path: str) -> str:
    """Return rules as nginx locations below a path; the first rule is for all of them.

    Headers of an outer level are lost where an inner one adds any, so each location has them all.
    Pages are asked for again each time: a browser left to itself would keep an old one for hours.
    """
    everywhere, *special = rules
    lines = [
        "# For nginx: include this in the server block whose root holds this site.",
        "",
        f'error_page 404 "{path}/404.html";',
        *_nginx_headers((*everywhere.headers, ("Cache-Control", ASK_FIRST)), ""),
    ]
    for rule in special:
        patterns = "|".join(_regex(pattern) for pattern in rule.patterns)
        lines += ["", f'location ~ "^{re.escape(path)}(?:{patterns})$" {{']
        lines += _nginx_headers((*everywhere.headers, *rule.headers), "    ")
        lines.append("}")
    return "\n".join(lines) + "\n"


def _regex(pattern: str) -> str:
    return re.sub(r":\w+", "[^/]+", re.escape(pattern).replace(r"\*", ".*"))


def _nginx_headers(headers: Iterable[tuple[str, str]], indent: str) -> Iterator[str]:
    for name, value in headers:
        if name == "Content-Type":
            yield f"{indent}types {{ }}"
            yield f'{indent}default_type "{value}";'
        else:
            yield f'{indent}add_header {name} "{value}" always;'
