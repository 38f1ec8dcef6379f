"""The keys of `notify`: channels, each of a type with keys of its own, and what they hear of."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from statusgen.model import (
    PUBLIC,
    AppriseChannel,
    Channel,
    ChannelOptions,
    EventKind,
    Form,
    Impact,
    ListmonkChannel,
    MailChannel,
    WebhookChannel,
)
from statusgen.reading.alternatives import OneOfTwo
from statusgen.reading.fields import (
    Field,
    ListOf,
    Values,
    defaulted,
    optional,
    required,
)
from statusgen.reading.references import MentionedId, PageLanguage
from statusgen.reading.scalars import BOOL, Choice, Int
from statusgen.reading.variants import NamedList, Variants
from statusgen.reading.words import (
    DURATION,
    ID,
    MAIL_ADDRESS,
    MAILBOX,
    URL,
    VARIABLE,
    Word,
)


class ChannelType(StrEnum):
    """The kinds of channels."""

    MAIL = "mail"
    WEBHOOK = "webhook"
    APPRISE = "apprise"
    LISTMONK = "listmonk"


class Security(StrEnum):
    """How a connection to a mail server is kept from others."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


_SERVICES = (
    *("slack", "teams", "msteams", "discord", "matrix", "telegram", "mattermost", "googlechat"),
    *("mastodon", "bluesky", "twitter", "x", "ntfy", "gotify", "sms", "twilio", "vonage"),
)
_MEANT = {
    **dict.fromkeys(("email", "e-mail", "smtp"), ChannelType.MAIL),
    **dict.fromkeys(("http", "https", "url"), ChannelType.WEBHOOK),
    **dict.fromkeys(_SERVICES, ChannelType.APPRISE),
}


def _type_meant(text: str) -> str:
    meant = _MEANT.get(text.lower().replace(" ", ""))
    if meant is ChannelType.APPRISE:
        return f"write 'type: {meant}', and the address of {text} for Apprise into a variable"
    return f"did you mean '{meant}'?" if meant else ""


CHANNEL: Variants[ChannelType, Channel] = Variants("a channel", ChannelType, _type_meant)
CHANNELS = NamedList(CHANNEL)

_SENDER = Word(
    words="a sender",
    pattern=rf"{MAIL_ADDRESS}|[^\x00-\x1f\x7f<>\"]*\S *<{MAIL_ADDRESS}>",
    code="bad-value",
    hint="write it like Acme Status <status@acme.example>",
    example="Acme Status <status@acme.example>",
)
_HOST = Word(
    words="the name of a host",
    pattern=r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:]+",
    code="bad-value",
    hint="write its name only, like smtp.acme.example; the port is a key of its own",
    example="smtp.acme.example",
)

# ── what a channel hears of ───────────────────────────────────────────────────────────────────

_COMPONENTS: Field[tuple[str, ...]] = defaulted(
    "components",
    ListOf(MentionedId(), at_least=1, unique=True),
    "Only what concerns these components or groups, by their ids; without it, everything.",
    (),
)
_IMPACT: Field[Impact] = defaulted(
    "impact",
    Choice(Impact.NONE, Impact.MINOR, Impact.MAJOR, Impact.CRITICAL),
    "Only incidents of this impact or a worse one.",
    Impact.NONE,
)
_KINDS: Field[tuple[EventKind, ...]] = defaulted(
    "kinds",
    ListOf(Choice(*EventKind), at_least=1, unique=True),
    "Only these kinds of events; without it, those that fit the form.",
    (),
)
_LANGUAGE = defaulted("language", PageLanguage(), "The language, if not the page's main one.", "")
_AUDIENCE = defaulted("audience", ID, "Whom it reaches: `internal` also hears of that.", PUBLIC)
_HOURLY = defaulted(
    "hourly", Int(1, 10_000), "So many events an hour at most; later ones wait.", 60
)
_TIMEOUT = defaulted("timeout", DURATION, "How long it may take in all.", 60.0)
_OPTIONS = (_COMPONENTS, _IMPACT, _KINDS, _LANGUAGE, _AUDIENCE, _HOURLY, _TIMEOUT)


def _options(values: Values) -> ChannelOptions:
    return ChannelOptions(
        values[_COMPONENTS],
        values[_IMPACT],
        values[_KINDS],
        values[_LANGUAGE],
        values[_AUDIENCE],
        values[_HOURLY],
        values[_TIMEOUT],
    )


# ── the kinds of channels ─────────────────────────────────────────────────────────────────────

_SERVER = required("server", _HOST, "The mail server.")
_FROM = required("from", _SENDER, "Who it comes from.")
_PORT: Field[int | None] = optional(
    "port", Int(1, 65_535), "Its port; without it 587, or 465 for `tls`, or 25 for `none`."
)
_SECURITY: Field[Security] = defaulted(
    "security",
    Choice(*Security),
    "`starttls`, `tls` from the start, or `none` for a server of this machine.",
    Security.STARTTLS,
)
_USER = defaulted("user_env", VARIABLE, "The variable with the user's name.", "")
_PASSWORD = defaulted("password_env", VARIABLE, "The variable with the password.", "")
_TO: Field[tuple[str, ...]] = defaulted(
    "to",
    ListOf(MAILBOX, at_least=1, unique=True),
    "Addresses that anybody may see here, as those of mailing lists.",
    (),
)
_TO_SUBSCRIBERS = defaulted(
    "subscribers", BOOL, "Whether the addresses of `subscribers` get it.", default=False
)
_REPLY_TO = defaulted("reply_to", MAILBOX, "Where answers go, if not to the sender.", "")
_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


def _mail(values: Values, name: str) -> Channel | None:
    server, sender = values[_SERVER], values[_FROM]
    if not (values.has(_TO) or values.is_wrong(_TO) or values[_TO_SUBSCRIBERS]):
        message = "a channel that reaches nobody"
        values.report.error("missing-key", message, values.where, "write 'to' or 'subscribers'")
    if not server or not sender:
        return None
    security = values[_SECURITY]
    return MailChannel(
        name,
        server,
        sender,
        _options(values),
        port=values[_PORT] or _PORTS[security],
        security=security.value,
        user_env=values[_USER],
        password_env=values[_PASSWORD],
        to=values[_TO],
        subscribers=values[_TO_SUBSCRIBERS],
        reply_to=values[_REPLY_TO],
    )


_HOOK_URL = defaulted("url", URL, "Where it is sent, if that is no secret.", "")
_HOOK_URL_ENV = defaulted("url_env", VARIABLE, "The variable with the address, if it is one.", "")
_HOOK_SECRETS: Field[tuple[str, ...]] = defaulted(
    "secrets_env",
    ListOf(VARIABLE, at_least=1, unique=True),
    "The variables with keys to sign with; two while a key is changed for another.",
    (),
)
_PRIVATE = defaulted(
    "allow_private", BOOL, "Whether it may be on a private network.", default=False
)
_HOOK_ADDRESS = OneOfTwo("a webhook", _HOOK_URL, _HOOK_URL_ENV)


def _webhook(values: Values, name: str) -> Channel | None:
    if not _HOOK_ADDRESS.check(values):
        return None
    return WebhookChannel(
        name,
        _options(values),
        url=values[_HOOK_URL],
        url_env=values[_HOOK_URL_ENV],
        secrets_env=values[_HOOK_SECRETS],
        allow_private=values[_PRIVATE],
    )


_SERVICE = required("url_env", VARIABLE, "The variable with the service's address for Apprise.")
_FORM: Field[Form] = defaulted(
    "form",
    Choice(Form.CHAT, Form.SOCIAL, Form.SMS),
    "How long texts may be, and what is told: as a chat, a social network or text messages.",
    Form.CHAT,
)
_PUBLIC_FORMS = (Form.SOCIAL, Form.SMS)


def _apprise(values: Values, name: str) -> Channel | None:
    variable = values[_SERVICE]
    if values[_FORM] in _PUBLIC_FORMS and values[_AUDIENCE] != PUBLIC:
        message = f"what is not public never goes to '{values[_FORM]}'"
        values.report.error("bad-value", message, values.place(_AUDIENCE), "delete the line")
        return None
    return AppriseChannel(name, variable, _options(values), values[_FORM]) if variable else None


_LIST_URL = required("url", URL, "The Listmonk server.")
_LIST_USER = required("user_env", VARIABLE, "The variable with the name of its API user.")
_LIST_TOKEN = required("token_env", VARIABLE, "The variable with that user's token.")
_LISTS = required("lists", ListOf(Int(1, 2**31 - 1), at_least=1, unique=True), "Its lists.")
_TEMPLATE = optional("template", Int(1, 2**31 - 1), "Its template, if not the usual one.")


def _listmonk(values: Values, name: str) -> Channel | None:
    url, user, token, lists = (
        values[_LIST_URL],
        values[_LIST_USER],
        values[_LIST_TOKEN],
        values[_LISTS],
    )
    if not (url and user and token and lists):
        return None
    return ListmonkChannel(
        name, url.rstrip("/"), user, token, _options(values), lists, values[_TEMPLATE]
    )


def _with_options(*fields: Field[Any]) -> tuple[Field[Any], ...]:
    return (*fields, *_OPTIONS)


CHANNEL.add(
    ChannelType.MAIL,
    _with_options(
        *(_SERVER, _PORT, _SECURITY, _USER, _PASSWORD, _FROM, _REPLY_TO, _TO, _TO_SUBSCRIBERS)
    ),
    _mail,
    extra={
        "anyOf": [
            {"required": ["to"], "properties": {"to": {"type": "array"}}},
            {"required": ["subscribers"], "properties": {"subscribers": {"const": True}}},
        ]
    },
)
CHANNEL.add(
    ChannelType.WEBHOOK,
    _with_options(_HOOK_URL, _HOOK_URL_ENV, _HOOK_SECRETS, _PRIVATE),
    _webhook,
    extra=_HOOK_ADDRESS.schema(),
)
CHANNEL.add(
    ChannelType.APPRISE,
    _with_options(_SERVICE, _FORM),
    _apprise,
    extra={
        "if": {
            "required": ["form"],
            "properties": {"form": {"enum": [one.value for one in _PUBLIC_FORMS]}},
        },
        "then": {"properties": {"audience": {"enum": [PUBLIC, None]}}},
    },
)
CHANNEL.add(
    ChannelType.LISTMONK,
    _with_options(_LIST_URL, _LIST_USER, _LIST_TOKEN, _LISTS, _TEMPLATE),
    _listmonk,
)
