from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statusgen.config import parse_config
from statusgen.config.write import write_config
from statusgen.model import (
    Brand,
    Coaching,
    CoachRule,
    Component,
    ComponentStatus,
    Config,
    EmailList,
    FormerName,
    Group,
    Link,
    Objective,
    Override,
    Page,
    Probe,
    Strictness,
    Subscribe,
    Translated,
    UptimeRule,
)
from statusgen.reading.characters import CONTROLS

PAGE = Page("Acme", "https://status.acme.example")


def test_only_what_differs_from_the_defaults_is_written() -> None:
    config = Config(
        page=PAGE._replace(timezone="Europe/Berlin", since=date(2026, 1, 12)),
        components=(
            Component("api", "API", uptime=Objective(objective=99.9)),
            Component("checkout", "Checkout", group="payments", until=date(2026, 5, 1)),
        ),
        groups=(Group("payments", "Payments: cards", code="cccc"),),
        layout=("payments", "api"),
        uptime=UptimeRule("incident-io", 0, 100, 100),
    )
    assert write_config(config) == (
        "page:\n"
        "  name: Acme\n"
        "  url: https://status.acme.example\n"
        "  timezone: Europe/Berlin\n"
        "  since: 2026-01-12\n"
        "components:\n"
        '  - group: "Payments: cards"\n'
        "    id: payments\n"
        "    components:\n"
        "      - id: checkout\n"
        "        name: Checkout\n"
        "        until: 2026-05-01\n"
        "    code: cccc\n"
        "  - id: api\n"
        "    name: API\n"
        "    uptime:\n"
        "      objective: 99.9\n"
        "uptime:\n"
        "  rule: incident-io\n"
    )


def test_what_the_coach_weighs_is_written_and_read_again() -> None:
    rules = ((CoachRule.BOILER_APOLOGY, Strictness.OFF), (CoachRule.LEAK, Strictness.ERROR))
    config = Config(PAGE, coach=Coaching(rules, date(2026, 11, 21)))
    text = write_config(config)
    assert text.endswith('coach:\n  since: 2026-11-21\n  IC-24: "off"\n  IC-29: error\n')
    assert parse_config(text) == (config, [])


def test_a_component_that_the_layout_forgets_is_written_at_the_end() -> None:
    config = Config(PAGE, components=(Component("a", "A"), Component("b", "B")), layout=("b",))
    read, problems = parse_config(write_config(config))
    assert problems == []
    assert read is not None
    assert read.layout == ("b", "a")


def test_a_value_of_an_unknown_kind_is_a_bug_of_ours() -> None:
    wrong: Any = 1 + 2j
    with pytest.raises(TypeError, match="nothing in config"):
        write_config(Config(PAGE._replace(description=wrong)))


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=20).filter(
    lambda text: not re.search(f"[{CONTROLS}]", text),
)
LINES = TEXTS.filter(lambda text: bool(text.strip()) and not re.search("[\n\u2028\u2029]", text))
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{1,8}", fullmatch=True).filter(
    lambda an_id: not re.fullmatch("con|prn|aux|nul|com[0-9]|lpt[0-9]", an_id),
)
CODES = st.just("") | st.from_regex("[0-9a-z]{12}", fullmatch=True)
DATES = st.dates(date(1970, 1, 1), date(2199, 12, 31))
TIMES = st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC))
PLACES = st.none() | st.integers(0, 1_000_000)
URLS = st.sampled_from(["https://a.example", "http://a.example:8080/health?x=1#y"])
KEPT: dict[str, st.SearchStrategy[Any]] = {
    "position": PLACES,
    "order": PLACES,
    "created": st.none() | TIMES,
    "updated": st.none() | TIMES,
}

PROBES = st.builds(Probe, URLS, st.integers(100, 599), st.floats(0.001, 3600))
OBJECTIVES = st.builds(
    Objective,
    st.sampled_from(["incidents", "probes"]),
    st.none() | st.floats(0, 100),
)


@st.composite
def translations(draw: st.DrawFn, languages: tuple[str, ...]) -> tuple[Translated, ...]:
    """Draw other languages' texts of what has a name and a description."""
    return tuple(
        Translated(field, language, draw(st.sampled_from(["Kasse", "no", "12:30", "# a: b"])))
        for field in ("name", "description")
        for language in languages[1:]
        if draw(st.booleans())
    )


def link_translations(languages: tuple[str, ...]) -> st.SearchStrategy[tuple[Translated, ...]]:
    """Return other languages' texts of a link."""
    some = [(), *((Translated("label", one, "Impressum"),) for one in languages[1:])]
    return st.sampled_from(some)


@st.composite
def components(
    draw: st.DrawFn, an_id: str, code: str, group: str, languages: tuple[str, ...]
) -> Component:
    since, until = draw(st.tuples(st.none() | DATES, st.none() | DATES))
    if since and until and until < since:
        since, until = until, since
    return Component(
        id=an_id,
        name=draw(LINES),
        description=draw(TEXTS),
        group=group,
        since=since,
        until=until,
        uptime=draw(OBJECTIVES),
        probe=draw(st.none() | PROBES),
        showcase=draw(st.booleans()),
        only_show_if_degraded=draw(st.booleans()),
        code=code,
        formerly=tuple(draw(st.lists(st.builds(FormerName, LINES, TIMES), max_size=2))),
        override=draw(st.none() | st.builds(Override, st.sampled_from(ComponentStatus), TIMES)),
        translations=draw(translations(languages)),
        **draw(st.fixed_dictionaries(KEPT)),
    )


@st.composite
def configs(draw: st.DrawFn) -> Config:
    ids = draw(st.lists(IDS, unique=True, max_size=5))
    codes = draw(st.lists(CODES.filter(bool), unique=True, min_size=len(ids), max_size=len(ids)))
    languages = tuple(
        draw(st.lists(st.sampled_from(["en", "no", "pt-BR"]), min_size=1, unique=True))
    )
    all_components: list[Component] = []
    groups: list[Group] = []
    layout: list[str] = []
    for an_id, code in zip(ids, codes, strict=True):
        kind = draw(st.sampled_from(["single", "group", "child"]))
        if kind == "group":
            extra = draw(st.fixed_dictionaries(KEPT))
            showcase = draw(st.booleans())
            group = Group(
                an_id,
                draw(LINES),
                draw(TEXTS),
                showcase=showcase,
                code=code,
                translations=draw(translations(languages)),
                **extra,
            )
            groups.append(group)
            layout.append(an_id)
        elif kind == "child" and groups and layout[-1] == groups[-1].id:
            all_components.append(draw(components(an_id, code, groups[-1].id, languages)))
        else:
            all_components.append(draw(components(an_id, code, "", languages)))
            layout.append(an_id)
    page = Page(
        name=draw(LINES),
        url=draw(st.sampled_from(["https://a.example", "http://a.example:81/status/x"])),
        timezone=draw(st.sampled_from(["UTC", "Europe/Berlin", "America/New_York"])),
        languages=languages,
        description=draw(TEXTS),
        support=draw(st.sampled_from(["", "mailto:help@a.example", "https://a.example/help"])),
        report=draw(st.sampled_from(["", "mailto:help@a.example?subject={component}"])),
        feedback=draw(st.sampled_from(["", "https://a.example/{incident}?{answer}"])),
        since=draw(st.none() | DATES),
        stale_after=draw(st.sampled_from([0, 60, 90])),
        code=draw(CODES),
        updated=draw(st.none() | TIMES),
        translations=draw(translations(languages)),
    )
    rule = draw(
        st.sampled_from([UptimeRule(), UptimeRule("incident-io", 0, 100, 100)])
        | st.builds(UptimeRule, st.just("custom"), *[st.integers(0, 100)] * 3),
    )
    paths = st.sampled_from(["", "brand/logo.svg", "x.png"])
    colours = st.sampled_from(["", "#fff", "#0b5fff"])
    sheets = st.sampled_from(["", "brand/extra.css"])
    links = st.lists(st.builds(Link, LINES, URLS, link_translations(languages)), max_size=2).map(
        tuple
    )
    brand = draw(st.builds(Brand, paths, paths, paths, colours, colours, sheets, links))
    email = draw(st.sampled_from([None, EmailList("https://a.example"), EmailList(link=page.url)]))
    parts = (tuple(all_components), tuple(groups), tuple(layout))
    return Config(page, brand, *parts, rule, Subscribe(email))


@given(configs())
@settings(max_examples=100)
def test_what_is_written_is_read_back_the_same_and_without_a_problem(config: Config) -> None:
    text = write_config(config)
    read, problems = parse_config(text)
    assert problems == []
    assert read == config
    assert write_config(read) == text


@pytest.mark.extreme
@given(configs())
@settings(max_examples=5000)
def test_what_is_written_is_read_back_the_same_many_times(config: Config) -> None:
    assert parse_config(write_config(config)) == (config, [])
