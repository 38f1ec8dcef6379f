"""An incident from its first word to its postmortem, and a maintenance, as they arrive."""

from __future__ import annotations

import pytest
from golden_messages import FOLDER, READER, SENDER, WAY_OUT, GoldenMessage, golden_messages
from hook_host import receiving
from mail_servers import mail_server

from statusgen.model import MailChannel, WebhookChannel
from statusgen.notify.senders.mail import MailSender
from statusgen.notify.senders.webhook import WebhookSender


@pytest.fixture(scope="module")
def course() -> list[GoldenMessage]:
    return list(golden_messages())


def test_the_mails_arrive_byte_for_byte_as_they_are_kept(course: list[GoldenMessage]) -> None:
    with mail_server() as inbox:
        channel = MailChannel(
            "mail", "localhost", SENDER, port=inbox.port, security="none", subscribers=True
        )
        sender = MailSender(channel, unsubscribe_of=lambda _: WAY_OUT)
        with sender.open():
            for one in course:
                sender.send(one.post)
    for one, arrived in zip(course, inbox.mails, strict=True):
        assert arrived.recipients == [READER]
        assert arrived.raw == one.mail.read_bytes(), one.name


def test_the_payloads_arrive_byte_for_byte_as_they_are_kept(course: list[GoldenMessage]) -> None:
    with receiving() as receiver:
        channel = WebhookChannel("hook", allow_private=True)
        sender = WebhookSender(channel, f"http://127.0.0.1:{receiver.port}/")
        with sender.open():
            for one in course:
                sender.send(one.post)
    for one, request in zip(course, receiver.requests, strict=True):
        assert request.body == one.payload.read_bytes(), one.name


def test_nothing_is_kept_that_does_not_arrive(course: list[GoldenMessage]) -> None:
    kept = {path for path in FOLDER.rglob("*") if path.is_file()}
    assert kept == {path for one in course for path in (one.mail, one.payload)}
