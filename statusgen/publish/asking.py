"""Asks a web server as a reader far away would: a fresh look-up of the name, no cache, no proxy.

Every address that the name has is asked by itself, since one of several may have an old copy.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

import urllib3

from statusgen import __version__
from statusgen.network.clock import Clock, pools_of
from statusgen.network.hosts import why

LARGEST = 64 << 20
ORIGIN = "https://reader.example"
"""What asks is a page of another site: some servers allow that only where it is said."""

_REDIRECTS = 3
_PORTS = {"http": 80, "https": 443}


class AskError(Exception):
    """There was no answer: a word that names the kind, and a sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Answer(NamedTuple):
    """What a server said; the names of headers are in lower case, what is there twice is joined."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Server:
    """One address of the site at `base`: it is asked at `ip`, and has `seconds` to answer.

    Each thread that asks has a connection of its own.
    """

    def __init__(self, base: str, ip: str, seconds: float) -> None:
        self.base = base.rstrip("/")
        self.ip = ip
        self._parts = urlsplit(base)
        self._seconds = seconds
        self._of_thread = threading.local()

    def get(self, path: str) -> Answer:
        """Return the answer to a path below the site's address.

        Raises:
            AskError: There was none within the time, or it was too large.

        """
        target = f"{self._parts.path.rstrip('/')}/{quote(path)}"
        for _ in range(_REDIRECTS):
            answer = self._ask(target)
            where = _parts_of(answer.headers.get("location", ""))
            if answer.status not in {301, 302, 307, 308} or not where.path:
                return answer
            if where.hostname not in {None, self._parts.hostname}:
                raise AskError("wrong-site", f"it leads to {where.hostname}")
            target = where.path
        raise AskError("unreachable", "it leads in a circle")

    def _ask(self, target: str) -> Answer:
        headers = {
            "Host": self._parts.netloc.rpartition("@")[2],
            "User-Agent": f"statusgen/{__version__}",
            "Accept-Encoding": "identity",
            "Origin": ORIGIN,
            "Cache-Control": "no-cache",
            "Pragma": "no-cache",
        }
        connected: _Connected | None = getattr(self._of_thread, "connected", None)
        if connected is None:
            connected = _connected(self._parts, self.ip, self._seconds)
            self._of_thread.connected = connected
        late = f"it has not answered in full after {self._seconds:g} seconds"
        try:
            with connected.clock.running(self._seconds):
                reply = connected.pool.urlopen(
                    "GET",
                    target,
                    headers=headers,
                    retries=False,
                    redirect=False,
                    preload_content=False,
                )
                body = reply.read(LARGEST + 1)
                reply.release_conn()
        except urllib3.exceptions.HTTPError as error:
            said = late if connected.clock.is_over else why(error)
            raise AskError("unreachable", said) from error
        if connected.clock.is_over:  # an answer that does not say its length just ends
            raise AskError("unreachable", late)
        if len(body) > LARGEST:
            raise AskError("unreachable", "the answer is too large")
        found = {name.lower(): value for name, value in reply.headers.itermerged()}
        return Answer(reply.status, found, body)

    def certificate_end(self) -> datetime | None:
        """Return until when the server's certificate is valid; None without TLS.

        Raises:
            AskError: It is not valid for the name, or not any more.

        """
        if self._parts.scheme != "https":
            return None
        port = self._parts.port or _PORTS["https"]
        try:
            with (
                socket.create_connection((self.ip, port), self._seconds) as plain,
                ssl.create_default_context().wrap_socket(
                    plain, server_hostname=self._parts.hostname
                ) as safe,
            ):
                certificate = safe.getpeercert() or {}
        except ssl.SSLCertVerificationError as error:
            raise AskError("certificate", error.verify_message) from error
        except OSError as error:
            raise AskError("unreachable", why(error)) from error
        end = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
        return datetime.fromtimestamp(end, UTC)


def addresses_of(base: str) -> list[str]:
    """Return the addresses that a site's name has at the moment, each once.

    Raises:
        AskError: It has none.

    """
    parts = urlsplit(base)
    try:
        found = socket.getaddrinfo(
            parts.hostname or "",
            parts.port or _PORTS[parts.scheme],
            type=socket.SOCK_STREAM,
        )
    except OSError as error:
        raise AskError("no-address", f"the name {parts.hostname} has no address") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _parts_of(location: str) -> SplitResult:
    """Return the parts of where an answer leads; none if that is no address."""
    try:
        return urlsplit(location)
    except ValueError:
        return urlsplit("")


class _Connected(NamedTuple):
    """A connection that is kept, and what cuts it off."""

    pool: urllib3.HTTPConnectionPool
    clock: Clock


def _connected(parts: SplitResult, ip: str, seconds: float) -> _Connected:
    clock = Clock()
    kind = pools_of(clock)[parts.scheme]
    port = parts.port or _PORTS[parts.scheme]
    timeout = urllib3.Timeout(connect=seconds, read=seconds)
    if parts.scheme == "http":
        return _Connected(kind(ip, port, timeout=timeout), clock)
    pool = kind(
        ip,
        port,
        timeout=timeout,
        ssl_context=ssl.create_default_context(),
        server_hostname=parts.hostname,
        assert_hostname=parts.hostname,
    )
    return _Connected(pool, clock)
