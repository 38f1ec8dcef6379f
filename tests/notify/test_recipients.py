from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from subscriber_strategies import GONE, LANGUAGES, PLACES, START, books, subscribers
from timeline.values import incident, maintenance, update

from statusgen.model import (
    Affected,
    ChannelOptions,
    Component,
    ComponentStatus,
    Config,
    EventKind,
    Group,
    Impact,
    Kind,
    MailChannel,
    Page,
    Subscribers,
)
from statusgen.notify.listener import Recipient
from statusgen.notify.recipients import recipients_of
from statusgen.notify.subscribers.age_file import AgeFile, new_keys
from statusgen.notify.subscribers.book import LEAST_IMPACTS, Book, Subscriber
from statusgen.timeline import derive
from statusgen.timeline.events import Event, events_of

CONFIG = Config(
    page=Page("Acme", "https://status.acme.example", languages=LANGUAGES),
    components=(
        Component("api", "API"),
        Component("web", "Web"),
        Component("checkout", "Checkout", group="payments"),
        Component("refunds", "Refunds", group="payments"),
    ),
    groups=(Group("payments", "Payments"),),
)
CHANNEL = MailChannel("mail", "smtp.acme.example", "status@acme.example", subscribers=True)
NOW = START + timedelta(hours=4)
ORDER = list(Impact)


def event_of(components: tuple[str, ...], impact: Impact, kind: Kind = Kind.INCIDENT) -> Event:
    affected = tuple(Affected(one, ComponentStatus.PARTIAL_OUTAGE) for one in components)
    if kind is Kind.MAINTENANCE:
        told = maintenance("2026-11-21 10:00", "2026-11-21 18:00")._replace(components=affected)
    else:
        begun = update("investigating", START + timedelta(hours=1))
        told = incident(begun)._replace(components=affected, impact=impact, kind=kind)
    events = events_of(derive(CONFIG, [told], NOW), START - timedelta(days=90))
    return next(one for one in events if one.kind is not EventKind.COMPONENT)


def book_of(*people: Subscriber) -> Book:
    return Book("key", {one.identity: one for one in people})


def told(event: Event, book: Book, channel: MailChannel = CHANNEL) -> list[Recipient]:
    return list(recipients_of(channel, event, CONFIG, book))


def names(event: Event, book: Book, channel: MailChannel = CHANNEL) -> list[str]:
    return [one.address.partition("@")[0] for one in told(event, book, channel)]


def person(
    name: str,
    *components: str,
    impact: Impact = Impact.NONE,
    language: str = "",
) -> Subscriber:
    address = f"{name}@acme.example"
    return Subscriber(address, START, components, impact, language)


def reference(channel: MailChannel, event: Event, book: Book) -> Iterator[tuple[str, str]]:
    """Say who gets an event, one question after the other, as a person would ask them."""
    concerned = set(event.record.components)
    for component in CONFIG.components:
        if component.id in event.record.components and component.group:
            concerned.add(component.group)
    for one in book.subscribers.values():
        if not one.confirmed:
            continue
        chosen = [place for place in one.components if place != GONE]
        if chosen and concerned and not [place for place in chosen if place in concerned]:
            continue
        is_incident = event.record.kind is Kind.INCIDENT
        if is_incident and ORDER.index(event.record.impact) < ORDER.index(one.impact):
            continue
        speaks = one.language if one.language in LANGUAGES else "en"
        if channel.options.language and channel.options.language != speaks:
            continue
        yield one.address, speaks


@given(
    books(),
    st.lists(st.sampled_from(("api", "web", "checkout", "refunds")), max_size=3, unique=True),
    st.sampled_from((Impact.NONE, Impact.MINOR, Impact.MAJOR, Impact.CRITICAL)),
    st.sampled_from(tuple(Kind)),
    st.sampled_from(("", *LANGUAGES)),
)
def test_exactly_those_whom_it_concerns_get_an_event(
    book: Book, components: list[str], impact: Impact, kind: Kind, language: str
) -> None:
    event = event_of(tuple(components), impact, kind)
    channel = MailChannel("m", "s", "f", ChannelOptions(language=language), subscribers=True)
    found = [(one.address, one.language) for one in told(event, book, channel)]
    assert sorted(found) == sorted(reference(channel, event, book))


def test_of_ten_thousand_in_an_encrypted_file_exactly_those(tmp_path: Path) -> None:
    draw = random.Random(11)
    people = [
        Subscriber(
            f"person-{number}@mail-{number % 40}.example",
            START,
            tuple(draw.sample(PLACES, draw.randrange(4))),
            draw.choice(LEAST_IMPACTS),
            draw.choice(("", "xx", *LANGUAGES)),
            draw.random() < 0.9,
        )
        for number in range(10_000)
    ]
    keys = new_keys()
    settings = Subscribers(recipients=(keys.public,))
    file = AgeFile(str(tmp_path), settings, {settings.identity_env: keys.private})
    file.write(book_of(*people))
    book = file.read().book
    for components, impact in (
        (("api",), Impact.MINOR),
        (("checkout",), Impact.MAJOR),
        (("refunds", "web"), Impact.CRITICAL),
        ((), Impact.NONE),
    ):
        event = event_of(components, impact)
        found = [(one.address, one.language) for one in told(event, book)]
        assert sorted(found) == sorted(reference(CHANNEL, event, book_of(*people)))
        assert len({one.mark for one in told(event, book)}) == len(found) > 1000


def test_who_chose_a_group_hears_of_its_components() -> None:
    book = book_of(person("group", "payments"), person("other", "api"), person("all"))
    assert names(event_of(("checkout",), Impact.MAJOR), book) == ["group", "all"]


def test_who_chose_what_is_gone_from_the_page_hears_of_everything() -> None:
    book = book_of(person("renamed", GONE), person("both", GONE, "api"))
    assert names(event_of(("checkout",), Impact.MAJOR), book) == ["renamed"]
    assert names(event_of(("api",), Impact.MAJOR), book) == ["renamed", "both"]


def test_what_concerns_the_page_as_a_whole_concerns_everybody() -> None:
    book = book_of(person("one", "api"), person("all"))
    assert names(event_of((), Impact.MAJOR), book) == ["one", "all"]


def test_the_least_impact_is_of_incidents_only() -> None:
    book = book_of(person("severe", impact=Impact.CRITICAL))
    assert names(event_of(("api",), Impact.MAJOR), book) == []
    assert names(event_of(("api",), Impact.CRITICAL), book) == ["severe"]
    assert names(event_of(("api",), Impact.NONE, Kind.MAINTENANCE), book) == ["severe"]


def test_whoever_heard_of_it_hears_how_it_ends() -> None:
    updates = (
        update(
            "investigating",
            START,
            impact=Impact.CRITICAL,
            says={"api": ComponentStatus.MAJOR_OUTAGE},
        ),
        update("monitoring", START + timedelta(minutes=9), impact=Impact.MINOR),
        update("resolved", START + timedelta(minutes=20)),
    )
    events = events_of(derive(CONFIG, [incident(*updates)], NOW), START - timedelta(days=1))
    book = book_of(person("severe", "api", impact=Impact.CRITICAL))
    texts = [one for one in events if one.kind is not EventKind.COMPONENT]
    assert [names(one, book) for one in texts] == [["severe"]] * 3


def test_a_change_of_a_component_concerns_that_component() -> None:
    says = {"api": ComponentStatus.MAJOR_OUTAGE, "web": ComponentStatus.MAJOR_OUTAGE}
    history = derive(CONFIG, [incident(update("investigating", START, says=says))], NOW)
    changes = [
        one
        for one in events_of(history, START - timedelta(days=1))
        if one.kind is EventKind.COMPONENT
    ]
    book = book_of(person("web", "web"), person("api", "api"))
    assert [names(one, book) for one in changes] == [["api"], ["web"]]


def test_an_address_of_the_channel_gets_it_once_and_whatever_it_is() -> None:
    channel = MailChannel("m", "s", "f", to=("List@acme.example",), subscribers=True)
    book = book_of(person("list"), person("ada"))
    found = told(event_of(("api",), Impact.MAJOR), book, channel)
    assert [one.address for one in found] == ["List@acme.example", "ada@acme.example"]


def test_a_list_has_the_same_mark_with_and_without_subscribers() -> None:
    channel = MailChannel("m", "s", "f", to=("list@acme.example",), subscribers=True)
    event = event_of(("api",), Impact.MAJOR)
    (alone,) = recipients_of(channel, event, CONFIG, None)
    assert alone == told(event, book_of(person("ada")), channel)[0]


@given(subscribers())
def test_a_mark_shows_nobody(one: Subscriber) -> None:
    (found,) = told(event_of((), Impact.CRITICAL), book_of(one._replace(confirmed=True)))
    assert len(found.mark) == 16
    assert set(found.mark) <= set("0123456789abcdef")


def test_only_channels_for_subscribers_reach_them() -> None:
    channel = MailChannel("m", "s", "f", to=("list@acme.example",))
    assert names(event_of(("api",), Impact.MAJOR), book_of(person("ada")), channel) == ["list"]


@pytest.mark.parametrize(("asked", "spoken"), [("", "en"), ("de", "de"), ("xx", "en")])
def test_everybody_is_told_in_her_language_or_the_main_one(asked: str, spoken: str) -> None:
    event = event_of(("api",), Impact.MAJOR)
    (found,) = told(event, book_of(person("ada", language=asked)))
    assert found.language == spoken
