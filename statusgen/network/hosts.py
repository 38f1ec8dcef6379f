"""Where a host is: one look-up of its name, and nothing on a private network unless that is wanted.

An address in a file, or in an answer, is only a claim. Who resolves a name here connects to exactly
the address that was looked at, so that a name which changes meanwhile leads nowhere else.
"""

from __future__ import annotations

import ipaddress
import socket

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_PROTOCOL_ASSIGNMENTS = ipaddress.IPv4Network("192.0.0.0/24")
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class HostError(Exception):
    """There is no address that may be connected to: a sentence."""


class PrivateHostError(HostError):
    """There is one, on a private network."""


def why(error: BaseException) -> str:
    """Return the innermost words of an error of the network."""
    inner = error
    while True:
        reason = getattr(inner, "reason", None)
        following = inner.__cause__ or inner.__context__
        if isinstance(reason, BaseException):
            following = reason
        if following is None:
            text = getattr(inner, "strerror", None) or str(inner)
            return str(text).strip() or type(inner).__name__
        inner = following


def resolve(host: str, port: int, *, allow_private: bool) -> str:
    """Return the IP address to connect to.

    Raises:
        PrivateHostError: It is on a private network.
        HostError: The name has none.

    """
    # RFC 6761: these names are this machine's own, whatever a resolver says, or if there is none.
    is_local = f".{host.lower().rstrip('.')}".endswith(".localhost")
    if is_local and not allow_private:
        raise PrivateHostError(f"{host} is at a private address, this machine's own")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HostError(f"{host}: {' '.join(why(error).split())}") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not allow_private:
        private = [address for address in addresses if not is_public(address)]
        if private or not addresses:
            raise PrivateHostError(f"{host} is at a private address, {', '.join(private)}")
    return addresses[0]


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public Internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _TRANSLATED:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        elif ip not in _GLOBAL_UNICAST or ip.sixtofour or ip.teredo:
            return False
    return ip.is_global and not ip.is_multicast and ip not in _PROTOCOL_ASSIGNMENTS
