"""The last gate before a page: an allow-list of elements, attributes and addresses.

The engine makes nothing else; this holds even if it had a fault.
"""

from __future__ import annotations

import nh3

from statusgen.site.markdown.urls import safe_url

_ALIGNMENTS = {"align-left", "align-center", "align-right"}

_CLEANER = nh3.Cleaner(
    tags={
        *("p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre", "code"),
        *("em", "strong", "del", "a", "table", "thead", "tbody", "tr", "th", "td"),
    },
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    allowed_classes={"th": _ALIGNMENTS, "td": _ALIGNMENTS},
    url_schemes={"https", "http", "mailto"},
    link_rel="noopener nofollow",
    attribute_filter=lambda _, name, value: (safe_url(value) or None) if name == "href" else value,
)


def clean(html: str) -> str:
    """Return the HTML with nothing in it but what a text may hold."""
    return _CLEANER.clean(html)
