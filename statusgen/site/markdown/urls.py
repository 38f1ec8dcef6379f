"""Which addresses a link may have: https, http, mailto, and relative ones; nothing else."""

from __future__ import annotations

import re
from functools import lru_cache

_UNSAFE = re.compile(r"[^A-Za-z0-9\-_.~!*'();:@&=+$,/?#%]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_WEB = re.compile(r"(https?://)([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"(?:[A-Za-z0-9.\-_]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?")
_LONGEST_HOST = 253
_NEVER_IN_HOST = re.compile(r"(?![\w.\-:])[\x00-\x7f]", re.ASCII)


@lru_cache(maxsize=256)  # every address is looked at again by the cleaner
def safe_url(url: str) -> str:
    """Return the address as an href, percent-encoded, or an empty string if it is not allowed.

    Not allowed are every other scheme, a host without a scheme (`//host`), and a host that is not
    what it seems: with a user before it, or with characters no host can have. A host in another
    script is written as Punycode, so that look-alikes show.
    """
    url = url.strip("\t\n\r ")
    web = _WEB.fullmatch(url)
    if web is not None:
        host = web[2] if web[2].isascii() else _punycode(web[2])
        if not _HOST.fullmatch(host) or _is_wrong_number(host):
            return ""
        return web[1] + host + _UNSAFE.sub(_percent, web[3])
    url = _UNSAFE.sub(_percent, url)
    scheme = _SCHEME.match(url)
    if scheme is not None:
        return url if scheme[1].lower() == "mailto" else ""
    return "" if url.startswith("//") else url


def _is_wrong_number(host: str) -> bool:
    """Tell whether browsers would refuse the host: it ends as an IPv4 address but is none."""
    labels = host.partition(":")[0].rstrip(".").split(".")
    if not labels[-1].isdigit():
        return False
    return len(labels) != 4 or not all(label.isdigit() and int(label) < 256 for label in labels)  # noqa: PLR2004 (four bytes)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode(errors="replace"))


def _punycode(host: str) -> str:
    if len(host) > _LONGEST_HOST or _NEVER_IN_HOST.search(host):
        return ""  # before the encoding, which is slow
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
