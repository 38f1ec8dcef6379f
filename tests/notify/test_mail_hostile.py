"""Whatever stands in a title or a text arrives as text, at the server that takes the mail."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from hostile_mails import PAYLOADS
from mail_servers import Arrived, mail_server
from notify_events import CARDS, event_of, site_at

from statusgen.model import EventKind, MailChannel
from statusgen.notify.composing import compose
from statusgen.notify.message import Message
from statusgen.notify.sender import Post
from statusgen.notify.senders.mail import MailSender

_HEADERS = (
    *("From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "List-Id"),
    *("Auto-Submitted", "X-Auto-Response-Suppress", "Precedence", "Content-Language"),
    *("MIME-Version", "Content-Type"),
)
_ELEMENTS = frozenset(
    {
        *("html", "head", "meta", "title", "style", "body", "div", "table", "tbody", "tr", "td"),
        *("p", "h1", "h3", "h4", "h5", "h6", "a", "bdi", "br", "hr", "ul", "ol", "li", "pre"),
        *("code", "em", "strong", "del", "blockquote", "thead", "th"),
    }
)
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def hostile(payload: str) -> Message:
    """Return a message in which everything that somebody can write is the payload."""
    event = event_of(CARDS, EventKind.OPENED)
    site = site_at(event.at)
    record = next(one for one in site.history.records if one.id == CARDS)
    update = record.updates[-1]._replace(text=payload)
    told = record._replace(title=payload, updates=(update,))
    message = compose(site, event._replace(record=told._replace(id="elsewhere"), update=update))
    facts = tuple(one._replace(label=payload, value=payload) for one in message.facts)
    return replace(message, page=payload, state=payload, facts=facts)


class Mail(NamedTuple):
    """A mail as it came, and what a program makes of it."""

    arrived: Arrived
    parsed: EmailMessage
    plain: str
    html: str


@pytest.fixture(scope="module")
def mails() -> list[Mail]:
    channel = MailChannel("mail", "localhost", "status@acme.example", security="none")
    with mail_server() as inbox:
        sender = MailSender(channel._replace(port=inbox.port))
        with sender.open():
            for number, payload in enumerate(PAYLOADS):
                sender.send(Post(f"{number:064}", "reader@customer.example", hostile(payload)))
    return [read(one) for one in inbox.mails]


def read(arrived: Arrived) -> Mail:
    found = message_from_bytes(arrived.raw, policy=default)
    assert isinstance(found, EmailMessage)
    plain, html = found.iter_parts()
    return Mail(arrived, found, plain.get_content(), html.get_content())


class Document(HTMLParser):
    """The elements of a document with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def test_there_are_more_than_a_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) > 100


def test_each_arrives_once_for_the_one_recipient(mails: list[Mail]) -> None:
    assert len(mails) == len(PAYLOADS)
    assert {(one.arrived.sender, *one.arrived.recipients) for one in mails} == {
        ("status@acme.example", "reader@customer.example")
    }


def test_no_header_comes_in_or_is_longer_than_a_line_may_be(mails: list[Mail]) -> None:
    for mail in mails:
        assert tuple(mail.parsed.keys()) == _HEADERS
        assert all(len(line) <= 998 for line in mail.arrived.raw.split(b"\r\n"))
        head = mail.arrived.raw.partition(b"\r\n\r\n")[0]
        assert all(len(line) <= 78 for line in head.split(b"\r\n"))
        assert mail.arrived.raw.isascii()
        assert b"\n" not in mail.arrived.raw.replace(b"\r\n", b"")
        assert b"\r" not in mail.arrived.raw.replace(b"\r\n", b"")


def test_the_subject_is_one_line_of_text(mails: list[Mail]) -> None:
    for mail in mails:
        subject = mail.parsed["Subject"]
        assert len(subject) <= 200
        assert subject.isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", subject)
        assert not _TURNS.search(subject)


def test_there_are_two_parts_and_no_more(mails: list[Mail]) -> None:
    for mail in mails:
        kinds = [part.get_content_type() for part in mail.parsed.walk()]
        assert kinds == ["multipart/alternative", "text/plain", "text/html"]
        assert not [part.defects for part in mail.parsed.walk() if part.defects]


def test_the_document_has_only_elements_and_addresses_that_are_ours(mails: list[Mail]) -> None:
    for mail in mails:
        document = Document(mail.html)
        for tag, attributes in document.elements:
            assert tag in _ELEMENTS
            assert not any(name.startswith("on") or name == "src" for name in attributes)
            assert "url(" not in (attributes.get("style") or "")
            address = attributes.get("href")
            assert address is None or re.match(r"(?:https?://|mailto:)", address)
        assert sum(tag == "h1" for tag, _ in document.elements) == 1


def test_nothing_turns_the_direction_of_what_stands_around_it(mails: list[Mail]) -> None:
    for mail in mails:
        assert not _TURNS.search(mail.html)
        assert not _TURNS.search(mail.plain)


@pytest.mark.parametrize(
    "payload",
    ["<script>alert(1)</script>", "{{7*7}}", "$title", "%(state)s", "&#60;script&#62;", ".", "@x"],
)
def test_what_was_written_can_be_read(payload: str) -> None:
    message = hostile(payload)
    assert message.title == payload
    channel = MailChannel("mail", "localhost", "status@acme.example")
    preview = MailSender(channel).preview(Post("0" * 64, "a@b.example", message))
    assert f"{payload}: {payload}" in preview
