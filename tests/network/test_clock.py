"""A request ends in its time, whichever of several connections it is on."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from urllib3 import HTTPConnectionPool, Timeout
from urllib3.exceptions import HTTPError

from statusgen.network.clock import Clock, pools_of

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
SLOW = b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n"
ANSWERS_IN = 0.5
FAR_TOO_LATE = 8


def serve(listener: socket.socket) -> None:
    """Answer the first request of each connection at once, and trickle the answer to the second."""
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            threading.Thread(target=answer, args=(client,), daemon=True).start()


def answer(client: socket.socket) -> None:
    with suppress(OSError), client:
        client.recv(4096)
        client.sendall(WHOLE)
        client.recv(4096)
        client.sendall(SLOW)
        for _ in range(400):
            time.sleep(0.05)
            client.sendall(b".")


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield listener.getsockname()[1]


def ask(pool: HTTPConnectionPool, clock: Clock) -> bytes:
    with clock.running(ANSWERS_IN):
        return pool.request("GET", "/", retries=False).data


def test_a_connection_that_was_kept_is_cut_off_though_another_was_opened_meanwhile(
    port: int,
) -> None:
    clock = Clock()
    kind = pools_of(clock)["http"]
    timeout = Timeout(connect=FAR_TOO_LATE, read=FAR_TOO_LATE)
    one, other = (kind("127.0.0.1", port, timeout=timeout) for _ in range(2))
    assert ask(one, clock) == ask(other, clock) == b"ok"
    began = time.monotonic()
    with pytest.raises(HTTPError):
        ask(one, clock)
    assert clock.is_over
    assert time.monotonic() - began < FAR_TOO_LATE
    one.close()
    other.close()
