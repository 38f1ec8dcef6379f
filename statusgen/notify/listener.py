"""What is known of a channel and of a run before its events are selected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from statusgen.model import ChannelOptions, Config, Form
from statusgen.notify.sender import Guarantee
from statusgen.timeline.events import Event


class Recipient(NamedTuple):
    """Who is told: `mark` stands in the ledger, `address` is where to, `language` what is read.

    A channel with one recipient only has neither mark nor address.
    """

    mark: str = ""
    address: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Listener:
    """What is known of a channel when its events are selected.

    `recipients` are those of an event; `trouble` is what it lacks here, without which it is not
    even tried.
    """

    name: str
    form: Form
    options: ChannelOptions
    guarantee: Guarantee
    recipients: Callable[[Event], Iterable[Recipient]]
    config: Config
    trouble: str = ""


class Run(NamedTuple):
    """One run of a notifier: when, its id, and whether no other is at work meanwhile.

    If it is `forced`, channels that failed again and again are tried as well.
    """

    now: int
    id: str
    exclusive: bool
    forced: bool = False
