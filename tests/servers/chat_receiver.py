"""What chat servers are to Apprise: a host on this machine that keeps every request as it came."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs

import pytest

from statusgen.model import Form

# What any of the services asks for in an answer; none minds what others need.
WELCOME = {
    "ok": True,
    "access_token": "token",
    "user_id": "@status:acme.example",
    "home_server": "acme.example",
    "device_id": "STATUS",
    "room_id": "!room:acme.example",
    "joined_rooms": ["!room:acme.example"],
    "event_id": "$event",
    "id": "1",
    "username": "status",
    "visibility": "public",
    "content": "",
    "url": "https://social.example/1",
    "result": {"message_id": 1, "status": "ok"},
}


class Request(NamedTuple):
    """A request as it came."""

    method: str
    path: str
    type: str
    body: bytes


class Answer(NamedTuple):
    """What the receiver says; it waits before that, and says nothing at all to a status of 0."""

    status: int = 200
    wait: float = 0
    body: bytes = json.dumps(WELCOME).encode()


def _welcome(request: Request) -> Answer:
    return Answer(body=b"ok") if request.path.startswith("/services/") else Answer()


class Receiver:
    """Keeps requests until it is closed; `answer` decides what is said to each."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.requests: list[Request] = []
        self.answer: Callable[[Request], Answer] = _welcome
        self.open = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(size)
                kind = self.headers.get("Content-Type") or ""
                request = Request(self.command, self.path, kind, body)
                receiver.requests.append(request)
                answer = receiver.answer(request)
                if answer.wait:
                    receiver.open.wait(answer.wait)
                self.close_connection = True
                if answer.status:
                    self.send_response(answer.status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(answer.body)))
                    self.send_header("Connection", "close")
                    if answer.status in range(300, 400):
                        self.send_header("Location", "/elsewhere")
                    self.end_headers()
                    self.wfile.write(answer.body)

            def do_GET(self) -> None:
                self.do_POST()

            def do_PUT(self) -> None:
                self.do_POST()

            def log_message(self, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *args: object) -> None:
                pass  # whoever asked has gone

        self.server = Server(("127.0.0.1", 0), Handler)
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port
        self.host = f"127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.open.set()
        self.server.shutdown()
        self.server.server_close()


class Local(NamedTuple):
    """A service that can be on this machine: its address, and where its text stands."""

    address: str
    text: Callable[[Request], str]


def _field(*names: str) -> Callable[[Request], str]:
    def read(request: Request) -> str:
        found = json.loads(request.body)
        return "\n".join(str(found[one]) for one in names if found.get(one))

    return read


def _form(request: Request) -> str:
    fields = parse_qs(request.body.decode(), strict_parsing=True)
    return "\n".join(fields[one][0] for one in ("title", "message"))


def _card(request: Request) -> str:
    (card,) = json.loads(request.body)["attachments"]
    return "\n".join(block["text"] for block in card["content"]["body"])


def _attachment(request: Request) -> str:
    (attachment,) = json.loads(request.body)["attachments"]
    assert attachment["title"] == ""
    return str(attachment["text"])


def _mail(request: Request) -> str:
    mail = json.loads(request.body)
    (part,) = mail["content"]
    assert part["type"] == "text/html"
    return f"{mail['personalizations'][0].get('subject') or mail['subject']}\n{part['value']}"


def _parameter(request: Request) -> str:
    return str(json.loads(request.body)["params"]["message"])


LOCAL: dict[str, Local] = {
    "json": Local("json://user:secret-of-json@{host}/path", _field("title", "message")),
    "form": Local("form://user:secret-of-form@{host}/path", _form),
    "ntfy": Local("ntfy://user:secret-of-ntfy@{host}/topic", _field("title", "message")),
    "gotify": Local("gotify://{host}/secret-of-gotify", _field("title", "message")),
    "mattermost": Local("mmost://{host}/3ccdd113474722377935511fc85d3dd4", _field("text")),
    "matrix": Local("matrix://user:secret-of-matrix@{host}/!room:acme.example?v=3", _field("body")),
    "mastodon": Local("toot://secret-of-mastodon@{host}", _field("status")),
    "rocketchat": Local("rocket://{host}/secretroom?webhook=a/b", _field("text")),
    "smseagle": Local("smseagle://secret-of-smseagle@{host}/+15551112222", _parameter),
}
"""Services that can be on this machine, by their names."""

ELSEWHERE: dict[str, Local] = {
    "slack": Local("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", _attachment),
    "discord": Local("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js", _field("content")),
    "telegram": Local("tgram://123456789:abcdefg_hijklmnop/-100123/", _field("text")),
    "googlechat": Local("gchat://workspace/key/token", _field("text")),
    "webex": Local(f"wxteams://{'a' * 80}", _field("markdown")),
    "sendgrid": Local("sendgrid://abcd123:status@acme.example/team@acme.example", _mail),
    "x": Local("x://key/secret/token/secret?mode=tweet", _field("text")),
    "teams": Local("workflows://{host}/WORKFLOWID/SIGNATURE/", _card),
}
"""Services that are in one place only, which the tests tell Apprise to be on this machine."""

_PLACES = {
    "slack": ("slack.NotifySlack", "webhook_url", "{url}/services"),
    "discord": ("discord.NotifyDiscord", "notify_url", "{url}/api/webhooks"),
    "telegram": ("telegram.NotifyTelegram", "notify_url", "{url}/bot"),
    "googlechat": ("google_chat.NotifyGoogleChat", "notify_url", "{url}/v1/spaces"),
    "sendgrid": ("sendgrid.NotifySendGrid", "notify_url", "{url}/v3/mail/send"),
    "x": ("twitter.NotifyTwitter", "twitter_tweet", "{url}/2/tweets"),
    "webex": ("webexteams.NotifyWebexTeams", "notify_url", "{url}/v1/webhooks/"),
}


def bring_here(monkeypatch: pytest.MonkeyPatch, receiver: Receiver) -> None:
    """Have Apprise take a receiver for the servers of Slack, Discord, Telegram, X and others.

    Matrix waits half a second before each request; here it does not.
    """
    for module, attribute, address in _PLACES.values():
        url = address.format(url=f"http://{receiver.host}")
        monkeypatch.setattr(f"apprise.plugins.{module}.{attribute}", url)
    monkeypatch.setattr("apprise.plugins.matrix.base.NotifyMatrix.request_rate_per_sec", 0)


FORMS = {"mastodon": Form.SOCIAL, "x": Form.SOCIAL, "smseagle": Form.SMS}
"""Of the services that are no chats."""


def told(receiver: Receiver) -> list[Request]:
    """Return the requests that tell something, in order; others log in or join rooms."""
    besides = ("/login", "/logout", "/register", "/join/", "/versions", "/joined_rooms")
    return [
        one
        for one in receiver.requests
        if one.method != "GET" and not any(part in one.path for part in besides)
    ]
