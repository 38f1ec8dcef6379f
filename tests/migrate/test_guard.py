"""Only public web addresses are read, only from the host that was asked for, within limits."""

from __future__ import annotations

import gzip
import socket

import pytest
from statuspage_host import Host

from statusgen.migrate.statuspage import guard
from statusgen.migrate.statuspage.guard import Fetcher, FetchError
from statusgen.network.hosts import is_public


def fetch(url: str, path: str = "x", pauses: list[float] | None = None) -> bytes:
    waited: list[float] = [] if pauses is None else pauses
    with Fetcher(url, allow_private=True, pause=waited.append) as fetcher:
        return fetcher.get(path)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://status.acme.example",
        "file:///etc/passwd",
        "gopher://status.acme.example",
        "http://",
        "http://user:secret@status.acme.example",
        "http://status.acme.example:port",
        "http://status.acme.example:99999",
        "http://[::1",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError):
        Fetcher(url, allow_private=True)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "status.LocalHost.",
        "2130706433",
        "0x7f.1",
        "169.254.169.254",
        "10.0.0.1",
        "[::1]",
    ],
)
def test_private_addresses_are_refused_however_they_are_written(host: str) -> None:
    with pytest.raises(FetchError, match="private address"):
        Fetcher(f"http://{host}:1/", allow_private=False)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("64:ff9b::808:808", True),
        ("64:ff9b::7f00:1", False),
        ("::ffff:8.8.8.8", False),
        ("::ffff:127.0.0.1", False),
        ("::127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("2001:0:1::", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("fd00::1", False),
        ("0.0.0.0", False),  # noqa: S104 (only looked at)
        ("100.64.0.1", False),
        ("192.0.0.8", False),
        ("192.168.1.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, *, expected: bool) -> None:
    assert is_public(address) is expected


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("8.8.8.8", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        Fetcher("http://status.acme.example", allow_private=False)


def test_the_address_that_was_checked_is_the_one_connected_to(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolved = socket.getaddrinfo
    asked = []

    def resolve(name: str, port: int, *_: int, **__: int) -> object:
        asked.append(name)
        found = "127.0.0.1" if name == "rebinding.example" else name
        return resolved(found, port, type=socket.SOCK_STREAM)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    host.serve("/x", 1)
    port = host.url.rpartition(":")[2]
    assert fetch(f"http://rebinding.example:{port}") == b"1"
    assert asked.count("rebinding.example") == 1
    assert host.headers[0]["Host"] == f"rebinding.example:{port}"


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("http://elsewhere.example/x", "another host"),
        ("file:///etc/passwd", "another host"),
        ("http://127.0.0.1:9/x", "another port"),
        ("/x", "redirects"),
    ],
)
def test_redirects_stay_on_the_host_and_end(host: Host, target: str, message: str) -> None:
    host.serve("/x", status=302, headers=(("Location", target),))
    with pytest.raises(FetchError, match=message):
        fetch(host.url)


def test_a_redirect_on_the_same_host_is_followed(host: Host) -> None:
    host.serve("/x", status=301, headers=(("Location", "/y"),))
    host.serve("/y", "there")
    assert fetch(host.url) == b'"there"'


def test_what_may_go_well_later_is_tried_again(host: Host, pauses: list[float]) -> None:
    host.serve("/x", status=503)
    host.serve("/x", status=429, headers=(("Retry-After", "7"),))
    host.serve("/x", "at last")
    assert fetch(host.url, pauses=pauses) == b'"at last"'
    assert pauses == [1.0, 7.0]


def test_nobody_is_waited_for_longer_than_a_minute(host: Host, pauses: list[float]) -> None:
    host.serve("/x", status=429, headers=(("Retry-After", "86400"),))
    with pytest.raises(FetchError, match="429"):
        fetch(host.url, pauses=pauses)
    assert pauses == [60.0, 60.0, 60.0]


def test_a_refusal_is_not_asked_again(host: Host, pauses: list[float]) -> None:
    host.serve("/x", status=403)
    with pytest.raises(FetchError, match="403"):
        fetch(host.url, pauses=pauses)
    assert pauses == []
    assert host.asked == ["/x"]


def test_a_host_that_cannot_be_reached_is_told(pauses: list[float]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(FetchError, match="refused"):
        fetch(f"http://127.0.0.1:{port}", pauses=pauses)
    assert len(pauses) == 3


def test_an_answer_has_a_largest_size(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_BYTES", 1 << 20)
    host.serve("/x", body=b"x" * (1 << 21))
    with pytest.raises(FetchError, match="larger"):
        fetch(host.url)


def test_a_packed_answer_counts_unpacked(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_BYTES", 1 << 20)
    packed = gzip.compress(b"x" * (1 << 24))
    host.serve("/x", body=packed, headers=(("Content-Encoding", "gzip"),))
    with pytest.raises(FetchError, match="larger"):
        fetch(host.url)


def test_the_environment_gives_neither_proxy_nor_password(
    host: Host,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:1")
    monkeypatch.setenv("http_proxy", "http://proxy.example:1")
    host.serve("/x", 1)
    assert fetch(host.url) == b"1"
    assert "Authorization" not in host.headers[0]
