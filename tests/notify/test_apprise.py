"""One service through Apprise: what is certain, what is not, and that no address is told."""

from __future__ import annotations

import logging
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import trustme
from chat_receiver import ELSEWHERE, FORMS, LOCAL, Answer, Receiver, bring_here, told
from sample_messages import IN_LANGUAGES, LINK, message

from statusgen.model import AppriseChannel, ChannelOptions, EventKind, Form
from statusgen.notify.sender import Guarantee, Post, RefusedError, UncertainError
from statusgen.notify.senders.apprise import AppriseSender

POST = Post("key", "", message())


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    one = Receiver()
    yield one
    one.close()


def sender(address: str, form: Form = Form.CHAT, timeout: float = 5) -> AppriseSender:
    return AppriseSender(
        AppriseChannel("team", "CHAT_URL", ChannelOptions(timeout=timeout), form), address
    )


def send(address: str, post: Post = POST, timeout: float = 5) -> None:
    one = sender(address, timeout=timeout)
    with one.open():
        one.send(post)


def closed_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_nobody_sends_twice_what_cannot_be_told_apart() -> None:
    assert sender("json://localhost").guarantee is Guarantee.AT_MOST_ONCE


PASSING = (408, 429, 500, 502, 503)
LASTING = (301, 307, 400, 401, 403, 404, 410)


@pytest.mark.parametrize("status", [*PASSING, *LASTING])
def test_a_status_that_refuses_is_certain(status: int, receiver: Receiver) -> None:
    receiver.answer = lambda _: Answer(status)
    with pytest.raises(RefusedError, match=rf"^JSON answered {status} \(") as refused:
        send(f"json://{receiver.host}")
    assert refused.value.is_passing == (status in PASSING)
    assert len(receiver.requests) == 1


def test_a_gateway_that_waited_in_vain_leaves_it_uncertain(receiver: Receiver) -> None:
    receiver.answer = lambda _: Answer(504)
    with pytest.raises(UncertainError, match=r"^JSON answered 504 \(Gateway Timeout\)$"):
        send(f"json://{receiver.host}")


def test_nobody_listening_is_certain() -> None:
    with pytest.raises(RefusedError, match=r"^JSON cannot be reached$") as refused:
        send(f"json://127.0.0.1:{closed_port()}")
    assert refused.value.is_passing


def test_a_name_without_an_address_is_certain() -> None:
    with pytest.raises(
        RefusedError, match=r"^JSON cannot be reached: the name of its host is not found$"
    ) as refused:
        send("json://nowhere.invalid")
    assert refused.value.is_passing


def test_a_certificate_that_does_not_hold_is_certain(tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    secure = Receiver(context)
    try:
        with pytest.raises(RefusedError, match=r"^JSON has no certificate that holds$"):
            send(f"jsons://{secure.host}")
    finally:
        secure.close()
    assert secure.requests == []


def test_no_answer_within_the_time_is_uncertain(receiver: Receiver) -> None:
    receiver.answer = lambda _: Answer(wait=10)
    began = time.monotonic()
    with pytest.raises(UncertainError, match=r"^JSON did not answer in time$"):
        send(f"json://{receiver.host}", timeout=0.3)
    assert time.monotonic() - began < 5


def test_a_connection_that_breaks_after_the_request_is_uncertain(receiver: Receiver) -> None:
    receiver.answer = lambda _: Answer(0)
    with pytest.raises(UncertainError, match=r"^JSON broke the connection off before it answered$"):
        send(f"json://{receiver.host}")


def test_what_a_service_says_no_to_in_a_good_answer_is_uncertain(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_here(monkeypatch, receiver)
    receiver.answer = lambda _: Answer(200, body=b"no_such_hook")
    with pytest.raises(UncertainError, match=r"^Slack answered 200 \(OK\), which Apprise takes"):
        send(ELSEWHERE["slack"].address)


def test_one_of_two_rooms_that_refuses_leaves_it_uncertain(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_here(monkeypatch, receiver)
    receiver.answer = lambda request: Answer(404 if "two" in request.path else 200)
    with pytest.raises(UncertainError, match=r"^Matrix took it for some only; of another it "):
        send(f"matrix://user:secret@{receiver.host}/!one:a.example/!two:a.example?v=3")
    assert len([one for one in told(receiver) if "/send/" in one.path]) == 1


def test_one_that_hangs_does_not_keep_another_waiting(receiver: Receiver) -> None:
    receiver.answer = lambda request: Answer(wait=30 if "slow" in request.path else 0)

    def hang() -> None:
        with suppress(UncertainError):
            send(f"json://{receiver.host}/slow", timeout=30)

    slow = threading.Thread(target=hang, daemon=True)
    slow.start()
    began = time.monotonic()
    send(f"json://{receiver.host}/quick")
    assert time.monotonic() - began < 5
    assert slow.is_alive()


def test_after_its_time_nothing_more_is_sent(receiver: Receiver) -> None:
    receiver.answer = lambda request: Answer(wait=0.5 if "login" in request.path else 0)
    with pytest.raises((UncertainError, RefusedError)):
        send(LOCAL["matrix"].address.format(host=receiver.host), timeout=0.2)
    time.sleep(0.6)
    assert told(receiver) == []


@pytest.mark.parametrize("address", ["", "nonsense", "json://", "slack://x", "nosuch://x/y"])
def test_an_address_that_apprise_cannot_read_is_a_lasting_failure(address: str) -> None:
    with pytest.raises(RefusedError, match=r"^Apprise cannot read the address$") as refused:
        send(address)
    assert not refused.value.is_passing


def test_an_address_cannot_ask_for_more_attempts_or_other_texts(receiver: Receiver) -> None:
    receiver.answer = lambda _: Answer(503)
    options = "?retry=3&wait=0.1&optional=yes&format=markdown&overflow=split&emojis=yes"
    with pytest.raises(RefusedError):
        send(f"json://{receiver.host}/path{options}", Post("key", "", message(":smile: *x*")))
    (request,) = receiver.requests
    assert ":smile: *x*" in LOCAL["json"].text(request)


@pytest.mark.parametrize("name", LOCAL)
@pytest.mark.parametrize(
    "answer",
    [Answer(403), Answer(500), Answer(0), Answer(wait=10), Answer(body=b"<")],
    ids=["refused", "broken", "gone", "hanging", "nonsense"],
)
def test_no_secret_is_told_or_logged(
    name: str, answer: Answer, receiver: Receiver, heard: Callable[[], str]
) -> None:
    receiver.answer = lambda _: answer
    one = sender(LOCAL[name].address.format(host=receiver.host), timeout=0.3)
    reasons = [one.preview(POST)]
    try:
        with one.open():
            one.send(POST)
    except (RefusedError, UncertainError) as error:
        reasons += [error.reason, str(error)]
    for text in (*reasons, heard()):
        for secret in ("secret", "3ccdd113474722377935511fc85d3dd4", receiver.host):
            assert secret not in text


@pytest.fixture
def heard(
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    receiver: Receiver,
) -> Callable[[], str]:
    """Return what was printed and logged so far; Matrix does not wait."""
    bring_here(monkeypatch, receiver)
    caplog.set_level(logging.WARNING)
    return lambda: "".join((caplog.text, *capfd.readouterr()))


# ── what arrives ──────────────────────────────────────────────────────────────────────────────

EXPECTED = Path(__file__).parent / "golden" / "chats"
SHOWN_AS = {
    **dict.fromkeys(("form", "gotify", "json", "matrix", "ntfy", "slack"), "plain"),
    **dict.fromkeys(("discord", "mattermost"), "markdown"),
    **dict.fromkeys(("teams", "webex"), "card"),
    **dict.fromkeys(("googlechat", "rocketchat"), "unknown"),
    "telegram": "html",
    **dict.fromkeys(("mastodon", "x"), "social"),
    "smseagle": "sms",
}


@pytest.mark.parametrize("language", IN_LANGUAGES)
@pytest.mark.parametrize("name", SHOWN_AS)
def test_what_arrives_is_what_is_expected(
    name: str,
    language: str,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
    tls: Callable[[], Receiver],
) -> None:
    bring_here(monkeypatch, receiver)
    there = tls() if name == "teams" else receiver
    service = (LOCAL | ELSEWHERE)[name]
    one = sender(service.address.format(host=there.host), FORMS.get(name, Form.CHAT))
    post = Post("key", "", IN_LANGUAGES[language])
    with one.open():
        one.send(post)
    (request,) = told(there)
    expected = EXPECTED / language / f"{SHOWN_AS[name]}.txt"
    arrived = service.text(request).replace("\r\n", "\n")  # as Telegram has them
    assert arrived.encode() == expected.read_bytes()


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Receiver]]:
    """Return a function that opens a receiver whose certificate holds for this test."""
    opened: list[Receiver] = []

    def make() -> Receiver:
        authority = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
        opened.append(Receiver(context))
        return opened[0]

    yield make
    for one in opened:
        one.close()


def test_nothing_is_fetched_from_others(receiver: Receiver) -> None:
    send(f"json://{receiver.host}")
    send(LOCAL["mattermost"].address.format(host=receiver.host))
    for request in receiver.requests:
        assert b"github" not in request.body
        assert b"apprise" not in request.body.lower()


@pytest.mark.parametrize(
    ("kind", "type_"), [(EventKind.OPENED, "failure"), (EventKind.RESOLVED, "success")]
)
def test_what_is_open_and_what_is_over_have_their_colours(
    kind: EventKind, type_: str, receiver: Receiver
) -> None:
    send(f"json://{receiver.host}", Post("key", "", message(kind=kind)))
    (request,) = receiver.requests
    assert f'"type": "{type_}"'.encode() in request.body


def test_a_preview_is_the_text_that_is_sent_below_the_name_of_the_service(
    receiver: Receiver,
) -> None:
    one = sender(f"json://user:secret@{receiver.host}/path")
    preview = one.preview(POST)
    assert receiver.requests == []
    with one.open():
        one.send(POST)
    (request,) = receiver.requests
    title, _, body = LOCAL["json"].text(request).partition("\n")
    assert preview == f"JSON\n\n{title}\n\n{body}"


def test_a_preview_needs_no_address() -> None:
    preview = sender("").preview(POST)
    assert preview.startswith("CHAT_URL: Apprise cannot read the address\n\n[Acme] Investigating")
    assert preview.endswith(LINK)


@pytest.mark.parametrize("form", [Form.CHAT, Form.SOCIAL, Form.SMS])
def test_where_the_extra_is_not_it_is_named(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("apprise", "wcwidth"):
        monkeypatch.setitem(sys.modules, name, None)
    one = sender("json://localhost", form)
    with pytest.raises(RefusedError, match=r"pip install 'statusgen\[notify\]'"), one.open():
        pass
    assert "pip install 'statusgen[notify]'" in one.preview(Post("key", "", message("x" * 999)))


def test_a_preview_of_a_text_message_counts_its_segments() -> None:
    one = sender("", Form.SMS)
    assert "(segments: 1, GSM 03.38)" in one.preview(POST)
    assert "(segments: 2, UCS-2)" in one.preview(Post("key", "", IN_LANGUAGES["ar"]))
