"""The keys of `subscribers`: an encrypted file of addresses, and how people leave it."""

from __future__ import annotations

from statusgen.model import Subscribers
from statusgen.reading.fields import ListOf, Shape, Values, defaulted, required
from statusgen.reading.words import MAILBOX, PATH, VARIABLE, Word

_AGE_KEY = Word(
    words="a public key of age",
    pattern="age1[0-9a-z]{58}",
    code="bad-value",
    hint="'statusgen subscribers key' makes a pair; the public one begins with age1",
)
_TOKEN_LINK = Word(
    words="an address with {token}",
    pattern=r"https?://[^\s\\<>\"^`{|}]+\{token\}[^\s\\<>\"^`{|}]*",
    code="bad-url",
    hint="write it like https://acme.example/unsubscribe?token={token}",
    example="https://acme.example/unsubscribe?token={token}",
)
_FILE = defaulted("path", PATH, "The file, from that of config.yml.", "subscribers.age")
_RECIPIENTS = required(
    "recipients",
    ListOf(_AGE_KEY, at_least=1, unique=True),
    "The public keys for which it is encrypted.",
)
_IDENTITY = defaulted(
    "identity_env", VARIABLE, "The variable with a private key.", "STATUSGEN_IDENTITY"
)
_LINK_SECRET = defaulted(
    "secret_env", VARIABLE, "The variable with the key of removal links.", "STATUSGEN_LINK_SECRET"
)
_UNSUBSCRIBE = defaulted("unsubscribe", _TOKEN_LINK, "Where a removal link leads.", "")
_REMOVAL_BOX = defaulted("mailbox", MAILBOX, "Who takes removals by mail.", "")


def _subscribers(values: Values) -> Subscribers | None:
    recipients = values[_RECIPIENTS]
    if not recipients:
        return None
    ways = (_UNSUBSCRIBE, _REMOVAL_BOX)
    if not any(values.has(one) or values.is_wrong(one) for one in ways):
        message = "subscribers, and no way to leave that their mails could name"
        hint = "write 'unsubscribe', 'mailbox', or both"
        values.report.warn("no-unsubscribe", message, values.where, hint)
    keys = (_IDENTITY, _LINK_SECRET, _UNSUBSCRIBE, _REMOVAL_BOX)
    return Subscribers(values[_FILE], recipients, *(values[key] for key in keys))


SUBSCRIBERS = Shape(
    "the subscribers",
    (_FILE, _RECIPIENTS, _IDENTITY, _LINK_SECRET, _UNSUBSCRIBE, _REMOVAL_BOX),
    _subscribers,
)
