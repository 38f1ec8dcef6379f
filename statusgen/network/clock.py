"""Connections that end: who is asked answers within a time, however slowly it trickles.

A timeout of a socket begins anew with each byte, so a clock beside the connection cuts it off.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


class Clock:
    """Cuts off the connection that is in use when the time of a request is over."""

    def __init__(self) -> None:
        self.is_over = False
        self._used: socket.socket | None = None

    @contextmanager
    def running(self, seconds: float) -> Iterator[None]:
        """Give a request so long, with the whole body of its answer."""
        self.is_over = False
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def watch(self, used: socket.socket | None) -> None:
        """Remember the socket that the answer comes from: a new one, or one that was kept."""
        self._used = used

    def _cut(self) -> None:
        self.is_over = True
        try:
            if self._used is not None:
                # That of a TLS socket changes what the reading thread is using.
                socket.socket.shutdown(self._used, socket.SHUT_RDWR)
        except OSError:
            return  # it has ended by itself


def pools_of(clock: Clock) -> dict[str, type[HTTPConnectionPool]]:
    """Return the pools, by scheme, whose connections tell a clock which socket is waited for."""

    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            clock.watch(self.sock)

        def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3's own
            clock.watch(self.sock)
            return super().getresponse()

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            clock.watch(self.sock)

        def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3's own
            clock.watch(self.sock)
            return super().getresponse()

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
