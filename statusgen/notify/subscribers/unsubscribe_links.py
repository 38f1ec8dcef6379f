"""The links by which people unsubscribe: made from a secret and an address, which they do not show.

A token is 26 of a-z and 2-7: half an HMAC-SHA256 in base 32, which survives mail systems that fold
capitals or break lines at signs. Whoever has the file of subscribers finds whose it is by making
the token of each. Links never expire, and stay valid for as long as their secret is listed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote

from statusgen.model import Subscribers
from statusgen.notify.subscribers.addresses import same_for

_PURPOSE = b"statusgen unsubscribe 1\0"
_BYTES = 16
_SHORTEST = 16
TOKEN = re.compile("[a-z2-7]{26}")


class WeakSecretError(Exception):
    """There is no secret for links, or one that can be guessed: a sentence."""


class Unsubscribe(NamedTuple):
    """How somebody unsubscribes: a link that does it at once, and a link to a mail that does."""

    link: str = ""
    mail: str = ""


NO_UNSUBSCRIBE = Unsubscribe()


class UnsubscribeLinks:
    """The ways to unsubscribe that a message names.

    `secrets` are the keys of the links, the first for new links and all for those that come back:
    while one is changed for another there are two.
    """

    def __init__(self, settings: Subscribers, secrets: Iterable[str]) -> None:
        self._settings = settings
        self._secrets = [one.encode() for one in secrets]

    def of(self, address: str) -> Unsubscribe:
        """Return both ways, by which the owner of an address unsubscribes."""
        return Unsubscribe(self.link(address), self.mail(address))

    def link(self, address: str) -> str:
        """Return the address of a page that removes a subscriber at one click; '' without one."""
        if not self._settings.unsubscribe:
            return ""
        return self._settings.unsubscribe.replace("{token}", self.token(address))

    def mail(self, address: str) -> str:
        """Return the link to a mail that does the same; '' if nobody takes such mails."""
        box = self._settings.mailbox
        if not box:
            return ""
        return f"mailto:{quote(box, safe='@+')}?subject=unsubscribe%20{self.token(address)}"

    def token(self, address: str) -> str:
        """Return the token of an address."""
        return _token(self._secrets[0], address)

    def find(self, token: str, addresses: Iterable[str]) -> str | None:
        """Return the address that a token is of.

        It takes the same time whichever it is of, if any.
        """
        sought = token.strip().lower().encode()
        found = None
        for address in addresses:
            for secret in self._secrets:
                if hmac.compare_digest(_token(secret, address).encode(), sought):
                    found = address
        return found


def unsubscribe_links_of(settings: Subscribers, environment: Mapping[str, str]) -> UnsubscribeLinks:
    """Return how one leaves, with the secrets of an environment.

    Raises:
        WeakSecretError: There is none, or a short one.

    """
    secrets = environment.get(settings.secret_env, "").split()
    if not secrets:
        raise WeakSecretError(
            f"the environment variable {settings.secret_env} is not set: links by which people"
            " unsubscribe are made with it ('statusgen subscribers key' makes one)"
        )
    if any(len(one) < _SHORTEST for one in secrets):
        raise WeakSecretError(
            f"{settings.secret_env} is too short to keep anybody from making links:"
            f" it needs {_SHORTEST} characters ('statusgen subscribers key' makes one)"
        )
    return UnsubscribeLinks(settings, secrets)


def _token(secret: bytes, address: str) -> str:
    made = hmac.digest(secret, _PURPOSE + same_for(address).encode(), hashlib.sha256)
    return base64.b32encode(made[:_BYTES]).decode().rstrip("=").lower()
