"""What others say of a failure, so that it may stand in a log: no secret in it, and no address."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from urllib.parse import quote

from statusgen.notify.forms.cutting import LONGEST_LINE, single_line

_MAIL = re.compile(r"[^\s<>\"'(),:;=\[\]]+@[^\s<>\"'(),:;\[\]]+")
_ORIGIN = re.compile(r"https?://(?:([^/?#]*)@)?[^/?#@]*")
_BORDERS = re.compile("[/?#&=:@]")
_LONG_PART = 8
_HIDDEN = "***"
_SHORTEST = 3  # a secret of fewer characters would hide half of every sentence


class Redaction:
    """Hides some secrets, in each form in which a server could repeat them."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for one in secrets for form in _forms(one) if len(form) >= _SHORTEST}
        self._secrets = sorted(forms, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """Return a text on one line, without secrets and addresses of mail."""
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return single_line(_MAIL.sub(_HIDDEN, text[: 20 * LONGEST_LINE]))


def secrets_in(url: str) -> list[str]:
    """Return what of an address nobody may see: what stands before and behind its host.

    Of that also each part that is long enough to be a secret itself. Where it is none of the web,
    as Apprise has them, a secret may stand for the host.
    """
    origin = _ORIGIN.match(url)
    if not origin:
        return [url, *(one for one in _BORDERS.split(url) if len(one) >= _LONG_PART)]
    behind = url[origin.end() :]
    parts = [one for one in _BORDERS.split(behind) if len(one) >= _LONG_PART]
    found = [url, behind, *_BORDERS.split(origin[1] or "", maxsplit=1), origin[1] or "", *parts]
    return [one for one in found if one.strip("/?#")]


def _forms(secret: str) -> Iterable[str]:
    raw = secret.encode()
    yield from (secret, quote(secret, safe=""), base64.b64encode(raw).decode())
