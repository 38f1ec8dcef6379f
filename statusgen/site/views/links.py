"""Links in the HTML of an author's text, for where it is read away from its page."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import urljoin

_LINKING_TAG = re.compile(r'<(?:a|img)\s(?:[^>"]|"[^"]*")*>')
_RELATIVE = re.compile(r'(\s(?:href|src)=")(?![A-Za-z][A-Za-z0-9+.-]*:)([^"]*)')


def absolute(html: str, base: str) -> str:
    """Make the relative links of safe HTML absolute; a feed reader has no page to start from."""

    def resolve(match: re.Match[str]) -> str:
        return match[1] + escape(urljoin(base, unescape(match[2])))

    if "<a " not in html and "<img " not in html:
        return html
    return _LINKING_TAG.sub(lambda tag: _RELATIVE.sub(resolve, tag[0]), html)
