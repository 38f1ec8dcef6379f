"""A server that answers as Listmonk does, for it is in no registry of packages.

What it knows of campaigns follows Listmonk's documentation and its source: who may ask, which
fields a campaign needs, that its texts are templates, in which order its states may follow each
other, how errors look. A campaign that is started is "sent": its texts are made for one reader.
"""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

USER, TOKEN = "canary-user-51", "canary-token-51cd"
LISTS = {3: "Status", 4: "Payments"}
LEAVE = "https://lists.acme.example/subscription/reader"
_ACTION = re.compile(r"\{\{(.*?)\}\}")
_TEXT = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*')


class TemplateError(Exception):
    """A text is no template."""


def made(template: str) -> str:
    """Return what a reader gets of a template, of which only what we use is known."""

    def value(found: re.Match[str]) -> str:
        if found[1].strip() == "UnsubscribeURL":
            return LEAVE
        text = _TEXT.fullmatch(found[1])
        if text is None:
            raise TemplateError(f"unexpected {found[1]!r} in command")
        return text[1]

    if "{{" in _ACTION.sub("", template):
        raise TemplateError("unclosed action")
    return _ACTION.sub(value, template)


@dataclass
class Listmonk:
    """Its campaigns, what readers got, and what it does wrong.

    Of `faults` one is taken at each request: a status is answered instead of doing anything;
    'lost' does what was asked for and hangs up; 'deaf' hangs up before. `seen` is told of each
    request before it is looked at.
    """

    url: str = ""
    campaigns: dict[int, dict[str, Any]] = field(default_factory=dict)
    sent: list[dict[str, str]] = field(default_factory=list)
    faults: list[int | str | None] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    knows_filter: bool = True
    seen: Callable[[int], None] = lambda _: None

    def add(self, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 (as JSON has them)
        """Keep a campaign as a draft."""
        number = len(self.campaigns) + 1
        self.campaigns[number] = {"id": number, "status": "draft", **fields}
        return self.campaigns[number]

    def answer(self, method: str, target: str, body: bytes) -> tuple[int, object]:
        """Return a status and what the answer has as data, or as message."""
        parts = urlsplit(target)
        if method == "GET" and parts.path == "/api/campaigns":
            return 200, self._listed(parse_qs(parts.query))
        if method == "POST" and parts.path == "/api/campaigns":
            return self._created(json.loads(body))
        status = re.fullmatch("/api/campaigns/([0-9]+)/status", parts.path)
        if method == "PUT" and status and int(status[1]) in self.campaigns:
            return self._changed(self.campaigns[int(status[1])], json.loads(body)["status"])
        return 404, "Not Found"

    def _listed(self, query: dict[str, list[str]]) -> dict[str, Any]:
        wanted = set(query.get("tag", [])) if self.knows_filter else set()
        found = [one for one in self.campaigns.values() if wanted <= set(one["tags"])]
        if query.get("order") == ["DESC"]:
            found.reverse()
        size = int(query.get("per_page", ["20"])[0])
        return {"results": found[:size], "total": len(found), "per_page": size, "page": 1}

    def _created(self, asked: dict[str, Any]) -> tuple[int, object]:
        if not 1 <= len(asked.get("name", "")) <= 2000:
            return 400, "Invalid length for `name`."
        if not 1 <= len(asked.get("subject", "")) <= 5000:
            return 400, "Invalid length for `subject`."
        if not asked.get("lists") or not set(asked["lists"]) <= LISTS.keys():
            return 400, "Invalid list IDs."
        try:
            for text in ("subject", "body", "altbody"):
                made(asked[text])
        except TemplateError as error:
            return 400, f"Error compiling campaign body: {error}"
        return 200, self.add(**asked)

    def _changed(self, campaign: dict[str, Any], status: str) -> tuple[int, object]:
        if status == "running" and campaign["status"] not in {"draft", "paused"}:
            return 400, "Only paused campaigns and drafts can be started."
        campaign["status"] = status
        if status == "running":
            texts = ("subject", "body", "altbody")
            self.sent.append({name: made(campaign[name]) for name in texts})
        return 200, campaign


@contextmanager
def listmonk() -> Iterator[Listmonk]:
    """Run a server until the end of the block."""
    host = Listmonk()
    known = "Basic " + base64.b64encode(f"{USER}:{TOKEN}".encode()).decode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        lock: ClassVar[threading.Lock] = threading.Lock()

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            host.requests.append(f"{self.command} {self.path.partition('?')[0]}")
            host.seen(len(host.requests))
            fault = host.faults.pop(0) if host.faults else None
            if fault == "deaf":
                self.close_connection = True
                return
            if isinstance(fault, int):
                status, said = fault, "it is not to be"
            elif self.headers.get("Authorization") != known:
                status, said = 403, "invalid API credentials"
            else:
                with self.lock:
                    status, said = host.answer(self.command, self.path, body)  # type: ignore[assignment]
            if fault == "lost":
                self.close_connection = True
                return
            content = {"data": said} if status == 200 else {"message": said}
            raw = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def do_PUT(self) -> None:
            self._serve()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield host
        finally:
            server.shutdown()
            thread.join()
