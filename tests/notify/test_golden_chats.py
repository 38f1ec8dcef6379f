"""An incident from its first word to its postmortem, and a maintenance, as services get them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_receiver import ELSEWHERE, FORMS, LOCAL, Receiver, bring_here, told
from golden_messages import GoldenMessage, golden_messages
from notify_events import LANGUAGES

from statusgen.model import KINDS_OF, AppriseChannel, ChannelOptions, Form
from statusgen.notify.senders.apprise import AppriseSender

EXPECTED = Path(__file__).parent / "golden" / "chats"
SERVICES = ("json", "mattermost", "telegram", "googlechat", "mastodon", "smseagle")


@pytest.fixture(scope="module")
def course() -> list[GoldenMessage]:
    return list(golden_messages())


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    one = Receiver()
    yield one
    one.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SERVICES)
def test_the_texts_arrive_as_they_are_kept(
    name: str,
    language: str,
    course: list[GoldenMessage],
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bring_here(monkeypatch, receiver)
    kept = (EXPECTED / language / f"course-{name}.txt").read_bytes().decode()
    assert list(arrived(name, language, course, receiver)) == kept.split("\n----\n")


def arrived(
    name: str, language: str, course: list[GoldenMessage], receiver: Receiver
) -> Iterator[str]:
    """Yield the texts that a service gets of what it hears of in a language, in order."""
    form = FORMS.get(name, Form.CHAT)
    service = (LOCAL | ELSEWHERE)[name]
    channel = AppriseChannel("here", "ADDRESS", ChannelOptions(timeout=20), form)
    for one in course:
        if one.name.startswith(f"{language}/") and one.post.message.event.kind in KINDS_OF[form]:
            sender = AppriseSender(channel, service.address.format(host=receiver.host))
            receiver.requests.clear()
            with sender.open():
                sender.send(one.post)
            (request,) = told(receiver)
            yield service.text(request).replace("\r\n", "\n")
