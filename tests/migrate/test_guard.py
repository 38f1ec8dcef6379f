"""Only public web addresses are read, only from the host that was asked for, within limits."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate

import pytest
from statuspage_host import Host

from statusgen.migrate.statuspage import guard
from statusgen.migrate.statuspage.guard import Fetcher, FetchError
from statusgen.network.hosts import is_public


def fetch(url: str, path: str = "x", pauses: list[float] | None = None) -> bytes:
    waited: list[float] = [] if pauses is None else pauses
    with Fetcher(url, allow_private=True, pause=waited.append) as fetcher:
        return fetcher.get(path)


@contextmanager
def answering(*answers: bytes, drop: bytes = b"") -> Iterator[str]:
    """Answer one connection after the other with bytes, and with drops while somebody reads."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(10)

    def serve() -> None:
        for answer in answers:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.recv(65536)
                connection.sendall(answer)
                while drop:
                    connection.sendall(drop)
                    time.sleep(0.02)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        thread.join()
        listening.close()


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
        ("file:///etc/passwd", "no web address"),
        ("javascript:alert(1)", "no web address"),
        ("http://127.0.0.1:9/x", "another port"),
        ("http://127.0.0.1/x", "another port: 80"),
        ("http://127.0.0.1:99999/x", "no address"),
        ("http://127.0.0.1:port/x", "no address"),
        ("http://[::1", "no address"),
        ("/x", "redirects"),
    ],
)
def test_redirects_stay_on_the_host_and_end(host: Host, target: str, message: str) -> None:
    host.serve("/x", status=302, headers=(("Location", target),))
    with pytest.raises(FetchError, match=message):
        fetch(host.url)


def test_another_host_is_offered_as_the_address_to_give(host: Host) -> None:
    host.serve("/x", status=301, headers=(("Location", "https://status.acme.example/x?token=s3"),))
    with pytest.raises(FetchError) as raised:
        fetch(host.url)
    assert raised.value.hint.endswith("import from https://status.acme.example")


@pytest.mark.parametrize("target", ["/y?token=s3cret", "http://user:s3cret@{host}/y"])
def test_what_is_secret_in_a_redirect_is_not_told(host: Host, target: str) -> None:
    at = host.url.removeprefix("http://")
    host.serve("/x", status=302, headers=(("Location", target.format(host=at)),))
    with pytest.raises(FetchError) as raised:
        fetch(host.url)
    assert str(raised.value) == f"{host.url}/x: the host answered 404 Not Found"
    assert host.headers[-1]["Host"] == at


@pytest.mark.parametrize(
    "url",
    [
        "http://user:s3cret@status.acme.example",
        "ftp://status.acme.example/?token=s3cret",
        "http://status.acme.example:s3cret",
        "http://[s3cret",
    ],
)
def test_a_refused_address_is_not_repeated(url: str) -> None:
    with pytest.raises(FetchError) as raised:
        Fetcher(url, allow_private=True)
    assert "s3cret" not in str(raised.value)


def test_a_host_may_have_a_name_in_any_script(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    resolved = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda _, *rest, **by: resolved("127.0.0.1", *rest, **by)
    )
    host.serve("/x", 1)
    port = host.url.rpartition(":")[2]
    assert fetch(f"http://статус.example:{port}?locale=de") == b"1"
    assert host.headers[0]["Host"] == f"xn--80a7abcbg.example:{port}"


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


def test_a_pause_until_a_date_is_kept(host: Host, pauses: list[float]) -> None:
    until = formatdate(time.time() + 30, usegmt=True)
    host.serve("/x", status=429, headers=(("Retry-After", until),))
    host.serve("/x", status=503, headers=(("Retry-After", "tomorrow"),))
    host.serve("/x", 1)
    fetch(host.url, pauses=pauses)
    assert pauses == [pytest.approx(30, abs=5), 2.0]


@pytest.mark.parametrize(
    "cut",
    [
        b"Content-Length: 100\r\n\r\n{",
        b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
    ],
)
def test_an_answer_that_breaks_off_is_asked_for_again(cut: bytes, pauses: list[float]) -> None:
    with answering(b"HTTP/1.1 200 OK\r\n" + cut, b"HTTP/1.0 200 OK\r\n\r\n1") as url:
        assert fetch(url, pauses=pauses) == b"1"
    assert pauses == [1.0]


@pytest.mark.parametrize(
    "begun",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"HTTP/1.1 200 OK\r\n"],
)
def test_an_answer_that_trickles_is_cut_off(
    begun: bytes, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "_WHOLE_SECONDS", 0.5)
    drop = b"X: 1\r\n" if begun else b"HTTP/1.1 100 Continue\r\n\r\n"
    with answering(begun, drop=drop) as url, pytest.raises(FetchError, match="slower"):
        fetch(url, pauses=pauses)
    assert pauses == []


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


def test_the_body_of_a_redirect_is_not_read(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_WHOLE_SECONDS", 5)
    begun = f"HTTP/1.1 302 Found\r\nLocation: {host.url}/y\r\n\r\n".encode()
    with answering(begun, drop=b"x") as url, pytest.raises(FetchError, match="another port"):
        fetch(url)


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
