from __future__ import annotations

import base64
import json
import socket
import time
from pathlib import Path

import pytest
from hook_host import Answer, Receiver, is_signed, receiving
from hostile_mails import PAYLOADS
from mail_servers import certificates
from notify_events import CARDS, DATABASE, NOTICE, event_of, message_of, site_at

from statusgen.model import ChannelOptions, EventKind, WebhookChannel
from statusgen.notify.composing import compose
from statusgen.notify.sender import Guarantee, Post, RefusedError, UncertainError
from statusgen.notify.senders.webhook import WebhookSender

KEY = "0123456789abcdef" * 4


def channel(timeout: float = 5, *, allow_private: bool = True, url_env: str = "") -> WebhookChannel:
    return WebhookChannel(
        "hook", ChannelOptions(timeout=timeout), url_env=url_env, allow_private=allow_private
    )


def post(record: str = CARDS, kind: EventKind = EventKind.OPENED, count: int = 0) -> Post:
    return Post(KEY, "", message_of(record, kind, count=count))


def send(receiver: Receiver, *, path: str = "/hook", secrets: tuple[str, ...] = ()) -> None:
    sender = WebhookSender(
        channel(), f"http://localhost:{receiver.port}{path}", secrets, pause=lambda _: None
    )
    with sender.open():
        sender.send(post())


# ── the payload ───────────────────────────────────────────────────────────────────────────────

INCIDENT_KEYS = (
    "name status created_at updated_at monitoring_at resolved_at impact shortlink"
    " postmortem_ignored postmortem_body postmortem_body_last_updated_at postmortem_published_at"
    " postmortem_notified_subscribers postmortem_notified_twitter backfilled scheduled_for"
    " scheduled_until scheduled_remind_prior scheduled_reminded_at impact_override"
    " scheduled_auto_in_progress scheduled_auto_completed id page_id incident_updates components"
)
UPDATE_KEYS = (
    "status body created_at wants_twitter_update twitter_updated_at updated_at display_at"
    " affected_components custom_tweet deliver_notifications id incident_id"
)
COMPONENT_KEYS = (
    "status name created_at updated_at position description showcase id page_id group_id"
)
CHANGE_KEYS = "old_status new_status created_at component_type id component_id"


def test_an_incident_has_the_keys_of_statuspage_in_their_order() -> None:
    payload = json.loads(post().message.payload)
    assert list(payload) == ["meta", "page", "incident"]
    assert list(payload["meta"]) == ["unsubscribe", "documentation", "generated_at"]
    assert list(payload["page"]) == ["id", "status_indicator", "status_description"]
    incident = payload["incident"]
    assert list(incident) == INCIDENT_KEYS.split()
    assert list(incident["incident_updates"][0]) == UPDATE_KEYS.split()
    assert list(incident["components"][0]) == COMPONENT_KEYS.split()


def test_a_component_has_the_keys_of_statuspage_in_their_order() -> None:
    payload = json.loads(post(kind=EventKind.COMPONENT, count=1).message.payload)
    assert list(payload) == ["meta", "page", "component", "component_update"]
    assert list(payload["component"]) == COMPONENT_KEYS.split()
    assert list(payload["component_update"]) == CHANGE_KEYS.split()
    assert payload["component"]["name"] == "Cards"
    update = payload["component_update"]
    assert (update["old_status"], update["new_status"]) == ("operational", "major_outage")
    assert update["component_id"] == payload["component"]["id"]


def test_ids_and_texts_are_those_of_the_api() -> None:
    event = event_of(CARDS, EventKind.POSTMORTEM)
    payload = json.loads(compose(site_at(event.at), event).payload)["incident"]
    assert payload["id"] == event.record.code
    assert [one["id"] for one in payload["incident_updates"]] == [
        one.id for one in reversed(event.record.updates)
    ]
    assert payload["status"] == "postmortem"
    assert payload["postmortem_body"].startswith("### Cause")
    assert payload["postmortem_published_at"] == "2026-11-23T10:00:00.000+01:00"
    assert payload["resolved_at"] == "2026-11-21T12:02:00.000+01:00"


def test_a_maintenance_has_its_window_and_a_reminder_its_moment() -> None:
    payload = json.loads(post(DATABASE, EventKind.REMINDER).message.payload)["incident"]
    assert payload["scheduled_for"] == "2026-12-01T23:00:00.000+01:00"
    assert payload["scheduled_reminded_at"] == "2026-12-01T22:00:00.000+01:00"
    assert payload["status"] == "scheduled"


def test_a_notice_is_nothing_that_a_receiver_would_count_as_open() -> None:
    payload = json.loads(post(NOTICE, EventKind.NOTICE).message.payload)["incident"]
    assert {payload["status"], *(one["status"] for one in payload["incident_updates"])} == {
        "resolved"
    }


def test_an_exercise_says_so_in_the_name() -> None:
    event = event_of(CARDS, EventKind.OPENED)
    payload = json.loads(compose(site_at(event.at), event, "[DRILL]").payload)
    assert payload["incident"]["name"] == "[DRILL] Card payments fail for some customers"


# ── the signature ─────────────────────────────────────────────────────────────────────────────


def test_a_request_is_signed_with_every_key_and_has_the_key_of_its_post() -> None:
    new, old = "a new key of thirty-two characters", "an old one"
    with receiving() as receiver:
        send(receiver, secrets=(new, old))
    (request,) = receiver.requests
    now = time.time()
    assert is_signed(request, new.encode(), now)
    assert is_signed(request, old.encode(), now)
    assert not is_signed(request, b"another", now)
    assert not is_signed(request._replace(body=request.body + b" "), new.encode(), now)
    assert not is_signed(request, new.encode(), now + 301)
    assert request.headers["idempotency-key"] == request.headers["webhook-id"] == KEY
    assert request.body == post().message.payload


def test_a_key_in_the_form_of_standard_webhooks_is_its_bytes() -> None:
    key = bytes(range(32))
    with receiving() as receiver:
        send(receiver, secrets=(f"whsec_{base64.b64encode(key).decode()}",))
    assert is_signed(receiver.requests[0], key, time.time())


def test_without_a_key_nothing_is_signed() -> None:
    with receiving() as receiver:
        send(receiver)
    assert "webhook-signature" not in receiver.requests[0].headers


# ── answers ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_it_has_arrived_where_the_answer_says_so(status: int) -> None:
    with receiving() as receiver:
        receiver.answers.append(Answer(status))
        send(receiver)


@pytest.mark.parametrize(
    ("status", "is_passing"),
    [
        *((one, True) for one in (408, 425, 429, 500, 502, 503, 504)),
        *((one, False) for one in (400, 401, 404, 410, 413)),
    ],
)
def test_a_refusal_is_passing_or_lasting_as_its_status_says(
    status: int, *, is_passing: bool
) -> None:
    with receiving() as receiver:
        receiver.answers.append(Answer(status))
        with pytest.raises(RefusedError, match=f"localhost answered {status}") as raised:
            send(receiver)
    assert raised.value.is_passing is is_passing
    assert WebhookSender(channel(), "http://x").guarantee is Guarantee.AT_LEAST_ONCE


def test_a_busy_receiver_gets_it_after_the_pause_that_it_asks_for() -> None:
    pauses: list[float] = []
    with receiving() as receiver:
        receiver.answers.append(Answer(429, {"Retry-After": "2"}))
        sender = WebhookSender(channel(), f"http://localhost:{receiver.port}/", pause=pauses.append)
        with sender.open():
            sender.send(post())
    assert pauses == [2]
    assert len(receiver.requests) == 2


@pytest.mark.parametrize(
    "wait", ["3", "3600", "Wed, 21 Oct 2026 07:28:00 GMT", "-1", "soon", "\u0663"]
)
def test_nobody_waits_longer_than_the_limit_or_for_what_is_no_number(wait: str) -> None:
    with receiving() as receiver:
        receiver.answers.append(Answer(503, {"Retry-After": wait.encode().decode("latin-1")}))
        with pytest.raises(RefusedError):
            send(receiver)
    assert len(receiver.requests) == 1


def test_a_redirect_on_the_same_host_is_followed_with_the_whole_request() -> None:
    with receiving() as receiver:
        receiver.answers.append(Answer(308, {"Location": "/other?x=1"}))
        send(receiver)
    first, second = receiver.requests
    assert second.path == "/other?x=1"
    assert first.body == second.body


@pytest.mark.parametrize(
    ("status", "location"),
    [
        (302, "/other"),
        (303, "/other"),
        (307, "http://evil.example/"),
        (307, "http://127.0.0.1:1/"),
        (308, "https://localhost/"),
        (307, "file:///etc/passwd"),
        (307, "//evil.example/"),
        (307, "http://["),
        (308, "http://127.0.0.1:99999/"),
        (304, ""),
    ],
)
def test_a_redirect_to_elsewhere_is_refused(status: int, location: str) -> None:
    with receiving() as receiver:
        receiver.answers.append(Answer(status, {"Location": location}))
        with pytest.raises(RefusedError, match="elsewhere") as raised:
            send(receiver)
    assert not raised.value.is_passing
    assert len(receiver.requests) == 1


def test_redirects_end() -> None:
    with receiving() as receiver:
        receiver.answers += [Answer(307, {"Location": "/again"})] * 10
        with pytest.raises(RefusedError, match="circle"):
            send(receiver)


def test_a_receiver_that_hangs_up_or_does_not_answer_is_uncertain() -> None:
    with receiving() as receiver:
        receiver.answers.append(Answer(0))
        with pytest.raises(UncertainError):
            send(receiver)
        receiver.answers.append(Answer(200, after=1))
        sender = WebhookSender(channel(0.2), f"http://localhost:{receiver.port}/")
        with sender.open(), pytest.raises(UncertainError, match="did not answer"):
            sender.send(post())


def test_no_receiver_at_all_is_passing() -> None:
    with receiving() as receiver:
        pass
    with pytest.raises(RefusedError) as raised:
        send(receiver)
    assert raised.value.is_passing


# ── where it goes ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "x.localhost", "127.0.0.1", "127.1", "2130706433", "0x7f.1", "0.0.0.0"),  # noqa: S104 (refused)
        *("169.254.169.254", "10.0.0.1", "192.168.1.1", "172.16.0.1", "100.64.0.1"),
        *("[::1]", "[::ffff:127.0.0.1]", "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]"),
    ],
)
def test_a_private_address_is_refused(host: str) -> None:
    sender = WebhookSender(channel(allow_private=False), f"http://{host}/latest/meta-data")
    with pytest.raises(RefusedError, match="private") as raised, sender.open():
        pass
    assert not raised.value.is_passing


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "gopher://x/", "http://", "x", "http://a:b/"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedError), WebhookSender(channel(), url).open():
        pass


def test_a_name_that_changes_after_it_was_looked_at_leads_nowhere_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolved = socket.getaddrinfo
    asked = []

    def once(name: str, port: int, *_: object, **__: object) -> object:
        asked.append(name)
        good = "127.0.0.1" if len(asked) == 1 or name == "127.0.0.1" else "10.9.9.9"
        return resolved(good, port, type=socket.SOCK_STREAM)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    with receiving() as receiver:
        sender = WebhookSender(channel(), f"http://rebinding.example:{receiver.port}/")
        with sender.open():
            sender.send(post())
            sender.send(post())
    assert [one.headers["host"] for one in receiver.requests] == [
        f"rebinding.example:{receiver.port}"
    ] * 2
    assert asked.count("rebinding.example") == 1


def test_a_certificate_is_the_name_s_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = certificates(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(known.authority))
    with receiving(known.server) as receiver:
        sender = WebhookSender(channel(), f"https://localhost:{receiver.port}/")
        with sender.open():
            sender.send(post())
        other = WebhookSender(channel(), f"https://127.0.0.1:{receiver.port}/")
        with other.open(), pytest.raises(RefusedError) as raised:
            other.send(post())
    assert raised.value.is_passing
    assert len(receiver.requests) == 1


def test_a_secret_address_and_keys_stand_in_no_reason_and_no_preview() -> None:
    secret = "T0123/B456/abcdefghij"  # noqa: S105 (the canary)
    with receiving() as receiver:
        receiver.answers.append(Answer(404))
        url = f"http://localhost:{receiver.port}/services/{secret}?token=canary"
        sender = WebhookSender(channel(url_env="HOOK"), url, ("the signing key",))
        with sender.open(), pytest.raises(RefusedError) as raised:
            sender.send(post())
        shown = sender.preview(post())
    broken = WebhookSender(channel(url_env="HOOK"), f"http://127.0.0.1:1/{secret}")
    with broken.open(), pytest.raises(RefusedError) as unreachable:
        broken.send(post())
    for text in (raised.value.reason, unreachable.value.reason, shown):
        assert not any(one in text for one in (secret, "canary", "the signing key"))
    assert "POST http://localhost/***" in shown
    assert '"name":"Card payments fail for some customers"' in shown


# ── whatever was written ──────────────────────────────────────────────────────────────────────


def test_hostile_texts_arrive_as_they_were_written() -> None:
    event = event_of(CARDS, EventKind.OPENED)
    site = site_at(event.at)
    with receiving() as receiver:
        sender = WebhookSender(channel(), f"http://localhost:{receiver.port}/", ("key",))
        with sender.open():
            for number, payload in enumerate(PAYLOADS):
                record = event.record._replace(id="elsewhere", title=payload)
                message = compose(site, event._replace(record=record))
                sender.send(Post(f"{number:064}", "", message))
    now = time.time()
    assert [json.loads(one.body)["incident"]["name"] for one in receiver.requests] == [*PAYLOADS]
    assert all(is_signed(one, b"key", now) for one in receiver.requests)
    assert len({one.headers["idempotency-key"] for one in receiver.requests}) == len(PAYLOADS)
