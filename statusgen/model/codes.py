"""The ids of the API, for ever the same for what they are made from."""

from __future__ import annotations

import hashlib

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PAIRS = tuple(first + second for first in _DIGITS for second in _DIGITS)
_CODES = 36**12


def derive_code(*parts: str) -> str:
    """Return twelve characters of [0-9a-z], as Statuspage's ids are, for ever the same for `parts`.

    They are the last twelve digits to base 36 of the SHA-256 of the parts, joined by newlines.
    """
    number = int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest()[:10], "big")
    high, low = divmod(number % _CODES, 36**6)
    return _six_digits(high) + _six_digits(low)


def _six_digits(number: int) -> str:
    """Return a number below 36**6 to base 36."""
    first, rest = divmod(number, 36**4)
    return _PAIRS[first] + _PAIRS[rest // 36**2] + _PAIRS[rest % 36**2]
