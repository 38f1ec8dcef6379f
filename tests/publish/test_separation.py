from __future__ import annotations

import pytest

from statusgen.problems import Severity
from statusgen.publish.separation import Host, all_shared, zone_of

PAGE = Host("the page", "status.acme-status.example", frozenset({"192.0.2.10"}))
API = Host("component 'api'", "api.acme.example", frozenset({"198.51.100.7"}))


def codes(page: Host, product: Host) -> list[tuple[Severity, str]]:
    return [(one.severity, one.code) for one in all_shared([page], [product])]


def test_hosts_that_share_nothing_are_fine() -> None:
    assert codes(PAGE, API) == []


def test_the_product_s_own_host_is_the_worst_place() -> None:
    (found,) = all_shared([PAGE._replace(name="api.acme.example")], [API])
    assert (found.severity, found.code) == (Severity.ERROR, "same-host")
    assert found.message == (
        "the page and component 'api': both are api.acme.example: whatever takes down "
        "component 'api' takes the page with it"
    )


def test_one_address_is_one_machine() -> None:
    page = PAGE._replace(addresses=frozenset({"192.0.2.10", "198.51.100.7"}))
    assert codes(page, API) == [(Severity.ERROR, "same-address")]


def test_two_names_of_one_service_are_one_origin() -> None:
    page, product = PAGE._replace(alias="lb.host.example"), API._replace(alias="lb.host.example")
    assert codes(page, product) == [(Severity.ERROR, "same-origin")]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("198.51.100.200", "198.51.100.7"), ("2001:db8:1::1", "2001:db8:1:ffff::2")],
)
def test_neighbours_are_in_one_network(ours: str, theirs: str) -> None:
    page = PAGE._replace(addresses=frozenset({ours}))
    product = API._replace(addresses=frozenset({theirs}))
    assert codes(page, product) == [(Severity.WARNING, "same-network")]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("198.51.101.7", "198.51.100.7"), ("2001:db8:2::1", "2001:db8:1::1")],
)
def test_others_are_not(ours: str, theirs: str) -> None:
    page = PAGE._replace(addresses=frozenset({ours}))
    product = API._replace(addresses=frozenset({theirs}))
    assert codes(page, product) == []


def test_one_certificate_ends_for_both() -> None:
    same = PAGE._replace(certificate="a"), API._replace(certificate="a")
    named = PAGE._replace(certificate="a", names=frozenset({API.name})), API
    for page, product in (same, named):
        assert codes(page, product) == [(Severity.WARNING, "same-certificate")]


def test_one_domain_can_be_lost_for_both() -> None:
    assert codes(PAGE._replace(name="status.acme.example"), API) == [
        (Severity.WARNING, "same-zone")
    ]


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("status.acme.example", "acme.example"),
        ("acme.example", "acme.example"),
        ("a.b.acme.co.uk", "acme.co.uk"),
        ("acme.co.uk", "acme.co.uk"),
        ("status.acme.de", "acme.de"),
        ("STATUS.Acme.Example.", "acme.example"),
        ("localhost", ""),
        ("192.0.2.1", ""),
        ("[2001:db8::1]", ""),
    ],
)
def test_the_domain_that_was_registered(name: str, zone: str) -> None:
    assert zone_of(name) == zone


def test_what_is_shared_with_two_components_alike_is_said_of_each() -> None:
    other = API._replace(role="component 'web'")
    assert len(all_shared([PAGE._replace(name=API.name)], [API, other])) == 2
