"""A webhook's request: Statuspage's payload, signed so that its receiver knows whom it is from.

The signature is that of the Standard Webhooks specification, for which most languages have a
library: `webhook-signature` holds one `v1,<base64>` for each key, each an HMAC-SHA256 over
`<webhook-id>.<webhook-timestamp>.<body>`. The id is the post's key, by which a receiver knows the
second of two that are the same.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from statusgen import __version__

_PREFIX = "whsec_"


class Request(NamedTuple):
    """What is sent: the names and values of headers, and the body, byte for byte."""

    headers: Mapping[str, str]
    body: bytes


def request_of(payload: bytes, key: str, secrets: Iterable[str], seconds: int) -> Request:
    """Return the request for a post's payload at a moment, in seconds since 1970."""
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": f"statusgen/{__version__}",
        "Idempotency-Key": key,
        "webhook-id": key,
        "webhook-timestamp": str(seconds),
    }
    signatures = [_signature(one, key, seconds, payload) for one in secrets]
    if signatures:
        headers["webhook-signature"] = " ".join(signatures)
    return Request(headers, payload)


def key_of(secret: str) -> bytes:
    """Return the bytes of a secret: those behind `whsec_` in base64, else the text's own."""
    if secret.startswith(_PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        except binascii.Error:
            pass
    return secret.encode()


def _signature(secret: str, key: str, seconds: int, payload: bytes) -> str:
    signed = f"{key}.{seconds}.".encode() + payload
    made = hmac.digest(key_of(secret), signed, hashlib.sha256)
    return f"v1,{base64.b64encode(made).decode()}"
