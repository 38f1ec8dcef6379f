"""Serves a built site to browsers on this machine, and tells them when it was built anew."""

from __future__ import annotations

import ipaddress
import json
import os
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote, urlsplit

from statusgen.preview.pages import (
    EVENTS_PATH,
    SCRIPT,
    SCRIPT_PATH,
    problem_page,
    with_live_reload,
)
from statusgen.site.hosting.file_types import type_of

_HTML = type_of("index.html")
_KEEP_ALIVE_SECONDS = 10
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


class Preview:
    """What is being shown: the folder of the site, its version, and what is wrong with it."""

    def __init__(self, folder: str) -> None:
        self.folder = os.path.realpath(folder)
        self.version = ""
        self.problems = ""
        self.is_closed = False
        self._changed = threading.Condition()

    def show(self, version: str, problems: str) -> None:
        """Tell all browsers that the site was built anew."""
        with self._changed:
            self.version, self.problems = version, problems
            self._changed.notify_all()

    def close(self) -> None:
        """Let all requests that wait for news end."""
        with self._changed:
            self.is_closed = True
            self._changed.notify_all()

    def news(self, seen: str, seconds: float) -> tuple[str, str]:
        """Return version and problems as soon as the version is another, or after a while."""
        with self._changed:
            self._changed.wait_for(lambda: self.is_closed or self.version != seen, seconds)
            return self.version, self.problems


class Server(ThreadingHTTPServer):
    """An HTTP server for one preview; raises OSError if the port is taken."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # there it would let two servers share a port

    def __init__(self, preview: Preview, host: str, port: int) -> None:
        self.preview = preview
        self.host = host
        super().__init__((host, port), _Handler)

    def is_for_us(self, host: str) -> bool:
        """Tell whether a Host header names us.

        A page elsewhere could have its own name lead here (DNS rebinding) and read what is served;
        then its name is in the header. A bare address cannot be rebound, and neither can a name
        below localhost (RFC 6761).
        """
        name = urlsplit(f"//{host}").hostname or ""
        if name in _LOCAL_NAMES or name == self.host or name.endswith(".localhost"):
            return True
        if self.host in _LOCAL_NAMES:
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "statusgen"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, *_: object) -> None:
        """Say nothing: what matters is shown in the browser."""

    def _answer(self) -> None:
        try:
            is_for_us = self.server.is_for_us(self.headers.get("Host", ""))
        except ValueError:
            is_for_us = False
        if not is_for_us:
            self._send(HTTPStatus.MISDIRECTED_REQUEST, b"This server is for this machine.\n")
            return
        path = urlsplit(self.path).path
        routes: dict[str, Callable[[], None]] = {
            SCRIPT_PATH: lambda: self._send(HTTPStatus.OK, SCRIPT, type_of(SCRIPT_PATH)),
            EVENTS_PATH: self._send_events,
        }
        try:
            routes.get(path, lambda: self._send_file(path))()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _send_file(self, path: str) -> None:
        file = locate(self.server.preview.folder, path)
        if file is None:
            self._send_missing()
        elif os.path.isdir(file) and not path.endswith("/"):
            self.send_response(HTTPStatus.FOUND)
            # From the path as we understood it: as it was sent it may name another server.
            self.send_header("Location", "/" + quote("/".join(_parts(path) or ())) + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send_content(os.path.join(file, "index.html") if os.path.isdir(file) else file)

    def _send_content(self, file: str) -> None:
        try:
            with open(file, "rb") as stream:
                content = stream.read()
        except OSError:
            self._send_missing()
            return
        self._send(HTTPStatus.OK, content, type_of(file))

    def _send_missing(self) -> None:
        """Send the site's own page for this, or what is wrong if there is no site."""
        folder = self.server.preview.folder
        if not os.path.exists(os.path.join(folder, "index.html")):
            self._send(HTTPStatus.OK, problem_page(self.server.preview.problems), _HTML)
            return
        try:
            with open(os.path.join(folder, "404.html"), "rb") as stream:
                self._send(HTTPStatus.NOT_FOUND, stream.read(), _HTML)
        except OSError:
            self._send(HTTPStatus.NOT_FOUND, b"There is no such page.\n")

    def _send(
        self,
        status: HTTPStatus,
        content: bytes,
        kind: str = "text/plain; charset=utf-8",
    ) -> None:
        if kind == _HTML:
            content = with_live_reload(content, self.server.preview.version)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def _send_events(self) -> None:
        """Send the version and the problems now and whenever the site was built anew."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        seen = "-"
        while not self.server.preview.is_closed:
            version, problems = self.server.preview.news(seen, _KEEP_ALIVE_SECONDS)
            if version == seen:
                self.wfile.write(b":\n\n")
            else:
                said = json.dumps({"version": version, "problems": problems})
                self.wfile.write(f"data: {said}\n\n".encode())
                seen = version
            self.wfile.flush()


def locate(folder: str, path: str) -> str | None:
    """Return the file or folder below `folder` that a URL's path asks for, or None."""
    parts = _parts(path)
    if parts is None:
        return None
    file = os.path.realpath(os.path.join(folder, *parts))
    is_inside = file == folder or file.startswith(folder + os.sep)
    return file if is_inside and os.path.exists(file) else None


def _parts(path: str) -> list[str] | None:
    """Return the names in a URL's path; None if one of them could lead elsewhere or is hidden."""
    parts = [part for part in unquote(path).split("/") if part]
    if any(part.startswith(".") or set(part) & {"\\", "\0", ":"} for part in parts):
        return None
    return parts
