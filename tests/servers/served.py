"""A host on this machine that serves what a test gives it, to every origin."""

from __future__ import annotations

import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TYPES = {
    "js": "text/javascript",
    "css": "text/css",
    "json": "application/json",
    "html": "text/html",
    "svg": "image/svg+xml",
}


class Host:
    """Serves files to every origin until it is closed.

    `files` may change meanwhile. `asked` are the paths that were asked for; `policy` is sent as the
    Content-Security-Policy, and `now` is what the host takes for the time.
    """

    def __init__(
        self, files: dict[str, bytes], *, policy: str = "", now: datetime | None = None
    ) -> None:
        self.files, self.now = files, now
        self.asked: list[str] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                host.asked.append(path)
                content = host.files.get(path)
                self.send_response(200 if content is not None else 404)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.send_header(
                    "Content-Type", TYPES.get(self.path.rpartition(".")[2], "text/html")
                )
                if policy:
                    self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(content or b"")

            def date_time_string(self, timestamp: float | None = None) -> str:
                return super().date_time_string(host.now.timestamp() if host.now else timestamp)

            def log_message(self, *args: object) -> None:
                pass

        self.files = files
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
