"""What others say of a failure, so that it may stand in a log: no secret in it, and no address."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from statusgen.notify.forms.harmless import line_of

_LONGEST = 200
_MAIL = re.compile(r"[^\s<>\"'(),:;=\[\]]+@[^\s<>\"'(),:;\[\]]+")
_HIDDEN = "***"
_SHORTEST = 3  # a secret of fewer characters would hide half of every sentence


class Redaction:
    """Hides some secrets, in each form in which a server could repeat them."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for one in secrets for form in _forms(one) if len(form) >= _SHORTEST}
        self._secrets = sorted(forms, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """Return a text on one line, without secrets and addresses of mail."""
        text = text[: 20 * _LONGEST]
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        line = line_of(_MAIL.sub(_HIDDEN, text))
        return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"


def secrets_in(url: str) -> list[str]:
    """Return what of an address nobody may see: all of it behind the host."""
    parts = urlsplit(url)
    behind = url.partition(parts.netloc)[2] if parts.netloc else url
    found = [url, behind, parts.path, parts.query, parts.netloc.rpartition("@")[0]]
    return [one for one in found if one.strip("/")]


def _forms(secret: str) -> Iterable[str]:
    raw = secret.encode()
    yield from (secret, quote(secret, safe=""), base64.b64encode(raw).decode())
