"""A host on this machine that serves what a test gives it, to every origin."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TYPES = {
    "js": "text/javascript",
    "css": "text/css",
    "json": "application/json",
    "html": "text/html",
}


class Host:
    """Serves files to every origin until it is closed; `policy` is the only script that may run."""

    def __init__(self, files: dict[str, bytes], policy: str = "") -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                content = files.get(self.path.partition("?")[0])
                self.send_response(200 if content is not None else 404)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.send_header(
                    "Content-Type", TYPES.get(self.path.rpartition(".")[2], "text/html")
                )
                if policy:
                    self.send_header("Content-Security-Policy", f"script-src {policy}")
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, *args: object) -> None:
                pass

        self.files = files
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
