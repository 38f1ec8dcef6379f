"""A receiver of webhooks on this machine, which checks what it is sent."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

OLDEST = 300
"""Seconds that a signature may be old: one that was recorded cannot be used later."""


class Received(NamedTuple):
    """A request as it came; the names of headers are in lower case."""

    path: str
    headers: Mapping[str, str]
    body: bytes


class Answer(NamedTuple):
    """What the receiver says, after how many seconds; the status 0 hangs up."""

    status: int = 200
    headers: Mapping[str, str] = {}
    after: float = 0


class Receiver:
    """`answers` are given one after the other, then 200 for ever."""

    def __init__(self) -> None:
        self.requests: list[Received] = []
        self.answers: list[Answer] = []
        self.port = 0


def is_signed(received: Received, key: bytes, now: float) -> bool:
    """Tell whether a request is from who knows a key, as Standard Webhooks has receivers do it."""
    stamp = received.headers.get("webhook-timestamp", "")
    if not stamp.isdecimal() or abs(now - int(stamp)) > OLDEST:
        return False
    signed = f"{received.headers['webhook-id']}.{stamp}.".encode() + received.body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    found = received.headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(one, f"v1,{expected}") for one in found)


@contextmanager
def receiving(context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Run a receiver until the end of the block, with a certificate if there is one."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.requests.append(Received(self.path, headers, body))
            answer = receiver.answers.pop(0) if receiver.answers else Answer()
            time.sleep(answer.after)
            if not answer.status:
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in {**answer.headers, "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        receiver.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
