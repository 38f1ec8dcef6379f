"""Fetches from one host, and from nowhere else: the address of a page to import is only a claim.

The host's name is resolved once. Only a public address is connected to (unless private ones are
allowed), exactly that one, under the host's own name in the certificate. Redirects to other hosts
are refused, and no answer may be larger or take longer than a status page's ever is. Proxies and
passwords from the environment are not used.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import SplitResult, urljoin, urlsplit

import requests

from statusgen import __version__
from statusgen.migrate.statuspage.connections import WatchedAdapter
from statusgen.network.clock import Clock
from statusgen.network.hosts import HostError, PrivateHostError, resolve, why

MAX_BYTES = 32 * 1024 * 1024
_CONNECT_SECONDS = 10.0
_READ_SECONDS = 30.0
_WHOLE_SECONDS = 120.0
_TRIES = 4
_REDIRECTS = 5
_PAUSES = (1.0, 2.0, 4.0)
_LONGEST_PAUSE = 60.0
_SILENT_AFTER = 3
_TRANSIENT = frozenset({429, 500, 502, 503, 504})
_PORTS = {"http": 80, "https": 443}
_CLOSED = (401, 403)
_DATES = ("Retry-After", "Date")


class FetchError(Exception):
    """An address could not be read; the text says which and why, `status` what it answered."""

    def __init__(self, message: str, status: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.hint = hint


class Fetcher:
    """Reads addresses of one host; use as a context manager.

    `is_silent` once the host has not answered several requests in a row, each tried again.
    """

    def __init__(
        self,
        base: str,
        *,
        allow_private: bool,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base = checked_url(base)
        self._pause = pause
        self._unanswered = 0
        self._session = _Session()
        self._session.trust_env = False
        self._session.headers.update(
            {"User-Agent": f"statusgen/{__version__}", "Accept": "application/json"},
        )
        host = self.base.hostname or ""
        try:
            address = resolve(host, _port(self.base), allow_private=allow_private)
        except PrivateHostError as error:
            raise FetchError(str(error), hint="--allow-private reads it all the same") from error
        except HostError as error:
            raise FetchError(str(error)) from error
        self._address = f"[{address}]" if ":" in address else address
        self._clock = Clock()
        self._session.mount("http://", WatchedAdapter(self._clock))
        named = WatchedAdapter(self._clock, server_hostname=host, assert_hostname=host)
        self._session.mount("https://", named)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    @property
    def is_silent(self) -> bool:
        return self._unanswered >= _SILENT_AFTER

    def get(self, path: str) -> bytes:
        """Return the body at a path of the host.

        Raises:
            FetchError: there is none, or it is not to be had within the limits.
        """
        url = urljoin(self.base.geturl(), path)
        for attempt in range(_TRIES):
            try:
                body = self._follow(url)
            except _TransientError as error:
                if attempt == _TRIES - 1:
                    self._unanswered += 1
                    raise FetchError(f"{url}: {error}", error.status) from error
                self._pause(min(max(error.wait, _PAUSES[attempt]), _LONGEST_PAUSE))
            except FetchError as error:
                self._unanswered = 0 if error.status else self._unanswered + 1
                raise FetchError(f"{url}{error}", error.status, error.hint) from error
            else:
                self._unanswered = 0
                return body
        raise AssertionError("the last try returns or raises")

    def _follow(self, url: str) -> bytes:
        """Return the body; what is raised does not name the address: a redirect's may be secret."""
        for _ in range(_REDIRECTS + 1):
            answer = self._request(url)
            if not isinstance(answer, str):
                return answer
            url = self._redirected(url, answer)
        raise FetchError(f": more than {_REDIRECTS} redirects")

    def _redirected(self, url: str, location: str) -> str:
        try:
            target = urlsplit(urljoin(url, location))
            port = target.port or _PORTS.get(target.scheme)
        except ValueError as error:
            raise FetchError(" leads to what is no address") from error
        if target.scheme not in _PORTS:
            raise FetchError(f" leads to what is no web address ({target.scheme})")
        if target.hostname != self.base.hostname:
            hint = f"if that is the page, import from {target.scheme}://{target.hostname}"
            raise FetchError(f" leads to another host: {target.hostname}", hint=hint)
        if port not in {_port(self.base), _PORTS["https"] if target.scheme == "https" else None}:
            raise FetchError(f" leads to another port: {port}")
        if target.scheme == "http" and urlsplit(url).scheme == "https":
            raise FetchError(" leads from https to http")
        return target._replace(netloc=target.netloc.rpartition("@")[2]).geturl()

    def _request(self, url: str) -> bytes | str:
        """Return the body, or where the answer redirects to."""
        content: bytes | str = b""
        try:
            with (
                self._clock.running(_WHOLE_SECONDS),
                self._session.get(
                    self._at_address(url),
                    headers={"Host": urlsplit(url).netloc},
                    stream=True,
                    allow_redirects=False,
                    timeout=(_CONNECT_SECONDS, _READ_SECONDS),
                ) as response,
            ):
                content = _content(response)
        except requests.exceptions.InvalidURL as error:
            raise FetchError(": not a valid address") from error
        except (
            requests.Timeout,
            requests.ConnectionError,
            requests.exceptions.ChunkedEncodingError,  # it ended too early
        ) as error:
            if not self._clock.is_over:
                raise _TransientError(_reason(error)) from error
        except requests.RequestException as error:
            raise FetchError(f": {_reason(error)}") from error
        if self._clock.is_over:  # what was cut off may look like the whole
            raise FetchError(f": slower than {_WHOLE_SECONDS:.0f} seconds")
        return content

    def _at_address(self, url: str) -> str:
        """Return the URL with the address that was resolved in place of the name."""
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
        return parts._replace(netloc=self._address + port).geturl()


class _Session(requests.Session):
    """Looks at no redirect by itself: it would read a body without limits on the way."""

    def get_redirect_target(self, _: requests.Response) -> None:
        return None


class _TransientError(Exception):
    """What may go well at the next try; `wait` is what the host asked for, in seconds."""

    def __init__(self, reason: str, status: int = 0, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.status = status
        self.wait = wait


def checked_url(url: str) -> SplitResult:
    """Return a web address taken apart, as far as it may be shown.

    Raises:
        FetchError: it is none that may be read.
    """
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 (raises if it is no number)
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError as error:
        raise FetchError("the source is no address of a page") from error
    if parts.scheme not in _PORTS:
        raise FetchError(f"{parts.scheme}://: only http and https addresses are read")
    if not host or parts.username is not None or parts.password is not None:
        raise FetchError("an address with a host and without a user name is wanted")
    netloc = f"[{host}]" if ":" in host else host
    netloc += f":{parts.port}" if parts.port else ""
    path = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    return parts._replace(netloc=netloc, path=path, query="", fragment="")


def _port(parts: SplitResult) -> int:
    return parts.port or _PORTS[parts.scheme]


def _content(response: requests.Response) -> bytes | str:
    """Return the whole body unless it is too large, or where the answer redirects to."""
    if response.is_redirect:
        return str(response.headers["Location"])
    status = response.status_code
    said = f"the host answered {status} {response.reason}"
    if status in _TRANSIENT:
        raise _TransientError(said, status, _wait_asked(response))
    if status in _CLOSED:
        hint = "it is not for everybody: save its JSON where you are logged in, and import that"
        raise FetchError(f": {said}", status, hint)
    if status != requests.codes.ok:
        raise FetchError(f": {said}", status)
    parts = []
    size = 0
    for part in response.iter_content(65536):
        size += len(part)
        if size > MAX_BYTES:
            raise FetchError(f": larger than {MAX_BYTES >> 20} MB", status)
        parts.append(part)
    return b"".join(parts)


def _wait_asked(response: requests.Response) -> float:
    """Return for how many seconds a host asks us to wait, which may also be until a date."""
    asked = response.headers.get("Retry-After", "")
    if asked.isascii() and asked.isdecimal():
        return float(asked[:6])
    try:
        until, now = (parsedate_to_datetime(response.headers[key]) for key in _DATES)
        return (until - now).total_seconds()
    except (KeyError, ValueError, TypeError):  # a date with an offset, and one without
        return 0.0


def _reason(error: Exception) -> str:
    """Return the innermost cause in a line: requests wraps it several times over."""
    return " ".join(why(error).split())
