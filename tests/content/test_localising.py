"""Whatever is translated, the facts of a page are the same in every language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import incidents, lines, texts

from statusgen.content import localise
from statusgen.model import (
    Brand,
    Component,
    Config,
    Group,
    Incident,
    Link,
    Page,
    Translated,
    Translation,
    Update,
)
from statusgen.timeline import derive

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CONFIG = Config(
    page=Page(
        "Acme",
        "https://status.acme.example",
        languages=("en", "de", "ar"),
        description="All of it",
        translations=(Translated("description", "de", "Alles"),),
    ),
    components=(
        Component("api", "API", "REST", translations=(Translated("name", "de", "Zugang"),)),
        Component(
            "checkout",
            "Checkout",
            "Where people pay",
            group="money",
            translations=(
                Translated("name", "de", "Kasse"),
                Translated("description", "ar", "حيث يدفع الناس"),
            ),
        ),
        Component("web-app", "App", group="money"),
        Component("eu-1", "EU"),
    ),
    groups=(Group("money", "Money", translations=(Translated("name", "ar", "مال"),)),),
    layout=("api", "money", "eu-1"),
)


@st.composite
def translated_incidents(draw: st.DrawFn) -> Incident:
    """Return an incident of which any part may be translated."""
    incident = draw(incidents())
    translation = Translation(
        "de",
        f"incidents/{incident.id}.de.md",
        draw(st.just("") | lines()),
        draw(st.just("") | texts()),
        tuple(
            (update.id, text)
            for update in incident.updates
            if draw(st.booleans()) and (text := draw(texts()))
        ),
    )
    return incident._replace(translations=(translation,))


def without_texts(incident: Incident) -> Incident:
    return incident._replace(
        title="",
        summary="",
        updates=tuple(update._replace(text="") for update in incident.updates),
        foreign=frozenset(),
    )


@given(translated_incidents(), st.sampled_from(["en", "de", "ar"]))
@settings(max_examples=60)
def test_only_texts_differ_between_languages(incident: Incident, language: str) -> None:
    localised = localise(CONFIG, [incident], language).incidents[0]
    assert without_texts(localised) == without_texts(incident)


@given(st.lists(translated_incidents(), max_size=4, unique_by=lambda one: one.id))
@settings(max_examples=30, deadline=None)
def test_what_is_true_at_a_moment_is_the_same_in_every_language(found: list[Incident]) -> None:
    told = []
    for language in CONFIG.page.languages:
        localised = localise(CONFIG, found, language)
        history = derive(localised.config, localised.incidents, NOW)
        told.append(
            (
                [facts_of(one) for one in (*history.records, *history.notices)],
                {id_: (one.status, one.since) for id_, one in history.components.items()},
                {id_: one.status for id_, one in history.groups.items()},
                (history.page, history.updated, history.next_change),
            ),
        )
    assert told[0] == told[1] == told[2]


def facts_of(record: object) -> object:
    """Return a record without its words."""
    fields = record._asdict()  # type: ignore[attr-defined]
    del fields["incident"], fields["title"]
    updates: tuple[Update, ...] = fields.pop("updates")
    return fields, [update._replace(text="") for update in updates]


@given(translated_incidents())
@settings(max_examples=60)
def test_each_text_is_translated_or_said_to_be_foreign(incident: Incident) -> None:
    localised = localise(CONFIG, [incident], "de").incidents[0]
    translation = incident.translations[0]
    told = dict(translation.texts)
    for before, after in zip(incident.updates, localised.updates, strict=True):
        assert after.text == told.get(before.id, before.text)
        assert before.id in told or not before.text or before.text in localised.foreign
    assert localised.title == (translation.title or incident.title)
    assert translation.title or incident.title in localised.foreign
    assert localised.summary == (translation.summary or incident.summary)


def test_the_main_language_is_what_the_files_say() -> None:
    incident = Incident("cards", "Cards", translations=(Translation("de", title="Karten"),))
    assert localise(CONFIG, [incident], "en") == (CONFIG, (incident,), frozenset())


def test_names_are_those_of_the_language_or_of_the_main_one() -> None:
    german = localise(CONFIG, [], "de")
    assert [one.name for one in german.config.components] == ["Zugang", "Kasse", "App", "EU"]
    assert german.config.page.description == "Alles"
    assert german.config.groups[0].name == "Money"
    assert {"REST", "Where people pay", "Money", "App"} <= german.foreign
    arabic = localise(CONFIG, [], "ar")
    assert arabic.config.components[1].description == "حيث يدفع الناس"
    assert "Where people pay" not in arabic.foreign


def nameless(components: Iterable[Component]) -> list[Component]:
    return [one._replace(name="", description="") for one in components]


def test_all_but_texts_of_the_configuration_is_the_same() -> None:
    german = localise(CONFIG, [], "de").config
    assert nameless(german.components) == nameless(CONFIG.components)
    assert (german.layout, german.brand, german.uptime) == (
        CONFIG.layout,
        CONFIG.brand,
        CONFIG.uptime,
    )


def test_links_of_the_brand_are_those_of_the_language() -> None:
    imprint = Link("Imprint", "https://a.example", (Translated("label", "de", "Impressum"),))
    config = CONFIG._replace(brand=Brand(links=(imprint,)))
    (german,) = localise(config, [], "de").config.brand.links
    assert german[:2] == ("Impressum", "https://a.example")
    (arabic,) = localise(config, [], "ar").config.brand.links
    assert arabic == imprint
