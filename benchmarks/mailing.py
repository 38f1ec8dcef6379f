"""Measures how fast an event gets to subscribers, and prints the figures as JSON.

Subscribers with choices of every kind stand in an encrypted file; a mail server of this machine
counts what arrives in a process of its own. One run opens the file, finds whom an event concerns,
and sends each of them a mail over one connection.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from notify_events import CARDS, PAGE, event_of, message_of
from servers import free_port, running

from statusgen.model import EventKind, MailChannel, Subscribers
from statusgen.notify.forms.mail import Exit
from statusgen.notify.recipients import recipients_of
from statusgen.notify.sender import Post
from statusgen.notify.senders.mail import MailSender
from statusgen.notify.subscribers.age_file import AgeFile, KeyPair, new_keys
from statusgen.notify.subscribers.book import CHOICES, Book, Subscriber
from statusgen.notify.subscribers.tokens import Leaving
from statusgen.source import read_config

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
PLACES = ((), (), ("api",), ("cards",), ("payments",), ("api", "payments"))
SERVER = """
import sys, time
from aiosmtpd.controller import Controller
class Counter:
    async def handle_DATA(self, server, session, envelope):
        with open(sys.argv[2], "a") as arrived:
            arrived.write("".join(f"{one}\\n" for one in envelope.rcpt_tos))
        return "250 OK"
Controller(Counter(), hostname="127.0.0.1", port=int(sys.argv[1])).start()
time.sleep(3600)
"""


def book_of(number: int) -> Book:
    """Return so many subscribers who chose this and that."""
    draw = random.Random(7)  # noqa: S311 (the same subscribers each time)
    people = [
        Subscriber(
            f"person-{one}@mail-{one % 40}.example",
            SINCE,
            draw.choice(PLACES),
            draw.choice(CHOICES),
            draw.choice(("", "en", "de", "ar")),
            draw.random() < 0.98,  # noqa: PLR2004 (nearly all of them)
        )
        for one in range(number)
    ]
    return Book("key", {one.identity: one for one in people})


def told(folder: Path, keys: KeyPair, port: int) -> dict[str, float]:
    """Send one event to all whom it concerns; return how long each step took, in seconds."""
    settings = Subscribers(
        recipients=(keys.public,), unsubscribe="https://acme.example/unsubscribe?token={token}"
    )
    config, _ = read_config(str(PAGE))
    event = event_of(CARDS, EventKind.OPENED)
    messages = {one: message_of(CARDS, EventKind.OPENED, one) for one in config.page.languages}
    channel = MailChannel(
        *("mail", "127.0.0.1", "status@acme.example"), port=port, security="none", subscribers=True
    )
    leaving = Leaving(settings, ["a-secret-of-removal-links"])
    started = time.perf_counter()
    book = AgeFile(str(folder), settings, {settings.identity_env: keys.private}).read().book
    opened = time.perf_counter()
    found = list(recipients_of(channel, event, config, book))
    chosen = time.perf_counter()
    sender = MailSender(
        channel, exit_of=lambda address: Exit(leaving.link(address), leaving.mail(address))
    )
    with sender.open():
        for one in found:
            sender.send(Post(one.mark, one.address, messages[one.language]))
    ended = time.perf_counter()
    return {
        "subscribers": len(book.subscribers),
        "mails": len(found),
        "seconds to open the file": round(opened - started, 3),
        "seconds to find whom it concerns": round(chosen - opened, 3),
        "seconds to send": round(ended - chosen, 1),
        "mails a second": round(len(found) / (ended - chosen), 1),
        "memory in MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }


def main() -> None:
    """Measure what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--subscribers", type=int, default=10_000)
    asked.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.child:
        folder, private, public, port = options.child
        print(json.dumps(told(Path(folder), KeyPair(private, public), int(port)), indent=2))
        return
    keys, port = new_keys(), free_port()
    with tempfile.TemporaryDirectory() as name:
        arrived = Path(name, "arrived")
        settings = Subscribers(recipients=(keys.public,))
        AgeFile(name, settings, {}).write(book_of(options.subscribers))
        with running([sys.executable, "-c", SERVER, str(port), str(arrived)], port):
            command = [sys.executable, __file__, "--child", name, *keys, str(port)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        figures = json.loads(done.stdout)
        once = sorted(arrived.read_text().splitlines())
        figures["arrived, each once"] = len(set(once)) == len(once) == figures["mails"]
        print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
