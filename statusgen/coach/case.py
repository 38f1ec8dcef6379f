"""What the coach looks at: an incident as it is written and as it is at `now`, and its texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from statusgen.coach.prose import Sentence, prose_of, sentences_of
from statusgen.coach.words import words_of
from statusgen.coach.words.vocabulary import Words
from statusgen.content.spots import Spot
from statusgen.model import CLOSING, PUBLIC, CoachRule, Config, Incident, Kind, Status, Update
from statusgen.problems import Severity
from statusgen.timeline import Record

_MINDS_CASE = "(?-i:"


class Finding(NamedTuple):
    """What a rule says of a place; `severity` where it weighs less than the rule usually does."""

    rule: CoachRule
    message: str
    spot: Spot
    hint: str = ""
    severity: Severity | None = None


class Role(StrEnum):
    """What a text is in its incident."""

    TITLE = "title"
    SUMMARY = "summary"
    UPDATE = "update"
    POSTMORTEM = "postmortem"


@dataclass(frozen=True, eq=False)
class Passage:
    """A text of an incident, in one language; `words` are None where nobody taught that language.

    `at` is when it is said, as far as that is known. `spot` is its first character, or a title's
    key. `update` is the update whose text it is.
    """

    text: str
    language: str
    role: Role
    spot: Spot
    at: datetime | None = None
    update: Update | None = None

    @cached_property
    def prose(self) -> str:
        """The text with blanks in place of code and addresses."""
        return prose_of(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentences_of(self.prose))

    @cached_property
    def words(self) -> Words | None:
        return words_of(self.language)

    @property
    def is_of_open(self) -> bool:
        """Tell whether it is said while it goes on."""
        return self.update is not None and self.update.status not in CLOSING

    @cached_property
    def lowered(self) -> str:
        """The prose in lower case, each character where it was."""
        lowered = self.prose.lower()
        return lowered if len(lowered) == len(self.prose) else self.prose

    def matches(self, pattern: str) -> Iterator[re.Match[str]]:
        """Yield the places of the prose that match a pattern in lower case, whatever their case."""
        # Without regard to case a search takes three times as long, and nearly none finds anything.
        if _MINDS_CASE in pattern or self.says(pattern):
            yield from re.finditer(pattern, self.prose, re.IGNORECASE)

    def says(self, pattern: str) -> bool:
        """Tell whether the prose matches a pattern in lower case anywhere."""
        return re.search(pattern, self.lowered) is not None

    def spot_of(self, offset: int) -> Spot:
        """Return the place of a character; all of a title is one place."""
        return self.spot if self.role is Role.TITLE else self.spot._replace(offset=offset)


@dataclass(frozen=True, eq=False)
class Case:
    """An incident to be judged, and what it comes to at `now`.

    `records` are empty where readers see nothing of it yet.
    """

    config: Config
    incident: Incident
    now: datetime
    records: Sequence[Record]

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All texts: those of the file, then those of its translations."""
        return tuple(_passages(self))

    @cached_property
    def own(self) -> tuple[Passage, ...]:
        """The texts of the file itself."""
        return tuple(one for one in self.passages if one.spot.path == self.incident.path)

    @property
    def is_incident(self) -> bool:
        return self.incident.kind is Kind.INCIDENT

    @property
    def is_public(self) -> bool:
        return self.incident.audience == PUBLIC

    def spot_of_key(self, key: str) -> Spot:
        """Return the place of a key in the front matter."""
        return Spot(self.incident.path, key=key)

    def spot_of_update(self, update: Update, key: str = "") -> Spot:
        """Return the place of an update's heading, or of one of its key lines."""
        nth = [one for one in self.incident.updates if one.at == update.at].index(update)
        return Spot(self.incident.path, update.at, nth, key)


def _passages(case: Case) -> Iterator[Passage]:
    incident = case.incident
    main = case.config.page.languages[0]
    first = incident.updates[0].at if incident.updates else incident.created or incident.starts
    title = Spot(incident.path, key="title")
    yield Passage(incident.title, main, Role.TITLE, title, first)
    if incident.summary:
        yield Passage(incident.summary, main, Role.SUMMARY, Spot(incident.path), first)
    spots = {}
    for update in incident.updates:
        spots[update.id] = case.spot_of_update(update)
        if update.text:
            yield _of_update(update.text, main, spots[update.id], update)
    updates = {update.id: update for update in incident.updates}
    for told in incident.translations:
        path, language = told.path, told.language
        if told.title:
            yield Passage(told.title, language, Role.TITLE, Spot(path, key="title"), first)
        if told.summary:
            yield Passage(told.summary, language, Role.SUMMARY, Spot(path), first)
        for id_, text in told.texts:
            yield _of_update(text, language, spots[id_]._replace(path=path), updates[id_])


def _of_update(text: str, language: str, spot: Spot, update: Update) -> Passage:
    role = Role.POSTMORTEM if update.status is Status.POSTMORTEM else Role.UPDATE
    return Passage(text, language, role, spot, update.at, update)
