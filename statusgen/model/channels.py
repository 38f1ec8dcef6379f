"""Where config.yml says that people are told: channels, what each of them hears of, the ledger."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from statusgen.model.incidents import PUBLIC
from statusgen.model.states import Impact


class EventKind(StrEnum):
    """What may happen that somebody can be told of."""

    OPENED = "opened"
    UPDATE = "update"
    RESOLVED = "resolved"
    POSTMORTEM = "postmortem"

    ANNOUNCED = "announced"
    REMINDER = "reminder"
    STARTED = "started"
    OVERRUN = "overrun"
    COMPLETED = "completed"
    CANCELLED = "cancelled"

    NOTICE = "notice"
    COMPONENT = "component"


class Form(StrEnum):
    """How a text must look to fit where it goes: its length and what markup it may have."""

    MAIL = "mail"
    WEBHOOK = "webhook"
    CHAT = "chat"
    SOCIAL = "social"
    SMS = "sms"


TEXT_KINDS = tuple(one for one in EventKind if one is not EventKind.COMPONENT)
BRIEF_KINDS = (EventKind.OPENED, EventKind.RESOLVED, EventKind.STARTED)
KINDS_OF: dict[Form, tuple[EventKind, ...]] = {
    Form.MAIL: TEXT_KINDS,
    Form.WEBHOOK: tuple(EventKind),
    Form.CHAT: TEXT_KINDS,
    Form.SOCIAL: TEXT_KINDS,
    Form.SMS: BRIEF_KINDS,
}
"""What a channel hears of that does not say so itself; of text messages, as Statuspage has it."""


class ChannelOptions(NamedTuple):
    """What a channel hears of, and in what language.

    `components` are ids of components or groups, none: all of them; `impact` is the least; `kinds`
    none: those of its form. `language` empty: the page's main one. `audience` is for whom the
    channel is: one that is not public also hears of what is for that audience alone.
    `hourly` is how many events it may be told of in an hour; `timeout` how long, in seconds, it may
    take at each run.
    """

    components: tuple[str, ...] = ()
    impact: Impact = Impact.NONE
    kinds: tuple[EventKind, ...] = ()
    language: str = ""
    audience: str = PUBLIC
    hourly: int = 60
    timeout: float = 60


class MailChannel(NamedTuple):
    """Mail by SMTP: one to each address of `to` (lists), and to all subscribers if it is for them.

    `security` is `starttls`, `tls` or `none`.
    """

    name: str
    server: str
    sender: str
    options: ChannelOptions = ChannelOptions()
    port: int = 587
    security: str = "starttls"
    user_env: str = ""
    password_env: str = ""
    to: tuple[str, ...] = ()
    subscribers: bool = False
    reply_to: str = ""


class WebhookChannel(NamedTuple):
    """A request with Statuspage's payload, signed with every secret that is named.

    Its address stands in `url`, or in the variable `url_env` if it is a secret.
    `allow_private` lets it be on a private network.
    """

    name: str
    options: ChannelOptions = ChannelOptions()
    url: str = ""
    url_env: str = ""
    secrets_env: tuple[str, ...] = ()
    allow_private: bool = False


class AppriseChannel(NamedTuple):
    """One of the services that Apprise knows; its address, with secrets in it, is in `url_env`."""

    name: str
    url_env: str
    options: ChannelOptions = ChannelOptions()
    form: Form = Form.CHAT


class ListmonkChannel(NamedTuple):
    """A Listmonk server, which knows the subscribers and sends a campaign to its `lists`."""

    name: str
    url: str
    user_env: str
    token_env: str
    options: ChannelOptions = ChannelOptions()
    lists: tuple[int, ...] = ()
    template: int | None = None


Channel = MailChannel | WebhookChannel | AppriseChannel | ListmonkChannel


def form_of(channel: Channel) -> Form:
    """Return the form that texts have in a channel."""
    match channel:
        case WebhookChannel():
            return Form.WEBHOOK
        case AppriseChannel():
            return channel.form
        case MailChannel() | ListmonkChannel():
            return Form.MAIL


class LedgerPlace(NamedTuple):
    """Where it is written down who was told what: a folder `path`, or a `branch` of a remote."""

    path: str = ""
    remote: str = ""
    branch: str = "statusgen-ledger"
    token_env: str = ""


class Subscribers(NamedTuple):
    """A file of addresses encrypted with age.

    `recipients` are the public keys that it is encrypted to, `identity_env` has the private one.
    `secret_env` has the key of the links by which people unsubscribe; `unsubscribe` is where such a
    link leads, with `{token}`, and `mailbox` who takes the same by mail.
    """

    path: str = "subscribers.age"
    recipients: tuple[str, ...] = ()
    identity_env: str = "STATUSGEN_IDENTITY"
    secret_env: str = "STATUSGEN_LINK_SECRET"  # noqa: S105 (the variable's name)
    unsubscribe: str = ""
    mailbox: str = ""
