from __future__ import annotations

import pytest

from statusgen.config import parse_config
from statusgen.config.write import write_config
from statusgen.model import (
    AppriseChannel,
    ChannelOptions,
    Config,
    EventKind,
    Form,
    Impact,
    LedgerPlace,
    ListmonkChannel,
    MailChannel,
    Subscribers,
    WebhookChannel,
)

PAGE = (
    "page: {name: Acme, url: 'https://status.acme.example', languages: [en, de]}\n"
    "components:\n"
    "  - {id: api, name: API}\n"
    "  - {group: Payments, components: [{id: cards, name: Cards}]}\n"
)
REST = "ledger: {path: ../ledger}\n"
KEY = "age1" + "q" * 58
HEARS = (
    "components: [api, payments], impact: major, kinds: [opened, resolved], language: de,"
    " audience: internal, hourly: 5, timeout: 10s"
)
HEARING = ChannelOptions(
    ("api", "payments"),
    Impact.MAJOR,
    (EventKind.OPENED, EventKind.RESOLVED),
    "de",
    "internal",
    5,
    10.0,
)


def read(items: str, rest: str = REST) -> tuple[Config, list[tuple[str, str]]]:
    """Return the config with these channels, and code and message of each problem."""
    config, problems = parse_config(f"{PAGE}notify:\n{items}{rest}")
    assert config is not None
    return config, [(one.code, one.message) for one in problems]


def test_each_type_is_read_with_what_is_so_without_a_key() -> None:
    config, problems = read(
        "  - {type: mail, server: smtp.acme.example, from: status@acme.example,"
        " to: [list@acme.example]}\n"
        "  - {type: webhook, url: 'https://hooks.acme.example/status'}\n"
        "  - {type: apprise, url_env: SLACK}\n"
        "  - {type: listmonk, url: 'https://lists.acme.example', user_env: U, token_env: T,"
        " lists: [3]}\n"
    )
    assert problems == []
    assert config.notify == (
        MailChannel(
            "mail", "smtp.acme.example", "status@acme.example", port=587, to=("list@acme.example",)
        ),
        WebhookChannel("webhook", url="https://hooks.acme.example/status"),
        AppriseChannel("apprise", "SLACK"),
        ListmonkChannel("listmonk", "https://lists.acme.example", "U", "T", lists=(3,)),
    )
    assert config.ledger == LedgerPlace(path="../ledger")


EVERY_KEY = (
    "  - {type: mail, name: post, server: localhost, port: 2525, security: none, user_env: U,"
    " password_env: P, from: 'Acme <a@acme.example>', reply_to: help@acme.example,"
    f" to: [list@acme.example], subscribers: true, {HEARS}}}\n"
    "  - {type: webhook, name: hook, url_env: HOOK, secrets_env: [NEW, OLD], allow_private: true,"
    f" {HEARS}}}\n"
    f"  - {{type: apprise, name: chat, url_env: SLACK, form: chat, {HEARS}}}\n"
    "  - {type: listmonk, name: list, url: 'https://lists.acme.example/', user_env: U,"
    f" token_env: T, lists: [3, 4], template: 7, {HEARS}}}\n"
)
EVERY_REST = (
    "ledger: {remote: 'https://git.acme.example/a.git', branch: told, token_env: TOKEN}\n"
    f"subscribers: {{path: people.age, recipients: [{KEY}], identity_env: ID, secret_env: S,"
    " unsubscribe: 'https://acme.example/bye?token={token}', mailbox: bye@acme.example}\n"
)


def test_every_key_of_each_type_is_read() -> None:
    config, problems = read(EVERY_KEY, EVERY_REST)
    assert problems == []
    assert config.notify == (
        MailChannel(
            *("post", "localhost", "Acme <a@acme.example>", HEARING, 2525, "none", "U", "P"),
            *(("list@acme.example",), True, "help@acme.example"),
        ),
        WebhookChannel("hook", HEARING, "", "HOOK", ("NEW", "OLD"), allow_private=True),
        AppriseChannel("chat", "SLACK", HEARING, Form.CHAT),
        ListmonkChannel("list", "https://lists.acme.example", "U", "T", HEARING, (3, 4), 7),
    )
    assert config.ledger == LedgerPlace("", "https://git.acme.example/a.git", "told", "TOKEN")
    assert config.subscribers == Subscribers(
        *("people.age", (KEY,), "ID", "S", "https://acme.example/bye?token={token}"),
        "bye@acme.example",
    )


def test_what_is_read_is_written_so_that_it_is_read_again() -> None:
    config, _ = read(EVERY_KEY, EVERY_REST)
    assert parse_config(write_config(config)) == (config, [])


@pytest.mark.parametrize(
    ("item", "code", "message"),
    [
        (
            "{type: mail, server: a, from: a@b}",
            "missing-key",
            "a channel that reaches nobody",
        ),
        (
            "{type: mail, server: a, from: a@b, to: ['a b@c']}",
            "bad-value",
            "'a b@c' is not a mail address",
        ),
        (
            '{type: mail, server: a, from: "A\\r\\nBcc: x <a@b>", to: [a@b]}',
            "bad-value",
            "'A\ufffd Bcc: x <a@b>' is not a sender",
        ),
        ("{type: webhook}", "missing-key", "a webhook without 'url' or 'url_env'"),
        (
            "{type: webhook, url: 'https://a.example', url_env: A}",
            "bad-value",
            "'url' and 'url_env' exclude each other",
        ),
        (
            "{type: webhook, url: 'https://token@a.example'}",
            "inline-secret",
            "a name or a password is written into an address",
        ),
        (
            "{type: apprise, url_env: A, form: sms, audience: internal}",
            "bad-value",
            "what is not public never goes to 'sms'",
        ),
        (
            "{type: apprise, url_env: A, components: [apii]}",
            "unknown-component",
            "unknown component 'apii'",
        ),
        (
            "{type: apprise, url_env: A, language: fr}",
            "unknown-language",
            "the page has no language 'fr'",
        ),
        (
            "{type: mail, server: a, from: a@b, subscribers: true}",
            "no-subscribers",
            "channel 'mail' is for subscribers, and there is no 'subscribers'",
        ),
        ("{type: slack}", "bad-value", "'slack' is not known here"),
    ],
)
def test_what_cannot_be_so_is_told(item: str, code: str, message: str) -> None:
    _, problems = read(f"  - {item}\n")
    assert problems[:1] == [(code, message)]


def test_channels_need_a_ledger() -> None:
    _, problems = read("  - {type: apprise, url_env: SLACK}\n", rest="")
    assert problems == [("missing-key", "channels, and no 'ledger' to remember who was told what")]
