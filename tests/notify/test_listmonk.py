from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from listmonk_host import LEAVE, TOKEN, USER, Listmonk, listmonk
from notify_events import CARDS, message_of

from statusgen.model import ChannelOptions, EventKind, ListmonkChannel
from statusgen.notify.message import Message
from statusgen.notify.sender import Guarantee, Post, RefusedError, UncertainError
from statusgen.notify.senders.listmonk import ListmonkSender

ROOT = Path(__file__).parents[2]
KEY = "a1" * 32


@pytest.fixture
def host() -> Iterator[Listmonk]:
    with listmonk() as one:
        yield one


def channel_of(url: str, **fields: object) -> ListmonkChannel:
    one = ListmonkChannel("list", url, "U", "T", ChannelOptions(timeout=5), lists=(3,))
    return one._replace(**fields)  # type: ignore[arg-type]  # fields as a test names them


def post_of(message: Message | None = None, key: str = KEY) -> Post:
    return Post(key, "", message or message_of(CARDS, EventKind.OPENED))


def send(host: Listmonk, post: Post, user: str = USER, token: str = TOKEN) -> None:
    sender = ListmonkSender(channel_of(host.url), user, token)
    with sender.open():
        sender.send(post)


class Shown(HTMLParser):
    """The text of a document, and the addresses of its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.links, self.tags = "", list[str](), list[str]()
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]


def test_an_event_is_a_campaign_that_runs(host: Listmonk) -> None:
    message = message_of(CARDS, EventKind.OPENED)
    send(host, post_of(message))
    (campaign,) = host.campaigns.values()
    assert campaign["status"] == "running"
    assert campaign["lists"] == [3]
    assert campaign["tags"] == ["statusgen", KEY]
    (mail,) = host.sent
    assert mail["subject"] == f"[{message.page}] {message.headline}"
    shown = Shown(mail["body"])
    assert message.title in shown.text
    assert message.link in shown.links
    assert message.plain.split("\n")[0] in mail["altbody"]
    assert mail["altbody"].rstrip().endswith(LEAVE)


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_it_is_in_the_language_of_the_channel(host: Listmonk, language: str) -> None:
    message = message_of(CARDS, EventKind.RESOLVED, language)
    send(host, post_of(message))
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<div lang="{language}" dir="{direction}">' in host.sent[0]["body"]
    assert message.phrases.follow in host.sent[0]["altbody"]


def test_it_is_told_once_however_often_it_is_asked_for(host: Listmonk) -> None:
    for _ in range(3):
        send(host, post_of())
    assert (len(host.campaigns), len(host.sent)) == (1, 1)
    send(host, post_of(key="b2" * 32))
    assert len(host.sent) == 2


@pytest.mark.parametrize("status", ["running", "finished", "paused", "cancelled", "scheduled"])
def test_what_the_operator_has_decided_in_listmonk_stays(host: Listmonk, status: str) -> None:
    host.add(name="x", tags=[KEY]).update(status=status)
    send(host, post_of())
    assert host.campaigns[1]["status"] == status
    assert not host.sent


def test_a_server_that_ignores_the_filter_gets_no_second_campaign(host: Listmonk) -> None:
    host.knows_filter = False
    for number in range(12):
        send(host, post_of(key=f"{number:064d}"))
    send(host, post_of(key=f"{0:064d}"))
    assert len(host.sent) == 12


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("fault", ["lost", "deaf", 500])
def test_an_answer_that_is_lost_makes_no_second_mail(
    host: Listmonk, at: int, fault: int | str
) -> None:
    host.faults = [*[None] * at, fault]
    with pytest.raises(RefusedError if isinstance(fault, int) else UncertainError):
        send(host, post_of())
    send(host, post_of())
    send(host, post_of())
    assert len(host.sent) == 1


@pytest.mark.parametrize("request_", [1, 2, 3])
def test_a_notifier_that_is_killed_at_any_request_makes_no_second_mail(
    host: Listmonk, request_: int
) -> None:
    program = (
        "import sys; sys.path[:0] = ['tests', 'tests/samples', 'tests/servers', 'tests/tools']\n"
        "from notify.test_listmonk import post_of, send\n"
        "from listmonk_host import Listmonk\n"
        f"send(Listmonk(url={host.url!r}), post_of())\n"
    )
    children: list[subprocess.Popen[bytes]] = []

    def kill(number: int) -> None:
        if number == request_:
            os.kill(children[0].pid, signal.SIGKILL)

    host.seen = kill
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=environment) as child:
        children.append(child)
        assert child.wait() == -signal.SIGKILL
    host.seen = lambda _: None
    send(host, post_of())
    assert len(host.sent) == 1


def test_a_second_draft_of_a_late_request_is_never_started(host: Listmonk) -> None:
    host.faults = [None, "lost"]
    with pytest.raises(UncertainError):
        send(host, post_of())
    copy = dict(host.campaigns[1])
    send(host, post_of())
    host.campaigns[2] = {**copy, "id": 2, "status": "draft"}
    send(host, post_of())
    assert len(host.sent) == 1
    assert host.campaigns[2]["status"] == "draft"


@pytest.mark.parametrize(
    "text",
    [
        *("{{ .Subscriber.Email }}", "{{", "{{{{ }}", "}} {{ end }}", "{{/* */}}", "{ { } }"),
        '{{ "x" }} {{define "y"}}',
        "{{ Safe (printf `%s` .) }}",
        "<script>alert(1)</script>",
        "https://acme.example/@TrackLink",
    ],
)
def test_what_somebody_wrote_is_no_template(host: Listmonk, text: str) -> None:
    plain = message_of(CARDS, EventKind.OPENED)
    escaped = text.replace("<", "&lt;").replace(">", "&gt;")
    hostile = replace(
        plain, title=text, headline=f"Investigating: {text}", plain=text, html=f"<p>{escaped}</p>"
    )
    send(host, post_of(hostile))
    (mail,) = host.sent
    got = {name: part.replace("\N{ZERO WIDTH SPACE}", "") for name, part in mail.items()}
    assert text in got["subject"]
    assert text in got["altbody"]
    shown = Shown(got["body"])
    assert shown.text.count(text) == 2
    assert "script" not in shown.tags
    assert "@TrackLink" not in mail["body"] + mail["altbody"]


def test_a_drill_says_so_everywhere(host: Listmonk) -> None:
    drill = replace(message_of(CARDS, EventKind.OPENED), watermark="DRILL")
    send(host, post_of(drill))
    assert all(part.index("DRILL") < 250 for part in host.sent[0].values())


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (403, "knows no such API user and token, or the user may not manage campaigns (403)"),
        (500, "answered 500: it is not to be"),
        (404, "answered 404: it is not to be"),
    ],
)
def test_a_refusal_is_told_in_a_sentence_and_may_pass(
    host: Listmonk, fault: int, reason: str
) -> None:
    host.faults = [fault]
    with pytest.raises(RefusedError) as refused:
        send(host, post_of())
    assert refused.value.reason == f"127.0.0.1 {reason}"
    assert refused.value.is_passing


def test_a_list_that_there_is_not_is_told_in_listmonks_words(host: Listmonk) -> None:
    sender = ListmonkSender(channel_of(host.url, lists=(99,)), USER, TOKEN)
    with sender.open(), pytest.raises(RefusedError, match=r"400: Invalid list IDs\."):
        sender.send(post_of())


@pytest.mark.parametrize(("user", "token"), [(USER, "wrong-canary"), ("wrong-canary", TOKEN)])
def test_nobody_is_let_in_with_another_token_and_none_is_repeated(
    host: Listmonk, user: str, token: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        send(host, post_of(), user, token)
    assert "canary" not in refused.value.reason
    assert not host.campaigns


def test_a_server_that_is_not_there_is_a_refusal(host: Listmonk) -> None:
    sender = ListmonkSender(channel_of("http://127.0.0.1:9"), USER, TOKEN)
    with sender.open(), pytest.raises(RefusedError, match=r"127\.0\.0\.1: "):
        sender.send(post_of())


def test_something_else_at_that_address_is_a_refusal(host: Listmonk) -> None:
    sender = ListmonkSender(channel_of(f"{host.url}/elsewhere"), USER, TOKEN)
    with sender.open(), pytest.raises(RefusedError, match="answered 404: Not Found"):
        sender.send(post_of())


def test_a_preview_is_the_campaign_and_has_no_secret(host: Listmonk) -> None:
    sender = ListmonkSender(channel_of(host.url, template=7), USER, TOKEN)
    said = sender.preview(post_of())
    assert said.startswith(f"POST {host.url}/api/campaigns\n")
    assert '"template_id": 7' in said
    assert "canary" not in said
    assert not host.requests
    assert sender.guarantee is Guarantee.AT_LEAST_ONCE
