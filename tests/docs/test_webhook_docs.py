"""What docs/webhooks.md tells receivers to do, done."""

from __future__ import annotations

import re

from acme_site import ROOT
from hook_host import Received, receiving
from notify_events import CARDS, message_of

from statusgen.model import EventKind, WebhookChannel
from statusgen.notify.forms.payload import DOCUMENTATION
from statusgen.notify.sender import Post
from statusgen.notify.senders.webhook import WebhookSender

TEXT = (ROOT / "docs" / "webhooks.md").read_text("utf-8")


def received() -> Received:
    with receiving() as receiver:
        channel = WebhookChannel("hook", allow_private=True)
        sender = WebhookSender(channel, f"http://127.0.0.1:{receiver.port}/", ("new", "secret"))
        with sender.open():
            sender.send(Post("0" * 64, "", message_of(CARDS, EventKind.OPENED)))
    return receiver.requests[0]


def test_the_receiver_that_is_shown_knows_our_requests_from_others() -> None:
    found = re.search(
        r"<!-- file: receiver.py -->\n```python\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE
    )
    assert found
    program: dict[str, object] = {}
    exec(found[1], program)  # noqa: S102 (our own docs)
    is_ours = program["is_ours"]
    assert callable(is_ours)
    request = received()
    assert is_ours(request.headers, request.body, "secret")
    assert not is_ours(request.headers, request.body, "another")
    assert not is_ours(request.headers, request.body + b" ", "secret")
    old = {**request.headers, "webhook-timestamp": "1700000000"}
    assert not is_ours(old, request.body, "secret")


def test_payloads_lead_to_the_page_that_tells_of_them() -> None:
    assert DOCUMENTATION.endswith("/docs/webhooks.md")
    assert DOCUMENTATION in TEXT
