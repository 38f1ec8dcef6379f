"""Fetches from one host, and from nowhere else: the address of a page to import is only a claim.

The host's name is resolved once. Only a public address is connected to (unless private ones are
allowed), exactly that one, under the host's own name in the certificate. Redirects to other hosts
are refused, and no answer may be larger or take longer than a status page's ever is. Proxies and
passwords from the environment are not used.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Self
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter

from statusgen import __version__
from statusgen.network.hosts import HostError, resolve

MAX_BYTES = 32 * 1024 * 1024
_CONNECT_SECONDS = 10.0
_READ_SECONDS = 30.0
_WHOLE_SECONDS = 120.0
_TRIES = 4
_REDIRECTS = 5
_PAUSES = (1.0, 2.0, 4.0)
_LONGEST_PAUSE = 60.0
_TRANSIENT = frozenset({429, 500, 502, 503, 504})


class FetchError(Exception):
    """An address could not be read; the text says which and why, `status` what it answered."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class Fetcher:
    """Reads addresses of one host; use as a context manager."""

    def __init__(
        self,
        base: str,
        *,
        allow_private: bool,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base = checked_url(base)
        self._pause = pause
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.update(
            {"User-Agent": f"statusgen/{__version__}", "Accept": "application/json"},
        )
        host = self.base.hostname or ""
        port = self.base.port or _port(self.base.scheme)
        try:
            address = resolve(host, port, allow_private=allow_private)
        except HostError as error:
            raise FetchError(str(error)) from error
        self._address = f"[{address}]" if ":" in address else address
        self._session.mount("https://", _NamedAdapter(host))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def get(self, path: str) -> bytes:
        """Return the body at a path of the host.

        Raises:
            FetchError: there is none, or it is not to be had within the limits.
        """
        url = urljoin(self.base.geturl(), path)
        for attempt in range(_TRIES):
            try:
                return self._follow(url)
            except _TransientError as error:
                if attempt == _TRIES - 1:
                    raise FetchError(str(error), error.status) from error
                self._pause(min(max(error.wait, _PAUSES[attempt]), _LONGEST_PAUSE))
        raise AssertionError("the last try returns or raises")

    def _follow(self, url: str) -> bytes:
        for _ in range(_REDIRECTS + 1):
            answer = self._request(url)
            if not isinstance(answer, str):
                return answer
            target = urlsplit(urljoin(url, answer))
            if target.scheme not in {"http", "https"} or target.hostname != self.base.hostname:
                raise FetchError(f"{url} leads to another host: {target.hostname or answer}")
            if target.port not in {None, self.base.port}:
                raise FetchError(f"{url} leads to another port: {target.port}")
            if target.scheme == "http" and urlsplit(url).scheme == "https":
                raise FetchError(f"{url} leads from https to http")
            url = target.geturl()
        raise FetchError(f"{url}: more than {_REDIRECTS} redirects")

    def _request(self, url: str) -> bytes | str:
        """Return the body, or where the answer redirects to."""
        try:
            with self._session.get(
                self._at_address(url),
                headers={"Host": urlsplit(url).netloc},
                stream=True,
                allow_redirects=False,
                timeout=(_CONNECT_SECONDS, _READ_SECONDS),
            ) as response:
                if response.is_redirect:
                    return str(response.headers["Location"])
                if response.status_code in _TRANSIENT:
                    raise _TransientError(url, response)
                if response.status_code != requests.codes.ok:
                    raise FetchError(f"{url}: {_answer(response)}", response.status_code)
                return _body(url, response)
        except requests.exceptions.InvalidURL as error:
            raise FetchError(f"{url}: not a valid address") from error
        except (requests.Timeout, requests.ConnectionError) as error:
            raise _TransientError(url, None, _reason(error)) from error
        except requests.RequestException as error:
            raise FetchError(f"{url}: {_reason(error)}") from error

    def _at_address(self, url: str) -> str:
        """Return the URL with the address that was resolved in place of the name."""
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
        return parts._replace(netloc=self._address + port).geturl()


class _TransientError(Exception):
    """What may go well at the next try; `wait` is what the host asked for, in seconds."""

    def __init__(self, url: str, response: requests.Response | None, reason: str = "") -> None:
        super().__init__(f"{url}: {_answer(response) if response is not None else reason}")
        self.status = response.status_code if response is not None else 0
        asked = response.headers.get("Retry-After", "") if response is not None else ""
        self.wait = float(asked[:6]) if asked.isdecimal() else 0.0


class _NamedAdapter(HTTPAdapter):
    """Wants the host's name in the certificate, although its address is what is connected to."""

    def __init__(self, host: str) -> None:
        self._host = host
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (passed on)
        super().init_poolmanager(
            *args,
            server_hostname=self._host,
            assert_hostname=self._host,
            **kwargs,
        )


def checked_url(url: str) -> SplitResult:
    """Return a web address taken apart.

    Raises:
        FetchError: it is none that may be read.
    """
    try:
        parts = urlsplit(url if url.endswith("/") else f"{url}/")
        parts.port  # noqa: B018 (raises if it is no number)
    except ValueError as error:
        raise FetchError(f"{url}: {error}") from error
    if parts.scheme not in {"http", "https"}:
        raise FetchError(f"{url}: only http and https addresses are read")
    if not parts.hostname or parts.username is not None or parts.password is not None:
        raise FetchError(f"{url}: an address without a user name is wanted")
    return parts._replace(query="", fragment="")


def _port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _body(url: str, response: requests.Response) -> bytes:
    """Return the whole body, unless it is too large or too slow."""
    end = time.monotonic() + _WHOLE_SECONDS
    parts = []
    size = 0
    for part in response.iter_content(65536):
        size += len(part)
        if size > MAX_BYTES:
            raise FetchError(f"{url}: larger than {MAX_BYTES >> 20} MB")
        if time.monotonic() > end:
            raise FetchError(f"{url}: slower than {_WHOLE_SECONDS:.0f} seconds")
        parts.append(part)
    return b"".join(parts)


def _answer(response: requests.Response) -> str:
    return f"the host answered {response.status_code} {response.reason}"


def _reason(error: Exception) -> str:
    """Return the innermost cause in a line: requests wraps it several times over."""
    while error.__cause__ or error.__context__:
        cause = error.__cause__ or error.__context__
        if not isinstance(cause, Exception):
            break
        error = cause
    return " ".join(str(error).split()) or type(error).__name__
