"""A proxy before an HTTP server that spoils requests from a chosen one on, in a chosen way."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import closing, contextmanager
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from urllib.parse import urlsplit


class Fault(StrEnum):
    """What becomes of a spoilt request."""

    ERROR = "answered with 503, not passed on"
    FULL = "answered with 507, not passed on"
    REFUSED = "answered with 403, not passed on"
    RESET = "connection closed, not passed on"
    HANG = "no answer, not passed on"
    HALF = "half of its body passed on"
    LOST = "passed on, no answer"
    CUT = "passed on, half of the answer"


_ANSWERS = {Fault.ERROR: 503, Fault.FULL: 507, Fault.REFUSED: 403}


class Proxy:
    """Passes requests on to a server.

    Of the requests, counted from 0, those from `first` on are spoilt by `fault`, `count` of them.
    `at_first` is called before the first of them. `seconds` is how long a hanging one takes.
    """

    def __init__(self, upstream: str, seconds: float = 2) -> None:
        self.upstream = urlsplit(upstream)
        self.seconds = seconds
        self.fault: Fault | None = None
        self.asked: list[str] = []
        self._lock = threading.Lock()
        self._spoilt: Container[int] = ()
        self._first = -1
        self.spoil(-1, 0, None)

    def spoil(
        self,
        first: int,
        count: int,
        fault: Fault | None,
        at_first: Callable[[], None] | None = None,
    ) -> None:
        """Begin to count anew."""
        with self._lock:
            self.asked, self._spoilt = [], range(first, first + count)
            self.fault, self._first, self._at_first = fault, first, at_first

    def spoil_some(self, share: float, fault: Fault) -> None:
        """Spoil a share of the requests, the same ones each time."""
        drawn = Random(1)
        with self._lock:
            self._spoilt = {number for number in range(100_000) if drawn.random() < share}
            self.asked, self.fault, self._at_first = [], fault, None

    def fault_of(self, request: str) -> Fault | None:
        """Return what is to become of the next request."""
        with self._lock:
            number = len(self.asked)
            self.asked.append(request)
            if self._at_first and number == self._first:
                self._at_first()
            return self.fault if number in self._spoilt else None


@contextmanager
def before(upstream: str, seconds: float = 2) -> Iterator[tuple[Proxy, str]]:
    """Run a proxy before a server; give it and its address."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.proxy = Proxy(upstream, seconds)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.proxy, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    proxy: Proxy

    def handle_error(self, *args: object) -> None:
        pass  # connections that a fault has closed


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each body waits 40 ms for the word that its head has come
    server: _Server

    def _pass_on(self) -> None:
        fault = self.server.proxy.fault_of(f"{self.command} {self.path}")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.close_connection = fault is not None
        if fault in _ANSWERS:
            self._answer(_ANSWERS[fault], {}, b"")
        elif fault is Fault.RESET:
            self.connection.shutdown(socket.SHUT_RDWR)
        elif fault is Fault.HANG:
            time.sleep(self.server.proxy.seconds)
        elif fault is Fault.HALF:
            self._asked(body[: len(body) // 2]).close()
        else:
            self._passed(body, fault)

    def _passed(self, body: bytes, fault: Fault | None) -> None:
        with closing(self._asked(body)) as upstream:
            answer = upstream.getresponse()
            content = answer.read()
        if fault is not Fault.LOST:
            self._answer(answer.status, dict(answer.headers), content, is_cut=fault is Fault.CUT)

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = _pass_on  # noqa: N815 - as http.server calls them

    def _asked(self, body: bytes) -> http.client.HTTPConnection:
        place = self.server.proxy.upstream
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
        connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        return connection

    def _answer(
        self, status: int, headers: Mapping[str, str], body: bytes, *, is_cut: bool = False
    ) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in {"transfer-encoding", "connection", "content-length"}:
                self.send_header(name, value)
        size = headers.get("Content-Length") if self.command == "HEAD" else None
        self.send_header("Content-Length", size or str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[: len(body) // 2] if is_cut else body)

    def log_message(self, *args: object) -> None:
        pass
