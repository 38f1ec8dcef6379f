"""The ids of the API, for ever the same for what they are made from."""

from __future__ import annotations

from hashlib import sha256

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PAIRS = tuple(first + second for first in _DIGITS for second in _DIGITS)
_CODES = 36**12


def derive_code(*parts: str) -> str:
    """Return twelve characters of [0-9a-z], as Statuspage's ids are, for ever the same for `parts`.

    They are the last twelve digits to base 36 of the SHA-256 of the parts, joined by newlines.
    """
    number = int.from_bytes(sha256("\n".join(parts).encode()).digest()[:10], "big")
    high, low = divmod(number % _CODES, 36**6)
    first, high = divmod(high, 36**4)
    fourth, low = divmod(low, 36**4)
    return (
        f"{_PAIRS[first]}{_PAIRS[high // 36**2]}{_PAIRS[high % 36**2]}"
        f"{_PAIRS[fourth]}{_PAIRS[low // 36**2]}{_PAIRS[low % 36**2]}"
    )
