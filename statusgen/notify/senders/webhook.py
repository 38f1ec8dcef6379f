"""Sends webhooks: to the address that was looked at, and nowhere that the answer leads to."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3

from statusgen.model import WebhookChannel
from statusgen.network.hosts import HostError, PrivateHostError, resolve, why
from statusgen.notify.forms.webhook import Request, request_of
from statusgen.notify.redaction import Redaction, secrets_in
from statusgen.notify.sender import (
    LONGEST_ANSWER,
    Guarantee,
    Post,
    RefusedError,
    UncertainError,
)

LONGEST_PAUSE = 10.0
"""Seconds that a receiver may ask us to wait; where it wants more, the next run tries again."""

_PORTS = {"http": 80, "https": 443}
_MOST_REDIRECTS = 3
_KEEPING = frozenset({307, 308})  # redirects after which the request stays the same
_PASSING = frozenset({408, 425, 429})
_ASKS_TO_WAIT = frozenset({429, 503})
_OK, _ELSEWHERE, _WRONG, _BROKEN = 200, 300, 400, 500


class WebhookSender:
    """A receiver at an address, and the keys that it knows us by.

    `url` and `secrets` are the values themselves. `clock` tells the seconds since 1970 that a
    signature is of, `pause` waits.
    """

    def __init__(
        self,
        channel: WebhookChannel,
        url: str,
        secrets: Sequence[str] = (),
        *,
        clock: Callable[[], float] = time.time,  # noqa: TID251 (a signature is of its very moment)
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._channel = channel
        self._url = url
        self._secrets = tuple(secrets)
        self._clock = clock
        self._pause = pause
        self._seconds = min(channel.options.timeout, LONGEST_ANSWER)
        self._longest_pause = min(channel.options.timeout / 2, LONGEST_PAUSE)
        hidden = secrets_in(url) if channel.url_env else []
        self._redacted = Redaction([*self._secrets, *hidden])
        self._pool: urllib3.HTTPConnectionPool | None = None

    @property
    def guarantee(self) -> Guarantee:
        return Guarantee.AT_LEAST_ONCE

    def preview(self, post: Post) -> str:
        """Return the request; its signature and a secret address are left out."""
        request = request_of(post.message.payload, post.key, (), 0)
        parts = urlsplit(self._url)
        where = f"{parts.scheme}://{parts.hostname}/***" if self._channel.url_env else self._url
        headers = {**request.headers, "webhook-timestamp": "***"}
        if self._secrets:
            headers["webhook-signature"] = " ".join("v1,***" for _ in self._secrets)
        lines = [f"POST {where}", *(f"{name}: {value}" for name, value in headers.items())]
        return "\n".join(lines) + f"\n\n{request.body.decode().rstrip()}"

    @contextmanager
    def open(self) -> Iterator[None]:
        """Look up the address, once for all posts.

        Raises:
            RefusedError: There is none that may be connected to; it is lasting where only somebody
                can help.

        """
        self._pool = self._connect()
        try:
            yield
        finally:
            self._close()

    def send(self, post: Post) -> None:
        """Deliver one post; where the receiver is busy, once more after the pause it asks for.

        Raises:
            RefusedError: It did not take it.
            UncertainError: It did not answer.

        """
        pause = self._try(post)
        if pause:
            self._pause(pause)
            self._try(post, is_last=True)

    def _try(self, post: Post, *, is_last: bool = False) -> float:
        """Return for how long to wait before the post is sent again; 0 if it has arrived."""
        request = request_of(post.message.payload, post.key, self._secrets, int(self._clock()))
        status, wait = self._ask(request)
        if _OK <= status < _ELSEWHERE:
            return 0
        if status in _ASKS_TO_WAIT and 0 < wait <= self._longest_pause and not is_last:
            return wait
        reason = f"{urlsplit(self._url).hostname} answered {status}"
        raise RefusedError(reason, is_passing=status in _PASSING or status >= _BROKEN)

    def _ask(self, request: Request) -> tuple[int, float]:
        """Return an answer's status, and for how many seconds it asks us to wait.

        A redirect is followed on the same host and port, where it lets the request be the same.
        """
        here = urlsplit(self._url)
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._post(here, request)
            answer.close()
            answer.release_conn()
            if not _ELSEWHERE <= answer.status < _WRONG:
                return answer.status, _seconds_in(answer.headers.get("Retry-After", ""))
            there = _beside(here, answer.headers.get("Location", ""))
            if answer.status not in _KEEPING or there is None:
                reason = f"{here.hostname} answered {answer.status}, which leads elsewhere"
                raise RefusedError(reason, is_passing=False)
            here = there
        raise RefusedError(f"{here.hostname} leads in a circle", is_passing=False)

    def _post(self, here: SplitResult, request: Request) -> urllib3.BaseHTTPResponse:
        pool = self._pool = self._pool or self._connect_again()
        target = here._replace(scheme="", netloc="", fragment="").geturl() or "/"
        headers = {"Host": here.netloc.rpartition("@")[2], **request.headers}
        try:
            return pool.urlopen(
                "POST",
                target,
                body=request.body,
                headers=headers,
                retries=False,
                redirect=False,
                preload_content=False,
            )
        except NOT_CONNECTED as error:
            self._close()
            reason = self._redacted(f"{here.hostname}: {why(error)}")
            raise RefusedError(reason, is_passing=True) from None
        except urllib3.exceptions.HTTPError as error:
            self._close()
            reason = self._redacted(f"{here.hostname} did not answer: {why(error)}")
            raise UncertainError(reason) from None

    def _connect_again(self) -> urllib3.HTTPConnectionPool:
        """Return a new pool; that there is none says nothing of the post, which can wait."""
        try:
            return self._connect()
        except RefusedError as error:
            raise RefusedError(error.reason, is_passing=True) from None

    def _connect(self) -> urllib3.HTTPConnectionPool:
        try:
            parts = urlsplit(self._url)
            port = parts.port or _PORTS[parts.scheme]
            host = parts.hostname or ""
        except (KeyError, ValueError):
            reason = "its address is none of http or https"
            raise RefusedError(reason, is_passing=False) from None
        try:
            address = resolve(host, port, allow_private=self._channel.allow_private)
        except HostError as error:
            is_passing = not isinstance(error, PrivateHostError)
            raise RefusedError(self._redacted(str(error)), is_passing=is_passing) from None
        timeout = urllib3.Timeout(connect=self._seconds, read=self._seconds)
        if parts.scheme == "http":
            return urllib3.HTTPConnectionPool(address, port, timeout=timeout)
        return urllib3.HTTPSConnectionPool(
            address,
            port,
            timeout=timeout,
            ssl_context=ssl.create_default_context(),
            server_hostname=host,
            assert_hostname=host,
        )

    def _close(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()


NOT_CONNECTED = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.SSLError,
)
"""After these, nothing can have arrived."""


def _beside(here: SplitResult, location: str) -> SplitResult | None:
    """Return where a location leads, if that is on the same host and port and an address at all."""
    try:
        there = urlsplit(urljoin(here.geturl(), location))
        return there if _origin(there) == _origin(here) else None
    except ValueError:
        return None


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)


def _seconds_in(retry_after: str) -> float:
    """Return the seconds of a header; 0 without one, and for one with a date."""
    return float(retry_after) if retry_after.isascii() and retry_after.isdecimal() else 0.0
