"""Channels that lead nowhere: what an exercise would send is written into a folder, in full."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from statusgen.model import (
    AppriseChannel,
    Channel,
    ListmonkChannel,
    MailChannel,
    WebhookChannel,
)
from statusgen.notify.sender import Guarantee, Post, Sender

_NOBODY = "drill.invalid"  # no host has such a name, now or ever (RFC 2606)
_SERVICE = "STATUSGEN_SINK"
_SECRET = "STATUSGEN_SINK_SECRET"  # noqa: S105 (the variable's name)

SECRETS = {_SERVICE: f"json://{_NOBODY}", _SECRET: "none"}
"""What the variables of harmless channels hold."""


def to_nobody(channel: Channel) -> Channel:
    """Return a channel that hears of the same and writes the same, and knows nobody."""
    match channel:
        case MailChannel():
            return replace(
                channel,
                server=_NOBODY,
                user_env="",
                password_env="",
                to=(f"everybody@{_NOBODY}",),
                subscribers=False,
            )
        case WebhookChannel():
            return replace(channel, url=f"https://{_NOBODY}/", url_env="", secrets_env=())
        case AppriseChannel():
            return replace(channel, url_env=_SERVICE)
        case ListmonkChannel():
            return replace(channel, url=f"https://{_NOBODY}", user_env=_SECRET, token_env=_SECRET)


class FileSender:
    """A sender in whose place every message becomes a file of `folder`, numbered as they come."""

    def __init__(self, channel: str, sender: Sender, folder: Path) -> None:
        self._channel = channel
        self._sender = sender
        self._folder = folder

    @property
    def guarantee(self) -> Guarantee:
        return self._sender.guarantee

    def preview(self, post: Post) -> str:
        return self._sender.preview(post)

    @staticmethod
    def open() -> AbstractContextManager[None]:
        return nullcontext()

    def send(self, post: Post) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        number = 1 + sum(1 for _ in self._folder.iterdir())
        name = f"{number:03}-{self._channel}-{post.message.event.kind}.txt"
        Path(self._folder, name).write_text(self.preview(post), encoding="utf-8")
