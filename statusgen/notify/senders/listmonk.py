"""Sends through a Listmonk server: one campaign for each event, to those who subscribed there.

A campaign is looked for by its key before it is made, and started only once it is there. So a lost
answer, or a notifier that was ended in between, makes no second mail: at worst there is a second
draft, which is never started.
"""

from __future__ import annotations

import base64
import json
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3

from statusgen import __version__
from statusgen.model import ListmonkChannel
from statusgen.network.hosts import why
from statusgen.notify.forms.campaign import campaign_of
from statusgen.notify.redaction import Redaction
from statusgen.notify.sender import (
    LONGEST_ANSWER,
    Guarantee,
    Post,
    RefusedError,
    UncertainError,
)
from statusgen.notify.senders.webhook import NOT_CONNECTED

_LARGEST = 4 << 20
_DRAFT = "draft"
_RECENT = 100  # campaigns that are looked through where a server does not know our filter
_NOT_LET_IN = frozenset({401, 403})
_OK, _ELSEWHERE = 200, 300


class ListmonkSender:
    """A Listmonk server, and the API user that we are there; `user` and `token` are the values.

    Whatever it refuses may pass, once somebody has mended a token or a list.
    """

    def __init__(self, channel: ListmonkChannel, user: str, token: str) -> None:
        self._channel = channel
        both = base64.b64encode(f"{user}:{token}".encode()).decode()
        self._authorization = f"Basic {both}"
        self._redacted = Redaction([user, token, both])
        self._seconds = min(channel.options.timeout, LONGEST_ANSWER)
        self._host = urlsplit(channel.url).hostname or ""
        self._pool: urllib3.HTTPConnectionPool | None = None

    @property
    def guarantee(self) -> Guarantee:
        return Guarantee.AT_LEAST_ONCE

    def preview(self, post: Post) -> str:
        """Return the campaign that would be made and started."""
        campaign = campaign_of(post.message, post.key, self._channel)
        text = json.dumps(campaign, indent=2, ensure_ascii=False)
        return f"POST {self._channel.url}/api/campaigns\n\n{text}"

    @contextmanager
    def open(self) -> Iterator[None]:
        """Hold a connection."""
        timeout = urllib3.Timeout(connect=self._seconds, read=self._seconds)
        options: dict[str, Any] = {"timeout": timeout, "maxsize": 1}
        if self._channel.url.startswith("https:"):
            options["ssl_context"] = ssl.create_default_context()
        with urllib3.connectionpool.connection_from_url(self._channel.url, **options) as pool:
            self._pool = pool
            yield
        self._pool = None

    def send(self, post: Post) -> None:
        """See to it that a campaign of this post's key runs, or has run.

        Raises:
            RefusedError: There is none that runs.
            UncertainError: It did not answer.

        """
        found = self._campaigns(post.key)
        if any(one.get("status") != _DRAFT for one in found):
            return  # it is sent, or the operator has decided about it in Listmonk
        if found:
            number = min(_number(one) for one in found)
        else:
            campaign = campaign_of(post.message, post.key, self._channel)
            number = _number(self._ask("POST", "/api/campaigns", campaign))
        self._ask("PUT", f"/api/campaigns/{number}/status", {"status": "running"})

    def _campaigns(self, key: str) -> list[Mapping[str, Any]]:
        """Return the campaigns of a key; its documentation and its code differ about the filter."""
        query = urlencode(
            {
                "tag": key,
                "tags": key,
                "no_body": "true",
                "order_by": "created_at",
                "order": "DESC",
                "per_page": _RECENT,
            }
        )
        results = self._ask("GET", f"/api/campaigns?{query}").get("results") or []
        return [one for one in results if key in (one.get("tags") or [])]

    def _ask(
        self, method: str, path: str, content: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        """Return the `data` of an answer."""
        if self._pool is None:
            raise AssertionError("the channel is not open")
        headers = {
            "Authorization": self._authorization,
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": f"statusgen/{__version__}",
        }
        try:
            answer = self._pool.urlopen(
                method,
                urlsplit(self._channel.url).path.rstrip("/") + path,
                body=json.dumps(content).encode() if content is not None else None,
                headers=headers,
                retries=False,
                redirect=False,
                preload_content=False,
            )
            body = answer.read(_LARGEST, decode_content=True)
            answer.release_conn()
        except NOT_CONNECTED as error:
            raise self._refused(f"{self._host}: {why(error)}") from None
        except (urllib3.exceptions.HTTPError, OSError) as error:
            reason = f"{self._host} did not answer: {why(error)}"
            raise UncertainError(self._redacted(reason)) from None
        return self._data(answer.status, body)

    def _data(self, status: int, body: bytes) -> Mapping[str, Any]:
        if status in _NOT_LET_IN:
            reason = "knows no such API user and token, or the user may not manage campaigns"
            raise self._refused(f"{self._host} {reason} ({status})")
        try:
            content = json.loads(body)
            said = content.get("message", "")
            data = content["data"] if _OK <= status < _ELSEWHERE else None
        except (ValueError, AttributeError, KeyError):
            said, data = "", None
        if not isinstance(data, dict):
            colon = ": " if said else ""
            raise self._refused(f"{self._host} answered {status}{colon}{said}")
        return data

    def _refused(self, reason: str) -> RefusedError:
        return RefusedError(self._redacted(reason), is_passing=True)


def _number(campaign: Mapping[str, Any]) -> int:
    """Return the id of a campaign."""
    try:
        return int(campaign["id"])
    except (KeyError, TypeError, ValueError):
        raise RefusedError("what answered is no Listmonk", is_passing=True) from None
