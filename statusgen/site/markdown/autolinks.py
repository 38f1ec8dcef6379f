"""Bare addresses that become links without any markup, by the rules of GitHub's extension."""

from __future__ import annotations

import re
from typing import NamedTuple

BARE_LINK = r"(?<![A-Za-z])(?:[hH][tT][tT][pP][sS]?|[fF][tT][pP])://|(?<![^\s*_~(])www\."

_LONGEST = 2_000
"""Browsers and mail programs take longer addresses, people do not write them."""
_ADDRESS = re.compile(rf"[^\s<]{{,{_LONGEST}}}+(?![^\s<])")
_SCHEME = re.compile(r"[A-Za-z]*://")
_HOST = re.compile(r"[\w.\-]+")
_TRAILING = "?!.,:*_~'\""
_REFERENCE = re.compile(r"&[A-Za-z]+;$")
_LONGEST_REFERENCE = 64
_MAIL_HOST = re.compile(r"[0-9A-Za-z_\-]*(?:\.[0-9A-Za-z][0-9A-Za-z_\-]*)*")
_LOCAL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.+-_"


class BareLink(NamedTuple):
    """A bare address in a text: what is shown, where it leads, and its place."""

    text: str
    url: str
    start: int
    end: int


def bare_link_at(text: str, start: int) -> BareLink | None:
    """Return the web address that begins at `start` with a scheme or with `www.`."""
    scheme = _SCHEME.match(text, start)
    match = _ADDRESS.match(text, start)
    if match is None or not _is_host(text, scheme.end() if scheme else start, bool(scheme)):
        return None
    shown = _without_trailing(match[0])
    url = shown if scheme else f"http://{shown}"
    return BareLink(shown, url, start, start + len(shown))


def _is_host(text: str, start: int, has_scheme: bool) -> bool:  # noqa: FBT001 (private)
    match = _HOST.match(text, start)
    if match is None or not match[0][0].isalnum():
        return False
    host = match[0][:-1] if match.end() == len(text) else match[0]  # GitHub skips the last one
    parts = host.split(".")
    if any("_" in part for part in parts[-2:]):
        return False
    return has_scheme or len(parts) > 1


def _without_trailing(address: str) -> str:
    """Leave out the punctuation that ends a sentence rather than an address."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end:
        last = address[end - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
            end -= 1
        elif last == ";":
            match = _REFERENCE.search(address, max(0, end - _LONGEST_REFERENCE), end)
            end = match.start() if match else end - 1
        elif last in _TRAILING:
            end -= 1
        else:
            break
    return address[:end]


def mail_links(text: str) -> list[BareLink]:
    """Return the e-mail addresses in a text, in order."""
    found: list[BareLink] = []
    done = 0
    at = text.find("@")
    while at >= 0:
        before = text[done:at]
        local = before[len(before.rstrip(_LOCAL)) :]
        match = _MAIL_HOST.match(text, at + 1)
        host = match[0] if match else ""
        if local and "." in host and not text.startswith("@", at + 1 + len(host)):
            host = _without_trailing(host) if host[-1].isalpha() else ""
            start, end = at - len(local), at + 1 + len(host)
            if host:
                prefix = _mailto_before(text, start, done)
                found.append(
                    BareLink(
                        text[start - prefix : end], f"mailto:{local}@{host}", start - prefix, end
                    )
                )
                done = end
        at = text.find("@", at + 1)
    return found


def _mailto_before(text: str, start: int, done: int) -> int:
    """Return the length of a `mailto:` that stands before an address."""
    place = start - len("mailto:")
    if place < done or not text.startswith("mailto:", place):
        return 0
    return 0 if place > done and text[place - 1].isalnum() else len("mailto:")
