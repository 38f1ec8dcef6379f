"""Mail addresses: what one looks like, how it is written, and when two are the same.

An address is never a part of an error: whoever reports one says where it stood instead.
"""

from __future__ import annotations

import re
import unicodedata

_LOCAL = re.compile(r"[^\s@<>\"(),:;\\\[\]\x00-\x20\x7f]+")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
_LARGEST = 254  # bytes, RFC 5321 section 4.5.3.1.3 without the angle brackets
_LARGEST_LOCAL = 64
_LARGEST_DOMAIN = 253


class AddressError(ValueError):
    """A text is no address that mail can be sent to: a sentence why, without the text."""


def parse_address(text: str) -> str:
    """Return an address as it is kept: its domain in lower case and ASCII, the rest as it was.

    The part before the '@' may be in any script (SMTPUTF8, RFC 6531); only its owner knows whether
    capitals matter there.

    Raises:
        AddressError: It is none.

    """
    local, at, domain = unicodedata.normalize("NFC", text.strip()).rpartition("@")
    if not at:
        raise AddressError("an address has an '@'")
    if "<" in text or '"' in text:
        raise AddressError("write the address alone, without a name, '<' or quotation marks")
    if any(unicodedata.category(one) in _INVISIBLE for one in local):
        raise AddressError("there is a space or an invisible character before the '@'")
    if not _LOCAL.fullmatch(local) or ".." in local or local[0] == "." or local[-1] == ".":
        raise AddressError("what stands before the '@' cannot stand there")
    ascii_domain = _ascii_domain(domain)
    address = f"{local}@{ascii_domain}"
    if len(local.encode()) > _LARGEST_LOCAL or len(address.encode()) > _LARGEST:
        raise AddressError("it is longer than an address can be")
    return address


def same_for(address: str) -> str:
    """Return what is the same for all ways to write a parsed address."""
    return address.casefold()


def _ascii_domain(domain: str) -> str:
    """Return a domain as name servers know it: 'bücher.example' is 'xn--bcher-kva.example'."""
    name = domain.lower()
    if not domain.isascii():
        import idna  # noqa: PLC0415 - few addresses need it

        try:
            name = idna.encode(domain, uts46=True).decode()
        except (idna.IDNAError, UnicodeError):
            raise AddressError("what stands after the '@' is no domain") from None
    labels = name.split(".")
    if len(name) > _LARGEST_DOMAIN or not all(map(_LABEL.fullmatch, labels)):
        raise AddressError("what stands after the '@' is no domain")
    if len(labels) == 1 or labels[-1].isdecimal():
        raise AddressError("its domain ends too early: write it in full, like acme.example")
    return name
