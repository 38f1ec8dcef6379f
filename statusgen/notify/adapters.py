"""From a channel in config.yml to what sends by it, and to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path

from statusgen.model import (
    AppriseChannel,
    Channel,
    Config,
    ListmonkChannel,
    MailChannel,
    WebhookChannel,
    form_of,
)
from statusgen.notify.listener import Listener, Recipient
from statusgen.notify.recipients import recipients_of
from statusgen.notify.redaction import Redaction, secrets_in
from statusgen.notify.sender import Guarantee, RefusedError, Sender
from statusgen.notify.senders.file import FileSender
from statusgen.notify.subscribers.book import Book
from statusgen.notify.subscribers.unsubscribe_links import (
    NO_UNSUBSCRIBE,
    Unsubscribe,
    WeakSecretError,
    unsubscribe_links_of,
)
from statusgen.timeline.events import Event


class Adapters:
    """What leads from the channels of a page repository to their senders and recipients.

    Secrets are looked up in `environment` when they are needed. `unreadable` are the lines of the
    file of subscribers that cannot be read. With a folder for `files` all
    messages are written there instead.
    """

    def __init__(
        self, root: str, config: Config, environment: Mapping[str, str], files: str = ""
    ) -> None:
        self._root = root
        self._config = config
        self._environment = environment
        self._files = files
        self.unreadable: tuple[int, ...] = ()

    def listener_of(self, channel: Channel) -> Listener:
        """Return what a channel hears of, and who is told.

        Its sender is made only once there is something to tell, since that takes longer to import.
        """
        trouble = ""
        try:
            self._book_of(channel)
            self._look_for_secrets(channel)
        except RefusedError as error:
            trouble = error.reason
        return Listener(
            channel.name,
            form_of(channel),
            channel.options,
            guarantee_of(channel),
            partial(self._recipients, channel),
            self._config,
            trouble,
        )

    def sender_of(self, channel: Channel) -> Sender:
        """Return what sends by a channel.

        Raises:
            RefusedError: A variable is not set, or what it needs is not installed.

        """
        sender = self._real_sender_of(channel)
        return FileSender(channel.name, sender, Path(self._files)) if self._files else sender

    def _look_for_secrets(self, channel: Channel) -> None:
        for name in variables_of(channel):
            self._secret(name)
        if isinstance(channel, MailChannel):
            self._unsubscribe(channel)

    def _real_sender_of(self, channel: Channel) -> Sender:
        match channel:
            case MailChannel():
                from statusgen.notify.senders.mail import MailSender  # noqa: PLC0415 (few need each)

                return MailSender(
                    channel,
                    self._secret(channel.user_env),
                    self._secret(channel.password_env),
                    self._unsubscribe(channel),
                )
            case WebhookChannel():
                from statusgen.notify.senders.webhook import WebhookSender  # noqa: PLC0415 (as above)

                url = self._secret(channel.url_env) if channel.url_env else channel.url
                return WebhookSender(channel, url, list(map(self._secret, channel.secrets_env)))
            case AppriseChannel():
                from statusgen.notify.senders.apprise import AppriseSender  # noqa: PLC0415 (as above)

                return AppriseSender(channel, self._secret(channel.url_env))
            case ListmonkChannel():
                from statusgen.notify.senders.listmonk import ListmonkSender  # noqa: PLC0415 (as above)

                user, token = map(self._secret, (channel.user_env, channel.token_env))
                return ListmonkSender(channel, user, token)

    def hide_of(self, channel: Channel) -> Callable[[str], str]:
        """Return what takes a channel's secrets out of a sentence."""
        values = [self._environment.get(name, "") for name in variables_of(channel) if name]
        parts = [part for value in values if "://" in value for part in secrets_in(value)]
        return Redaction([one for one in (*values, *parts) if one])

    def own_recipients(self, channel: Channel, event: Event) -> Sequence[Recipient]:
        """Return the recipients that config.yml names; somebody if it names none."""
        language = channel.options.language or self._config.page.languages[0]
        if isinstance(channel, MailChannel) and channel.to:
            return tuple(recipients_of(channel, event, self._config, None))
        return (Recipient(language=language),)

    def _recipients(self, channel: Channel, event: Event) -> Iterable[Recipient]:
        if not isinstance(channel, MailChannel):
            return self.own_recipients(channel, event)
        return recipients_of(channel, event, self._config, self._book_of(channel))

    def _book_of(self, channel: Channel) -> Book | None:
        return self._book if isinstance(channel, MailChannel) and channel.subscribers else None

    @cached_property
    def _book(self) -> Book | None:
        from statusgen.notify.subscribers.age_file import (  # noqa: PLC0415 (few have subscribers)
            AgeFile,
            UnreadableError,
        )

        settings = self._config.subscribers
        if settings is None:
            return None
        try:
            read = AgeFile(self._root, settings, self._environment).read()
        except UnreadableError as error:
            raise RefusedError(error.reason, is_passing=False) from error
        self.unreadable = tuple(fault.line for fault in read.faults)
        return read.book

    def _unsubscribe(self, channel: MailChannel) -> Callable[[str], Unsubscribe]:
        settings = self._config.subscribers
        if settings is None or not channel.subscribers:
            return lambda _: NO_UNSUBSCRIBE
        try:
            links = unsubscribe_links_of(settings, self._environment)
        except WeakSecretError as error:
            raise RefusedError(str(error), is_passing=False) from error
        return links.of

    def _secret(self, name: str) -> str:
        value = self._environment.get(name, "") if name else ""
        if name and not value:
            reason = f"the environment variable {name} is not set"
            raise RefusedError(reason, is_passing=False)
        return value


def guarantee_of(channel: Channel) -> Guarantee:
    """Return what is kept by a channel; its sender says the same."""
    is_told_apart = not isinstance(channel, AppriseChannel)
    return Guarantee.AT_LEAST_ONCE if is_told_apart else Guarantee.AT_MOST_ONCE


def variables_of(channel: Channel) -> Iterator[str]:
    """Yield the variables that have a channel's secrets."""
    match channel:
        case MailChannel():
            yield from (channel.user_env, channel.password_env)
        case WebhookChannel():
            yield from (channel.url_env, *channel.secrets_env)
        case AppriseChannel():
            yield channel.url_env
        case ListmonkChannel():
            yield from (channel.user_env, channel.token_env)
