from __future__ import annotations

import pytest

from statusgen.config import parse_config

PAGE = "page: {name: Acme, url: https://status.acme.example}\n"
SECRET = "hunter2-canary"  # noqa: S105  the word that must not appear anywhere


@pytest.mark.parametrize(
    "text",
    [
        f"token: {SECRET}",
        f"password: '{SECRET}'",
        f"secret: {SECRET}",
        f"api_key: {SECRET}",
        f"api-key: {SECRET}",
        f"apikey: {SECRET}",
        f"Authorization: Bearer {SECRET}",
        f"smtp_password: {SECRET}",
        f"client-secret: {SECRET}",
        f"private_key: |\n  {SECRET}\n  {SECRET}\n",
        f"alerts: [{{kind: mail, password: {SECRET}}}]",
        f"alerts: [{{kind: chat, deep: {{er: [{{access_key: {SECRET}}}]}}}}]",
        f"notify:\n  - tokens: x\n    token: [{SECRET}]\n",
        f"alerts: [{{url: 'https://me:{SECRET}@acme.example/hook'}}]",
        f"alerts: [{{url: 'https://{SECRET}@acme.example/hook'}}]",
        f"alerts: ['smtp://u:{SECRET}@mail.acme.example']",
        f"publish: [{{type: git, remote: 'ssh://git:{SECRET}@git.acme.example/a.git'}}]",
        f"components: [{{id: a, name: A, probe: {{url: 'https://me:{SECRET}@acme.example'}}}}]",
    ],
)
def test_a_secret_is_refused_and_never_repeated(text: str) -> None:
    _, problems = parse_config(f"{PAGE}{text}\n")
    assert [one.code for one in problems if one.code == "inline-secret"] == ["inline-secret"]
    assert "unknown-key" not in {one.code for one in problems}
    assert "bad-url" not in {one.code for one in problems}
    assert not any(SECRET in str(one) for one in problems)


@pytest.mark.parametrize(
    "text",
    [
        "alerts: [{kind: mail, password_env: MAIL_PASSWORD, token_file: /run/token}]",
        "alerts: [{token: ''}]",
        "publish: [{type: git, remote: 'ssh://git@git.acme.example/a.git'}]",
        "alerts: [{token: }]",
        "alerts: [{token: {env: TOKEN}}]",
        "alerts: [{author: me, tokens: 5, passwordless: true, secretary: Ann}]",
        "alerts: [{to: 'mailto:me@acme.example', text: 'see https://acme.example'}]",
    ],
)
def test_the_name_of_a_secret_is_none(text: str) -> None:
    _, problems = parse_config(f"{PAGE}{text}\n")
    assert [one.code for one in problems if one.is_error] == []


def test_the_hint_names_the_key_to_use() -> None:
    _, problems = parse_config(f"{PAGE}alerts: [{{api_key: {SECRET}}}]\n")
    assert problems[0].where == ("config.yml", 2, 11)
    assert problems[0].hint == "put it into the environment, and write api_key_env: NAME"
