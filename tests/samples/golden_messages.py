"""What goes out when an incident and a maintenance take their course, in three languages.

usage: python tests/samples/golden_messages.py

writes it below tests/notify/golden/messages/, to be looked at before it is what the tests expect.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from notify_events import CARDS, DATABASE, LANGUAGES, events_told, site_at

from statusgen.model import EventKind
from statusgen.notify.composing import compose
from statusgen.notify.forms.mail import Envelope, mail_of
from statusgen.notify.sender import Post
from statusgen.notify.subscribers.unsubscribe_links import Unsubscribe

FOLDER = Path(__file__).parents[1] / "notify" / "golden" / "messages"
READER = "reader@customer.example"
SENDER = "Acme Status <status@acme.example>"
WAY_OUT = Unsubscribe(
    "https://acme.example/unsubscribe?token=abcdefghijklmnopqrstuvwxyz",
    "mailto:leave@acme.example?subject=unsubscribe%20abcdefghijklmnopqrstuvwxyz",
)


class GoldenMessage(NamedTuple):
    """One post, and the name of the files that have what arrives of it."""

    name: str
    post: Post

    @property
    def mail(self) -> Path:
        return FOLDER / f"{self.name}.eml"

    @property
    def payload(self) -> Path:
        return FOLDER / f"{self.name}.json"


def golden_messages() -> Iterator[GoldenMessage]:
    """Yield each text event of the incident and the maintenance in each language, in order."""
    for record in (CARDS, DATABASE):
        events = [
            one
            for one in events_told()
            if one.record.id == record and one.kind is not EventKind.COMPONENT
        ]
        for number, event in enumerate(events, 1):
            for language in LANGUAGES:
                name = f"{language}/{record[11:]}-{number}-{event.kind}"
                key = hashlib.sha256(f"{event.id} {language}".encode()).hexdigest()
                yield GoldenMessage(
                    name, Post(key, READER, compose(site_at(event.at, language), event))
                )


def main() -> None:
    """Write what would arrive."""
    for golden in golden_messages():
        post = golden.post
        golden.mail.parent.mkdir(parents=True, exist_ok=True)
        envelope = Envelope(post.key, post.recipient, SENDER, "mail", unsubscribe=WAY_OUT)
        golden.mail.write_bytes(mail_of(post.message, envelope))
        golden.payload.write_bytes(post.message.payload)


if __name__ == "__main__":
    main()
