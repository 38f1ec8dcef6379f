"""A message as mail, byte for byte: the same event for the same recipient is always the same mail.

Mails of one incident hang together, and lists and their software know what they are. Headers are
written here and not by `email`, which takes what looks encoded in a text for its own and so lets
line breaks through; all that somebody wrote passes `single_line` and is encoded once.
"""

from __future__ import annotations

import base64
import hashlib
import re
from binascii import b2a_qp
from collections.abc import Iterator
from datetime import UTC
from email.headerregistry import Address
from email.utils import format_datetime
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from statusgen.notify.forms.cutting import single_line
from statusgen.notify.forms.escaping import beginning_of, text_of
from statusgen.notify.forms.mail_html import LONGEST_VALUE, html_of
from statusgen.notify.message import Message
from statusgen.notify.subscribers.unsubscribe_links import NO_UNSUBSCRIBE, Unsubscribe

_LONGEST_NAME = 80
_LONGEST_LINK = 900
_WIDTH = 76
_WORD_BYTES = 42  # of a text in one encoded word, which may have 75 characters with all around it
_FOLD = "\r\n "
_MOSTLY = 4  # one character of so many outside ASCII makes base64 the shorter encoding
_PLAIN = re.compile(r"[ -~]*")
_ATOMS = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+")
_ADDRESS = r"[^\s@<>\"(),:;\\[\]]+@[^\s@<>\"(),:;\\[\]]+"
_WRITTEN = re.compile(rf"(.*?) ?<({_ADDRESS})>|({_ADDRESS})")
_IN_LINK = "!#$%&'()*+,/:;=?@[]~-._"


class Envelope(NamedTuple):
    """To whom a mail goes, from whom, by which channel; `key` is the post's."""

    key: str
    recipient: str
    sender: str
    channel: str
    reply_to: str = ""
    unsubscribe: Unsubscribe = NO_UNSUBSCRIBE


def mail_of(message: Message, envelope: Envelope) -> bytes:
    """Return a mail with a part for each kind of reader, ready for a server.

    Raises:
        ValueError: An address is none.

    """
    boundary = f"=_{_digest('boundary', envelope.key)[:32]}"
    headers = {
        **_headers(message, envelope),
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative;\r\n boundary="{boundary}"',
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()
    html = html_of(message, subject_of(message), envelope.unsubscribe.link)
    parts = _part(text_part(message, envelope.unsubscribe), "plain"), _part(html, "html")
    border = f"\r\n--{boundary}".encode()
    return head + b"".join(border + b"\r\n" + one for one in parts) + border + b"--\r\n"


def subject_of(message: Message) -> str:
    """Return the subject: '[Acme] Investigating: Card payments fail'."""
    page, watermark = single_line(message.page, _LONGEST_NAME), single_line(message.watermark)
    start = f"{watermark} [{page}]" if watermark else f"[{page}]"
    return single_line(f"{beginning_of(message)}{start} {message.headline}")


def address_of(written: str) -> Address:
    """Return an address, with the name before it if there is one; hosts are in ASCII.

    Raises:
        ValueError: It is none.

    """
    found = _WRITTEN.fullmatch(single_line(written, _LONGEST_LINK))
    if not found:
        raise ValueError("no mail address")
    user, _, host = (found[2] or found[3]).rpartition("@")
    try:
        domain = host if host.isascii() else host.encode("idna").decode()
        return Address(found[1] or "", user, domain)
    except (UnicodeError, ValueError, IndexError) as error:
        raise ValueError("no mail address") from error


# ── headers ───────────────────────────────────────────────────────────────────────────────────


def _headers(message: Message, envelope: Envelope) -> dict[str, str]:
    sender = address_of(envelope.sender)
    host, site = sender.domain, _site_of(message)
    thread = f"<{_digest('thread', site, message.event.record.id)[:32]}@{host}>"
    headers = {
        "From": _mailbox(sender),
        "To": _mailbox(address_of(envelope.recipient)),
        "Subject": _encoded(subject_of(message)),
        "Date": format_datetime(message.event.at.astimezone(UTC)),
        "Message-ID": f"<{_digest('message', envelope.key)[:32]}@{host}>",
        "In-Reply-To": thread,
        "References": thread,
        "List-Id": f"<{_list_name(envelope.channel)}.{site}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Precedence": "list",
        "Content-Language": message.language,
    }
    if envelope.reply_to:
        headers["Reply-To"] = _mailbox(address_of(envelope.reply_to))
    ways = [f"<{_link(one)}>" for one in envelope.unsubscribe if one and len(one) <= _LONGEST_LINK]
    if ways:
        headers["List-Unsubscribe"] = f",{_FOLD}".join(ways)
    if envelope.unsubscribe.link.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058 wants https
    return headers


def _mailbox(address: Address) -> str:
    """Return an address with its name, as RFC 5322 has both."""
    name = single_line(address.display_name, _LONGEST_NAME)
    if not name:
        return address.addr_spec
    if not _is_plain(name):
        written = _encoded(name)
    elif _ATOMS.fullmatch(name):
        written = name
    else:
        written = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    is_short = len(written) + len(address.addr_spec) < _WIDTH - len("Reply-To: <>")
    return f"{written}{' ' if is_short else _FOLD}<{address.addr_spec}>"


def _encoded(text: str) -> str:
    """Return the value of a header that is text: folded, or as encoded words (RFC 2047)."""
    if _is_plain(text) and all(len(word) < _WIDTH // 2 for word in text.split(" ")):
        return "\r\n".join(_folded(text))
    return _FOLD.join(f"=?utf-8?b?{base64.b64encode(piece).decode()}?=" for piece in _pieces(text))


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and "=?" not in text


def _folded(text: str) -> Iterator[str]:
    """Yield a text's lines; all but the first begin with the space before their first word."""
    line = "Subject:"  # as long as any name before a text
    start = len(line)
    for word in text.split(" "):
        if len(line) + 1 + len(word) > _WIDTH:
            yield line[start:]
            line, start = "", 0
        line += f" {word}"
    yield line[start:].removeprefix(" ") if start else line


def _pieces(text: str) -> Iterator[bytes]:
    """Yield a text's bytes in pieces that fit into an encoded word, none with half a character."""
    piece = b""
    for character in text:
        more = character.encode()
        if len(piece) + len(more) > _WORD_BYTES:
            yield piece
            piece = b""
        piece += more
    yield piece


def _link(url: str) -> str:
    return quote(url, safe=_IN_LINK)


def _site_of(message: Message) -> str:
    return urlsplit(message.page_url).hostname or "localhost"


def _list_name(channel: str) -> str:
    return "".join(one if one.isascii() and one.isalnum() else "-" for one in channel) or "status"


def _digest(purpose: str, *parts: str) -> str:
    return hashlib.sha256("\n".join((purpose, *parts)).encode()).hexdigest()


# ── parts ─────────────────────────────────────────────────────────────────────────────────────


def text_part(message: Message, unsubscribe: Unsubscribe = NO_UNSUBSCRIBE) -> str:
    """Return what is read without HTML: the headline, the text, the facts, and where there is more.

    Each paragraph is one line, which mail programs wrap to the width that they have.
    """
    phrases = message.phrases
    facts = [_pair(message, one.label, one.value) for one in message.facts]
    parts = [
        single_line(message.watermark),
        single_line(message.headline),
        text_of(message.plain),
        "\n".join(facts),
        _pair(message, phrases.follow, message.link),
    ]
    text = "\n\n".join(part for part in parts if part)
    foot = [single_line(message.page), message.page_url]
    if unsubscribe.link:
        foot += [single_line(phrases.reason), _pair(message, phrases.unsubscribe, unsubscribe.link)]
    return f"{text}\n\n-- \n" + "\n".join(foot) + "\n"


def _pair(message: Message, label: str, value: str) -> str:
    names = {"state": single_line(label), "what": single_line(value, LONGEST_VALUE)}
    return message.phrases.pair % names


def _part(text: str, kind: str) -> bytes:
    """Return a part in lines of ASCII that no server breaks, whatever the text's are."""
    raw = text.replace("\n", "\r\n").encode()
    if (len(text) - sum(map(str.isascii, text))) * _MOSTLY > len(text):
        encoding, body = "base64", base64.encodebytes(raw).replace(b"\n", b"\r\n")
    else:
        encoding, body = "quoted-printable", b2a_qp(raw, istext=True)
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n"
    return head.encode() + b"\r\n" + body
