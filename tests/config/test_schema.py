"""The printed schema and the reader accept and refuse the same files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import product
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statusgen.config import config_schema, parse_config
from statusgen.problems import Problem

SCHEMA = config_schema()
READER_ONLY = {
    "duplicate-id",
    "inline-secret",
    "missing-language",
    "no-subscribers",
    "unknown-component",
    "unknown-language",
}  # what no schema can see


def _pattern(
    validator: object,
    pattern: str,
    instance: object,
    schema: object,
) -> Iterator[jsonschema.ValidationError]:
    r"""Match as editors do, in ECMAScript, where `$` is not also the place before a last \n."""
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


_extended: Callable[..., Any] = jsonschema.validators.extend
VALIDATOR = _extended(jsonschema.Draft7Validator, {"pattern": _pattern})(
    SCHEMA,
    format_checker=jsonschema.FormatChecker(["date"]),
)


def schema_accepts(data: object) -> bool:
    return bool(VALIDATOR.is_valid(data))


def reader_problems(data: object) -> list[Problem]:
    _, problems = parse_config(json.dumps(data, ensure_ascii=False))  # JSON is YAML
    return [one for one in problems if one.is_error and one.code not in READER_ONLY]


GOOD: dict[str, Any] = {
    "page": {
        "name": "Acme",
        "url": "https://status.acme.example",
        "timezone": "Europe/Berlin",
        "languages": ["en", "de"],
        "description": "All\nof it",
        "support": {"en": "mailto:help@acme.example", "de": "https://acme.example/hilfe"},
        "report": "https://a.example/new?title={title}&on={component}",
        "feedback": "mailto:help@a.example?subject={answer}",
        "since": "2026-01-12",
        "stale_after": 90,
        "code": "4nq0xk2m9b1z",
        "updated": "2026-11-01T09:00:00.123Z",
    },
    "brand": {
        "logo": "a.svg",
        "logo_dark": "a/b.svg",
        "favicon": "c.png",
        "accent": "#fff",
        "accent_dark": "#0b5fff",
        "stylesheet": "a/b.css",
        "links": [{"label": "Acme", "url": "https://a.example"}],
    },
    "components": [
        {
            "id": "api",
            "name": 5,
            "description": True,
            "since": "2026-01-01",
            "until": "2199-12-31",
            "uptime": {"source": "probes", "objective": 99.9},
            "probe": {"url": "https://a.example", "expect": 204, "timeout": "5s"},
            "showcase": False,
            "only_show_if_degraded": True,
            "code": 12,
            "position": 3,
            "order": 0,
            "created": "2026-01-01 00:00",
            "updated": "2026-01-01 00:00 +01:00",
            "formerly": [{"name": "Old", "until": "2026-01-01 00:00 UTC"}],
            "override": {"status": "partial_outage", "at": "2026-01-01 00:00:01 UTC"},
        },
        {
            "group": {"en": "Payments", "de": "Zahlungen"},
            "id": "payments",
            "description": {"en": "", "de": None},
            "components": [{"id": "checkout", "name": "Checkout"}],
            "showcase": True,
            "code": "abc",
            "position": 1,
            "order": 2,
            "created": None,
            "updated": None,
        },
    ],
    "uptime": {"rule": "custom", "degraded": 1, "partial": 2, "major": 3},
    "subscribe": {"email": {"action": "https://a.example/add?u=1", "field": "fields[email]"}},
    "alerts": [{"any": ["thing"]}],
}
LISTED: dict[str, Any] = {
    "page": {"name": "Acme", "url": "https://status.acme.example"},
    "publish": [
        {"type": "directory", "name": "disk", "path": "web", "url": "https://a.example"},
        {"type": "git", "remote": "git@a.example:a.git", "branch": "live", "history": "all"},
        {"type": "s3", "bucket": "acme-status", "prefix": "status", "region": "eu-west-1"},
        {"type": "rsync", "to": "a@b:c", "port": 22, "key_env": "KEY", "host_key": "b ssh-rsa A"},
    ],
    "notify": [
        {"type": "mail", "server": "a.example", "from": "A <a@b.example>", "to": ["x@y.example"]},
        {"type": "webhook", "url": "https://a.example", "secrets_env": ["A"], "timeout": "5s"},
        {"type": "apprise", "url_env": "A", "form": "sms", "kinds": ["opened"], "impact": "major"},
        {
            "type": "listmonk",
            "url": "https://a.example",
            "user_env": "U",
            "token_env": "T",
            "lists": [1],
        },
    ],
    "ledger": {"path": "ledger"},
    "subscribers": {"recipients": ["age1" + "q" * 58], "mailbox": "a@b.example"},
}
DOCUMENTS = pytest.mark.parametrize("good", [GOOD, LISTED], ids=["every key", "lists of types"])

VALUES = [
    *[None, True, False, 0, 1, -1, 5, 100, 101, 599, 600, 1_000_001, 1e300, 0.5, 99.95, -0.1],
    *[10**15 - 1, 10**15],
    *["", " ", "x", "API", "api", "a-b", "a_b", "con", "-a", "a\nb", "a\n", "\n", "é", "日本", "5"],
    *["true", "null", "no", "en", "pt-BR", "english", "UTC", "Europe/Berlin", "not a zone", "1.5"],
    *["2026-01-12", "2023-02-30", "2026-13-01", "1969-12-31", "2200-01-01", "2026-1-1"],
    *["2026-01-12 10:00", "2026-01-12 10:00 UTC", "2026-01-12T10:00:00Z", "2026-01-12 24:00 UTC"],
    *["2026-01-12 10:00 +1:00", "2026-01-12 10:00:00.1234567Z", " 2026-01-12  10:00  utc "],
    *["10:00 UTC", "+30m", "5s", "0s", "500ms", "2m", "5 s", "1.2345s", "999s", "1000s"],
    *["https://a.example", "https://a.example/", "http://a.example:8080/x?y=1#z", "//a.example"],
    *[
        "https://",
        "https://a b",
        "https://a.example:99999",
        "ftp://a.example",
        "mailto:a@b.example",
    ],
    *["https://a.example/?x={title}", "https://a.example/{x}", "mailto:a@b.example?subject={url}"],
    *[{"link": "https://a.example"}, {"action": "https://a.example"}, {"action": None}, "a.css"],
    *["mailto:", "a.svg", "a/b.svg", "../a", "/a", ".a", "a//b", "#fff", "#fffff", "red"],
    *["operational", "partial_outage", "under_maintenance", "probes", "incidents", "statuspage"],
    *["incident-io", "custom", "x" * 64, "x" * 65, "x" * 128, "x" * 129],
    *[[], ["en"], [None], ["x", 5], [[]], {}, {"id": "a", "name": "A"}, {"group": "G"}, [{}]],
    *[[{"name": "A", "until": "2026-01-01 00:00 UTC"}], {"source": "probes"}, {"rule": "custom"}],
    *["directory", [{"type": "s3"}], [{"type": "git", "remote": "x", "path": "y"}]],
    *[{"url": "https://a.example"}, {"status": "operational", "at": "2026-01-01 00:00 UTC"}],
]

KEYS = sorted(
    {"group", "id", "name", "url", "since", "rule", "partial", "colour", "", "Page", "components"},
)


def places(data: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401  JSON
    """Yield every container with each of its keys or indices."""
    keys = list(data) if isinstance(data, dict) else list(range(len(data)))
    for key in keys:
        yield data, key
        if isinstance(data[key], dict | list):
            yield from places(data[key])


def is_accepted_alike(data: object) -> None:
    problems = reader_problems(data)
    assert schema_accepts(data) == (not problems), (problems, list(VALIDATOR.iter_errors(data)))


def test_the_schema_is_a_valid_one_of_draft_7_and_can_be_printed() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@DOCUMENTS
def test_a_config_with_every_key_is_accepted_by_both(good: dict[str, Any]) -> None:
    assert schema_accepts(good)
    assert reader_problems(good) == []


def is_out_of_reach(key: object, value: object) -> bool:
    """Tell whether the place of a value needs what only the reader knows."""
    return (key == "timezone" and isinstance(value, str) and value not in {"", "not a zone"}) or (
        key == "until" and isinstance(value, str)  # may lie before `since`
    )


def judge_alike_with_every(good: dict[str, Any], step: int) -> None:
    """Put every value at every place, or one of `step` such, and let both judge."""
    count = len(list(places(good)))
    for number, value in list(product(range(count), VALUES))[::step]:
        data = deepcopy(good)
        container, key = list(places(data))[number]
        container[key] = deepcopy(value)
        if not is_out_of_reach(key, value):
            is_accepted_alike(data)


@DOCUMENTS
def test_a_value_at_a_place_is_judged_alike(good: dict[str, Any]) -> None:
    judge_alike_with_every(good, 23)


@pytest.mark.extreme
@DOCUMENTS
def test_every_value_at_every_place_is_judged_alike(good: dict[str, Any]) -> None:
    judge_alike_with_every(good, 1)


@DOCUMENTS
def test_a_key_that_is_missing_anywhere_is_judged_alike(good: dict[str, Any]) -> None:
    for number in range(len(list(places(good)))):
        data = deepcopy(good)
        container, key = list(places(data))[number]
        del container[key]
        is_accepted_alike(data)


@pytest.mark.parametrize("name", KEYS)
def test_a_key_that_is_added_anywhere_is_judged_alike(name: str) -> None:
    mappings = [GOOD, *(box[key] for box, key in places(GOOD) if isinstance(box[key], dict))]
    for number in range(len(mappings)):
        data = deepcopy(GOOD)
        mapping = [data, *(box[key] for box, key in places(data) if isinstance(box[key], dict))][
            number
        ]
        if name not in mapping:
            mapping[name] = "x"
            is_accepted_alike(data)


JSON = st.recursive(
    st.sampled_from(VALUES),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(JSON)
@settings(max_examples=100)
def test_anything_in_place_of_a_config_is_judged_alike(data: object) -> None:
    is_accepted_alike(data)


@given(st.lists(st.tuples(st.integers(0, 200), JSON), min_size=1, max_size=4))
@settings(max_examples=200)
def test_several_changes_are_judged_alike(changes: list[tuple[int, object]]) -> None:
    data = deepcopy(GOOD)
    for number, value in changes:
        found = list(places(data))
        container, key = found[number % len(found)]
        if not is_out_of_reach(key, value):
            container[key] = deepcopy(value)
    is_accepted_alike(data)
