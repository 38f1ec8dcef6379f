"""Measures how fast an event gets to subscribers, and prints the figures as JSON.

Subscribers with choices of every kind stand in an encrypted file; a mail server of this machine
counts in a process of its own what arrives. Measured is one `statusgen notify`, from its start to
its end: it opens the file, finds whom the event concerns, keeps the ledger, and sends the mails.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path += [str(Path(__file__).parents[1] / f"tests/{one}") for one in ("samples", "servers")]
from places import STATUSGEN
from sample_histories import CONFIG, OPENED
from servers import free_port, running

from statusgen.model import Subscribers
from statusgen.notify.subscribers.age_file import AgeFile, new_keys
from statusgen.notify.subscribers.book import LEAST_IMPACTS, Book, Subscriber

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
PLACES = ((), (), ("api",), ("checkout",), ("payments",), ("api", "payments"))
MORE = """
subscribers: {{recipients: [{public}], unsubscribe: "https://acme.example/leave?token={{token}}"}}
ledger: {{path: ledger}}
notify:
  - {{type: mail, server: 127.0.0.1, port: {port}, security: none, from: status@acme.example,
     subscribers: true, timeout: 3600s}}
"""
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
            draw.choice(LEAST_IMPACTS),
            confirmed=draw.random() < 0.98,  # noqa: PLR2004 (nearly all of them)
        )
        for one in range(number)
    ]
    return Book("key", {one.identity: one for one in people})


def concerned(book: Book) -> list[str]:
    """Return whom a critical incident of checkout concerns."""
    return sorted(
        one.address
        for one in book.subscribers.values()
        if one.confirmed and (not one.components or {"checkout", "payments"} & {*one.components})
    )


def notified(folder: Path, now: str, environment: dict[str, str]) -> tuple[float, float]:
    """Return how long a notifier takes, in seconds, and its memory in MB."""
    command = [STATUSGEN, "notify", "--root", str(folder), "--now", now]
    started = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"notify ended with {child.returncode}")
    return time.perf_counter() - started, used.ru_maxrss / 1000


def measured(folder: Path, number: int) -> dict[str, object]:
    """Return the figures of one event for so many subscribers."""
    keys, port, arrived, book = new_keys(), free_port(), folder / "arrived", book_of(number)
    (folder / "incidents").mkdir()
    (folder / "config.yml").write_text(CONFIG + MORE.format(public=keys.public, port=port))
    AgeFile(str(folder), Subscribers(recipients=(keys.public,)), {}).write(book)
    environment = {
        **os.environ,
        "STATUSGEN_IDENTITY": keys.private,
        "STATUSGEN_LINK_SECRET": "a-secret-of-removal-links",
    }
    with running([sys.executable, "-c", SERVER, str(port), str(arrived)], port):
        notified(folder, "2026-11-20T00:00Z", environment)
        idle, _ = notified(folder, "2026-11-20T00:01Z", environment)
        (folder / "incidents/cards.md").write_text(OPENED)
        seconds, memory = notified(folder, "2026-11-21T10:06Z", environment)
    got = sorted(arrived.read_text().splitlines())
    return {
        "subscribers": number,
        "mails": len(got),
        "exactly those whom it concerns, each once": got == concerned(book),
        "seconds": round(seconds, 1),
        "mails a second": round(len(got) / seconds, 1),
        "memory in MB": round(memory),
        "seconds with nothing to tell": round(idle, 2),
    }


def main() -> None:
    """Measure what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--subscribers", type=int, default=10_000)
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measured(Path(folder), asked.parse_args().subscribers), indent=2))


if __name__ == "__main__":
    main()
