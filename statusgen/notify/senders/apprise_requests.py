"""What really went over the wire while Apprise sent something.

Apprise catches what goes wrong and returns false. Whether a message is certainly not there depends
on where it stopped, so the requests that it makes are watched where they leave `requests`.
"""

from __future__ import annotations

import functools
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from http import HTTPStatus
from typing import NamedTuple

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NameResolutionError, NewConnectionError

_ELSEWHERE = 300  # from this status on, a server says that it did not do it
_PASSING = frozenset({408, 425, 429})  # and 5xx
_UNTOLD = frozenset({504, 520, 524})  # a gateway that waited in vain for what it had passed on


class Exchange(NamedTuple):
    """A request and what came of it: a status, or an error."""

    method: str
    status: int = 0
    error: Exception | None = None

    @property
    def was_taken(self) -> bool:
        return self.method != "GET" and 0 < self.status < _ELSEWHERE

    @property
    def may_have_arrived(self) -> bool:
        if self.error is not None:
            return not _is_before(self.error)
        return self.status < _ELSEWHERE or self.status in _UNTOLD

    @property
    def is_passing(self) -> bool:
        if self.error is not None:
            return isinstance(self.error, requests.ConnectionError)
        return self.status in _PASSING or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR

    @property
    def said(self) -> str:
        """What came of it, in words that hold nothing of the address."""
        if self.error is None:
            answered = f"answered {self.status}{_phrase(self.status)}"
            is_good = self.status < _ELSEWHERE
            return f"{answered}, which Apprise takes for a no" if is_good else answered
        for kinds, words in _WORDS:
            if isinstance(self.error, kinds):
                return words
        cause = _cause(self.error)
        if isinstance(cause, NameResolutionError):
            return "cannot be reached: the name of its host is not found"
        if isinstance(cause, NewConnectionError):
            return "cannot be reached"
        return "broke the connection off before it answered"


class Exchanges:
    """The exchanges of one message; closed, it lets no more happen."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: list[Exchange] = []
        self._begun = 0
        self._is_closed = False

    def begin(self) -> None:
        """Note that a request is about to leave.

        Raises:
            requests.RequestException: Time is over.

        """
        with self._lock:
            if self._is_closed:
                raise requests.RequestException("its time is over")
            self._begun += 1

    def end(self, exchange: Exchange) -> None:
        with self._lock:
            self._all.append(exchange)

    def close(self) -> tuple[list[Exchange], bool]:
        """Return what happened, and whether something is still under way."""
        with self._lock:
            self._is_closed = True
            return list(self._all), self._begun > len(self._all)


_Timeout = float | tuple[float, float] | tuple[float, None] | None
_Certificate = bytes | str | tuple[bytes | str, bytes | str] | None
_watching: ContextVar[Exchanges | None] = ContextVar("exchanges", default=None)


@contextmanager
def watched(exchanges: Exchanges) -> Iterator[None]:
    """Note all requests of this context."""
    _watch_requests()
    token = _watching.set(exchanges)
    try:
        yield
    finally:
        _watching.reset(token)


@functools.cache
def _watch_requests() -> None:
    """Put a watch where every request of this process leaves; it minds only those in `watched`."""
    send = HTTPAdapter.send

    def watch(  # noqa: PLR0913, PLR0917 (as what it stands for)
        adapter: HTTPAdapter,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: FBT001, FBT002 (as what it stands for)
        timeout: _Timeout = None,
        verify: bool | str = True,  # noqa: FBT001, FBT002 (as what it stands for)
        cert: _Certificate = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        exchanges = _watching.get()
        if exchanges is None:
            return send(adapter, request, stream, timeout, verify, cert, proxies)
        exchanges.begin()
        method = request.method or ""
        try:
            response = send(adapter, request, stream, timeout, verify, cert, proxies)
        except Exception as error:
            exchanges.end(Exchange(method, error=error))
            raise
        exchanges.end(Exchange(method, response.status_code))
        return response

    HTTPAdapter.send = watch  # type: ignore[method-assign, assignment]


def _is_before(error: Exception) -> bool:
    """Tell whether an error came before anything of the request was sent."""
    if isinstance(error, requests.ConnectTimeout | ValueError):
        return True
    if isinstance(error, requests.exceptions.ProxyError):
        return True
    cause = _cause(error)
    if isinstance(error, requests.exceptions.SSLError):
        cause = cause.args[0] if isinstance(cause, Exception) and cause.args else cause
    return isinstance(cause, NewConnectionError | ssl.SSLCertVerificationError)


def _cause(error: Exception) -> object:
    """Return why urllib3 gave up, which requests has wrapped."""
    inner = error.args[0] if error.args else None
    return getattr(inner, "reason", inner)


def _phrase(status: int) -> str:
    try:
        return f" ({HTTPStatus(status).phrase})"
    except ValueError:
        return ""


_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (requests.exceptions.SSLError, "has no certificate that holds"),
    (requests.exceptions.ProxyError, "cannot be reached through the proxy"),
    (requests.ConnectTimeout, "took no connection in time"),
    (requests.ReadTimeout, "did not answer in time"),
    (ValueError, "has an address that is none"),
)
