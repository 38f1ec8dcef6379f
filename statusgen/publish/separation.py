"""What the page shares with what it reports on, and what one failure would take down with it.

A pure comparison of facts about hosts, which `examining.py` gathers.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from statusgen.problems import Severity

_SECOND_LEVEL = frozenset(("ac", "co", "com", "edu", "gov", "ne", "net", "or", "org"))
"""Under a country's code these stand for a kind of owner, as in acme.co.uk."""

_NETWORKS = {4: 24, 6: 48}
"""How many leading bits two addresses share that are most likely in one data centre's network."""


class Host(NamedTuple):
    """What is known of a host: who uses it, its name, and what was found out about it.

    `alias` is the name that its own name stands for, `certificate` the digest of its certificate,
    and `names` are the names that this certificate is for.
    """

    role: str
    name: str
    addresses: frozenset[str] = frozenset()
    alias: str = ""
    certificate: str = ""
    names: frozenset[str] = frozenset()


class Shared(NamedTuple):
    """Something that two hosts have in common, and what its failure means."""

    severity: Severity
    code: str
    message: str


def shared_between(page: Host, product: Host) -> Iterator[Shared]:
    """Yield what a host of the page shares with a host of the product, the worst first."""
    if page.name == product.name:
        said = f"both are {page.name}: whatever takes down {product.role} takes the page with it"
        yield Shared(Severity.ERROR, "same-host", f"{_pair(page, product)}: {said}")
        return
    common = sorted(page.addresses & product.addresses)
    if common:
        said = f"both answer at {common[0]}: one machine or load balancer fails for both"
        yield Shared(Severity.ERROR, "same-address", f"{_pair(page, product)}: {said}")
    elif page.alias and page.alias == product.alias:
        said = f"both lead to {page.alias}: they are one service under two names"
        yield Shared(Severity.ERROR, "same-origin", f"{_pair(page, product)}: {said}")
    else:
        network = _common_network(page.addresses, product.addresses)
        if network:
            said = f"both are in {network}: one network or data centre fails for both"
            yield Shared(Severity.WARNING, "same-network", f"{_pair(page, product)}: {said}")
    if page.certificate and (page.certificate == product.certificate or product.name in page.names):
        said = "they have one certificate: when it ends or is revoked, neither can be read"
        yield Shared(Severity.WARNING, "same-certificate", f"{_pair(page, product)}: {said}")
    zone = zone_of(page.name)
    if zone and zone == zone_of(product.name):
        said = f"both are below {zone}: when its registration or name servers fail, both are gone"
        yield Shared(Severity.WARNING, "same-zone", f"{_pair(page, product)}: {said}")


def all_shared(pages: Iterable[Host], products: Iterable[Host]) -> list[Shared]:
    """Return what any host of the page shares with any of the product's, each said once."""
    products = list(products)
    found = [one for page in pages for other in products for one in shared_between(page, other)]
    return list(dict.fromkeys(found))


def zone_of(name: str) -> str:
    """Return the domain that somebody registered for a host: 'acme.example'; '' for an address.

    Which endings are open for registration follows from a short rule, not from a list: the last two
    labels, or three under a country's code such as 'co.uk'.
    """
    labels = name.rstrip(".").lower().split(".")
    if len(labels) < 2 or _is_address(name):  # noqa: PLR2004 (a name and its ending)
        return ""
    is_country = len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL  # noqa: PLR2004 (ISO 3166)
    return ".".join(labels[-3:] if is_country else labels[-2:])


def _common_network(ours: Iterable[str], theirs: Iterable[str]) -> str:
    networks = {_network_of(one) for one in theirs}
    return next((net for one in sorted(ours) if (net := _network_of(one)) in networks), "")


def _network_of(address: str) -> str:
    found = ipaddress.ip_address(address.partition("%")[0])
    bits = _NETWORKS[found.version]
    return str(ipaddress.ip_network(f"{found}/{bits}", strict=False))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _pair(page: Host, product: Host) -> str:
    return f"{page.role} and {product.role}"
