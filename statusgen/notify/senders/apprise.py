"""Chats, social networks and text messages: one of the services that Apprise knows."""

from __future__ import annotations

import logging
import re
import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from statusgen.model import SEVERE, AppriseChannel, EventKind, Form
from statusgen.notify.forms.chat import Space, chat_text
from statusgen.notify.forms.sms import segments_of, sms_text
from statusgen.notify.forms.social import social_text
from statusgen.notify.message import Message
from statusgen.notify.sender import Guarantee, Post, RefusedError, UncertainError
from statusgen.notify.senders.apprise_services import network_of, text_rules_of

if TYPE_CHECKING:
    from apprise import NotifyBase

    from statusgen.notify.senders.apprise_requests import Exchange

_EXTRA = "it needs an extra: pip install 'statusgen[notify]'"
_CONNECTING = 10.0  # seconds
_LEAVING = 2.0
_LEAST_TITLE = 20
_LONGEST_TITLE = 200
_OURS = re.compile(
    r"(?<=[?&])(?:emojis|format|optional|overflow|retry|wait)=[^&]*(?:&|$)", re.IGNORECASE
)
"""What an address may say about texts and attempts; both are decided here."""


class Ready(NamedTuple):
    """A text in the form of its service."""

    title: str
    body: str
    format: str


class _Traits(NamedTuple):
    """What Apprise says of a service."""

    schemas: frozenset[str]
    formats: frozenset[str] = frozenset()
    mode: str = ""
    longest: int = 32768
    longest_title: int = 0


class AppriseSender:
    """One service; `address` is Apprise's, with secrets in it, and never told to anybody.

    Apprise is asked for one attempt only. What it makes of failures is not asked for: the requests
    themselves say whether a message may have arrived.
    """

    guarantee = Guarantee.AT_MOST_ONCE

    def __init__(self, channel: AppriseChannel, address: str) -> None:
        self._channel = channel
        self._address = _OURS.sub("", address.strip()).rstrip("?&")
        self._service: NotifyBase | None = None

    def preview(self, post: Post) -> str:
        """Return the text that would be sent, below the name of the service."""
        service: NotifyBase | None = None
        try:
            service = self._ready()
            name = str(service.service_name)
        except RefusedError as error:
            name = f"{self._channel.url_env}: {error.reason}"
        try:
            text = self._text(post.message, service)
        except ImportError:  # where the extra is not, nothing can be cut either
            return name
        if self._channel.form is Form.SMS:
            segments = segments_of(text.body)
            code = "GSM 03.38" if segments.is_gsm else "UCS-2"
            name += f" (segments: {segments.number}, {code})"
        return "\n\n".join(one for one in (name, text.title, text.body) if one)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Read the address, and see whether somebody is there where a request could not tell."""
        service = self._ready()
        _look_for(service)
        try:
            yield
        finally:  # some log out when they are forgotten, which is not worth waiting for
            service.socket_connect_timeout = service.socket_read_timeout = _LEAVING
            self._service = None

    def send(self, post: Post) -> None:
        """Deliver one post, within the channel's timeout.

        Raises:
            RefusedError: It did not arrive.
            UncertainError: Nobody can tell.

        """
        from statusgen.notify.senders.apprise_requests import Exchanges, watched  # noqa: PLC0415

        service = self._ready()
        text = self._text(post.message, service)
        service.asset.app_id = service.asset.app_desc = _sender_of(post.message)
        exchanges = Exchanges()
        results: list[bool | Exception] = []

        def attempt() -> None:
            with watched(exchanges):
                try:
                    done = service.notify(
                        body=text.body,
                        title=text.title,
                        notify_type=_type_of(post.message),
                        body_format=text.format or None,
                    )
                    results.append(bool(done))
                except Exception as error:  # noqa: BLE001 (174 services raise what they like)
                    results.append(error)

        # Not a pool: one that hangs must not keep the process from its end.
        worker = threading.Thread(target=attempt, daemon=True)
        worker.start()
        worker.join(self._channel.options.timeout)
        happened, is_under_way = exchanges.close()
        if results and results[0] is True:
            return
        _raise_failure(service, happened, is_over=bool(results), is_under_way=is_under_way)

    def _text(self, message: Message, service: NotifyBase | None) -> Ready:
        schemas, formats, mode, most, longest_title = _traits(service)
        rules = text_rules_of(schemas, formats, mode)
        match self._channel.form:
            case Form.SOCIAL:
                network = network_of(schemas, most)
                return Ready("", social_text(message, network, rules.markup), rules.format)
            case Form.SMS:
                return Ready("", sms_text(message), rules.format)
            case _:
                has_title = rules.has_title and longest_title >= _LEAST_TITLE
                title = min(longest_title, _LONGEST_TITLE) if has_title else 0
                space = Space(min(most, rules.most), title, rules.size)
                return Ready(*chat_text(message, rules.markup, space), rules.format)

    def _ready(self) -> NotifyBase:
        """Return the service behind the address.

        Raises:
            RefusedError: There is none, and there will not be.

        """
        if self._service is None:
            self._service = _service_of(self._address, self._channel.options.timeout)
        return self._service


def _service_of(address: str, timeout: float) -> NotifyBase:
    try:
        import apprise  # noqa: PLC0415 (an extra, and 100 ms)
    except ImportError as error:
        raise RefusedError(_EXTRA, is_passing=False) from error
    # It would write parts of addresses, and what went wrong is said here.
    logging.getLogger("apprise").disabled = True
    asset = apprise.AppriseAsset(
        interpret_emojis=False,
        interpret_escapes=False,
        http_redirects=False,  # a POST that is redirected may become a GET that does nothing
        image_path_mask=False,
        image_url_logo="",
        image_url_mask="",
        storage_mode="memory",
    )
    service = apprise.Apprise.instantiate(address, asset=asset, suppress_exceptions=True)
    if service is None:
        raise RefusedError("Apprise cannot read the address", is_passing=False)
    if not service.enabled:
        reason = f"Apprise needs another package for {service.service_name}"
        raise RefusedError(reason, is_passing=False)
    service.socket_connect_timeout = min(_CONNECTING, timeout)
    service.socket_read_timeout = timeout
    return service


def _traits(service: NotifyBase | None) -> _Traits:
    if service is None:
        return _Traits(frozenset({"json"}))
    names = _several(service.protocol) + _several(service.secure_protocol)
    return _Traits(
        frozenset(names),
        frozenset(_several(service.notify_format)),
        str(getattr(service, "mode", "") or ""),
        service.body_maxlen,
        service.title_maxlen,
    )


def _several(names: str | Sequence[str] | None) -> list[str]:
    return [names] if isinstance(names, str) else list(names or ())


def _look_for(service: NotifyBase) -> None:
    """Connect to a broker and leave, since of its own attempt Apprise tells nothing.

    Raises:
        RefusedError: Nobody is there.

    """
    if "mqtt" not in _traits(service).schemas:
        return
    port = service.port or (8883 if service.secure else 1883)
    try:
        socket.create_connection((service.host, port), service.socket_connect_timeout).close()
    except OSError as error:
        reason = f"{service.service_name} cannot be reached"
        raise RefusedError(reason, is_passing=True) from error


def _raise_failure(
    service: NotifyBase, happened: list[Exchange], *, is_over: bool, is_under_way: bool
) -> None:
    """Say whether a message that did not go through may be there all the same."""
    name = service.service_name
    if not is_over:
        if not happened and not is_under_way and _speaks_http(service):
            raise RefusedError(f"{name}: the time was over before it was asked", is_passing=True)
        raise UncertainError(f"{name} did not answer in time")
    if not happened:
        if _speaks_http(service):
            raise RefusedError(f"Apprise sent nothing to {name}", is_passing=False)
        raise UncertainError(f"Apprise says that {name} did not take it, and not why")
    last = happened[-1]
    if len(service) > 1 and any(one.was_taken for one in happened):
        raise UncertainError(f"{name} took it for some only; of another it {last.said}")
    if last.may_have_arrived:
        raise UncertainError(f"{name} {last.said}")
    raise RefusedError(f"{name} {last.said}", is_passing=last.is_passing)


def _speaks_http(service: NotifyBase) -> bool:
    """Tell whether a service's requests are seen: whether its own module knows `requests`."""
    modules = (sys.modules[kind.__module__] for kind in type(service).__mro__[:-1])
    ours = (one for one in modules if one.__name__.startswith("apprise.plugins."))
    return any(hasattr(one, "requests") for one in ours)


def _sender_of(message: Message) -> str:
    """Return what the sender is called, which stands in a header of requests too."""
    page = message.page
    return page if page.isascii() and page.isprintable() else "Status"


def _type_of(message: Message) -> str:
    event = message.event
    if event.kind in {EventKind.RESOLVED, EventKind.COMPLETED}:
        return "success"
    if event.kind in {EventKind.OPENED, EventKind.UPDATE, EventKind.OVERRUN}:
        is_bad = event.record.impact in SEVERE
        return "failure" if is_bad else "warning"
    return "info"
