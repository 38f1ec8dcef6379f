"""A status page on this machine, served from a table."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Answer(NamedTuple):
    """What the host says to one request."""

    body: bytes
    status: int
    headers: tuple[tuple[str, str], ...]


class Host:
    """The page: `answers` by path and query, `asked` and `headers` what was asked, in order.

    Several answers to one path are given one after the other, the last one for ever.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []

    def serve(
        self,
        path: str,
        value: object = None,
        *,
        body: bytes | None = None,
        status: int = 200,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Answer a path with a value as JSON, or with a body as it is."""
        raw = json.dumps(value).encode() if body is None else body
        self.answers.setdefault(path, []).append(Answer(raw, status, headers))

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        """Return the next answer to a path."""
        self.asked.append(path)
        self.headers.append(headers)
        answers = self.answers.get(path) or [Answer(b"nothing here", 404, ())]
        return answers.pop(0) if len(answers) > 1 else answers[0]


@contextmanager
def hosted() -> Iterator[Host]:
    """Serve a page until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = table.answer(self.path, dict(self.headers))
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    table = Host(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield table
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
