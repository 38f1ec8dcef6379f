"""What every channel can do, and how it says that it could not."""

from __future__ import annotations

from contextlib import AbstractContextManager
from enum import StrEnum
from typing import NamedTuple, Protocol

from statusgen.notify.message import Message

LONGEST_ANSWER = 30.0
"""Seconds that a server may take for one answer."""


class Guarantee(StrEnum):
    """What is kept where nobody can tell whether a message arrived.

    Mail and webhooks carry an id by which a receiver knows the second for the first, so they are
    sent again; chats, social networks and text messages do not, so they are not.
    """

    AT_LEAST_ONCE = "at least once"
    AT_MOST_ONCE = "at most once"


class Post(NamedTuple):
    """A message for one recipient; `recipient` is empty where a channel has only one.

    `key` is the same whenever the same event is told to the same recipient by the same channel.
    """

    key: str
    recipient: str
    message: Message


class RefusedError(Exception):
    """It did not arrive, for certain: a sentence why; whether trying again may help."""

    def __init__(self, reason: str, *, is_passing: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_passing = is_passing


class UncertainError(Exception):
    """Nobody can tell whether it arrived: a sentence why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Sender(Protocol):
    """A channel that is ready: its secrets are there. Used by one thread at a time."""

    @property
    def guarantee(self) -> Guarantee: ...

    def preview(self, post: Post) -> str:
        """Return what would be sent, in full, as text; no secret in it."""
        ...

    def open(self) -> AbstractContextManager[None]:
        """Hold a connection, where there is one, for many posts.

        Raises:
            RefusedError: There is no connection.

        """
        ...

    def send(self, post: Post) -> None:
        """Deliver one post, within the channel's timeout.

        Raises:
            RefusedError: It did not arrive.
            UncertainError: Nobody can tell.

        """
        ...
