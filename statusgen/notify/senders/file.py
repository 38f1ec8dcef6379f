"""Sends nothing: what would be sent is written into a folder, in full."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from statusgen.notify.sender import Guarantee, Post, Sender


class FileSender:
    """Writes what another sender would send as files of `folder`, numbered as they come."""

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
