"""A page in one of its languages: the same facts, and the texts that there are in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from statusgen.model import Component, Config, Group, Incident, Link, Page, TextPage, Translation

Noun = TypeVar("Noun", Page, Component, Group)

_SHOWN = ("name", "description")  # what pages say of a component or a group


class Localised(NamedTuple):
    """A page's sources in one language; `foreign` are the texts of config.yml that are not in it.

    Those of an incident are its own `foreign`.
    """

    config: Config
    incidents: tuple[Incident, ...]
    foreign: frozenset[str]


def localise(config: Config, incidents: Sequence[Incident], language: str) -> Localised:
    """Return a page in one of its languages; what is not translated stays in the main one."""
    if language == config.page.languages[0]:
        return Localised(config, tuple(incidents), frozenset())
    nouns: list[Component | Group] = [*config.components, *config.groups]
    return Localised(
        config=config._replace(
            page=_in_language(config.page, language),
            brand=config.brand._replace(
                links=tuple(_link(one, language) for one in config.brand.links),
            ),
            components=tuple(_in_language(one, language) for one in config.components),
            groups=tuple(_in_language(one, language) for one in config.groups),
        ),
        incidents=tuple(_incident(one, language) for one in incidents),
        foreign=frozenset(text for one in nouns for text in _left(one, language)),
    )


def pages_in(pages: Sequence[TextPage], language: str, main: str) -> tuple[TextPage, ...]:
    """Return each page of text in a language, or in the main one where it is not translated.

    They stand in the order of their links; a translation takes place and order of the original.
    """
    translated = {one.id: one for one in pages if one.language == language}
    found = []
    for page in pages:
        if page.language == main:
            own = translated.get(page.id, page)
            found.append(own._replace(place=page.place, order=page.order))
    return tuple(sorted(found, key=lambda one: (one.order, one.label, one.id)))


def _in_language(noun: Noun, language: str) -> Noun:
    own = [one for one in noun.translations if one.language == language]
    texts: dict[str, Any] = {one.field: one.text for one in own}
    return noun._replace(**texts) if texts else noun


def _link(link: Link, language: str) -> Link:
    texts = {one.field: one.text for one in link.translations if one.language == language}
    return link._replace(label=texts.get("label", link.label), url=texts.get("url", link.url))


def _left(noun: Component | Group, language: str) -> Iterable[str]:
    """Return the texts that are not translated."""
    translated = {one.field for one in noun.translations if one.language == language}
    return {getattr(noun, field) for field in _SHOWN if field not in translated} - {""}


def _incident(incident: Incident, language: str) -> Incident:
    found = next((one for one in incident.translations if one.language == language), None)
    translation = found or Translation(language)
    texts = dict(translation.texts)
    updates = tuple(
        update._replace(text=texts[update.id]) if update.id in texts else update
        for update in incident.updates
    )
    title = translation.title or incident.title
    summary = translation.summary or incident.summary
    left = [one.text for one in updates if one.id not in texts]
    left += [] if translation.title else [title]
    left += [] if translation.summary else [summary]
    return incident._replace(
        title=title,
        summary=summary,
        updates=updates,
        foreign=frozenset(left) - {""},
    )
