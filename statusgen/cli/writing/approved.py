"""`--from`: a text of the playbook, filled in with what is known and what a person answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import click

from statusgen.authoring.facts import Words, facts_of
from statusgen.authoring.faults import Fault
from statusgen.cli.writing.asking import EDITOR, ask_part
from statusgen.cli.writing.place import Place
from statusgen.content import localise
from statusgen.content.choosing import NoSuchTextError, choose
from statusgen.content.placeholders import PLACEHOLDERS, Filled, Placeholder, fill, placeholders_in
from statusgen.model import CLOSING, Config, Incident, Kind, PlaybookText, Status
from statusgen.reading.characters import shown
from statusgen.reading.suggest import did_you_mean

_ASK = "\n> "
_BLANK = "____"
_GAP = re.compile(r"\{\{[^{}]+\}\}")


@dataclass
class Approved:
    """The text that somebody writes from; `values` are what was given or answered, by name.

    `config` is in the language of the text.
    """

    text: PlaybookText
    config: Config | None
    words: Words
    values: dict[str, str] = field(default_factory=dict)

    def title(self, incident: Incident, now: datetime, *, asks: bool) -> str:
        """Return the title for an incident that is opened with the text."""
        return self._filled(self.text.title, incident, now, asks=asks).text.rstrip(".")

    def body(self, incident: Incident, now: datetime, *, asks: bool) -> Filled:
        """Return the text of the newest update of an incident, filled in as far as possible."""
        at = max((update.at for update in incident.updates), default=now)
        return self._filled(self.text.text, incident, at, asks=asks)

    def gaps(self, *texts: str) -> list[Fault]:
        """Return a fault for each gap that is still in a text, with how a script closes it."""
        hints = {one.question or one.name: one.name for one in self._placeholders()}
        return [
            Fault("--from", f"{gap} is still to be written", hint)
            for text in texts
            for gap in _GAP.findall(text)
            for name in [hints.get(gap[2:-2])]
            for hint in [f"write it, or give --set {name}=…" if name else "write it"]
        ]

    def _placeholders(self) -> Iterator[Placeholder]:
        yield from placeholders_in(self.text.title)
        yield from placeholders_in(self.text.text)

    def _filled(self, template: str, incident: Incident, at: datetime, *, asks: bool) -> Filled:
        facts = facts_of(incident, at, self.config, self.words)
        filled = fill(template, facts | self.values)
        if not asks or not filled.gaps:
            return filled
        click.echo(f"Enter leaves a part out, '{EDITOR}' opens your editor.")
        for gap in filled.gaps:
            known = facts | self.values
            question = _question(template, gap, known)
            answer = ask_part(f"{question}{_ASK}")
            if answer == EDITOR:
                break
            self.values[gap.name] = answer
        return fill(template, facts | self.values)


def _question(template: str, gap: Placeholder, known: dict[str, str]) -> str:
    """Return what a person is asked, under the lines in which her answer will stand."""
    question = gap.question or PLACEHOLDERS.get(gap.name, gap.name)
    start = template.rfind("\n", 0, gap.at) + 1
    end = template.find("\n", gap.at)
    line = template[start : end if end >= 0 else len(template)]
    shown = fill(line, known | {gap.name: _BLANK}).text
    around = "" if shown == _BLANK else f"{_GAP.sub('…', shown)}\n"
    return f"\n{around}{question}"


def find_approved(
    place: Place,
    verb: str,
    asked: str,
    language: str | None,
    given: Iterable[str],
) -> Approved | list[Fault]:
    """Return the text that is asked for; `given` are `NAME=VALUE`."""
    from statusgen.source.playbook_texts import read_playbook

    if place.config is None:
        return [Fault("--from", "config.yml cannot be read, so no text of the playbook is known")]
    texts, _ = read_playbook(place.root, place.config, asked)
    if not texts:  # to say what there is
        texts, _ = read_playbook(place.root, place.config)
    try:
        text = choose(texts, asked, language or place.language)
    except NoSuchTextError as error:
        return [Fault("--from", str(error).removesuffix("."))]
    values, faults = _values(given)
    if verb not in verbs_for(text):
        message = f"'{text.name}' is a text for {' and '.join(verbs_for(text))}, not for {verb}"
        faults.append(Fault("--from", message, "'statusgen playbook' lists all"))
    if faults:
        return faults
    config = localise(place.config, (), text.language).config
    return Approved(text, config, _words(text.language), values)


def verbs_for(text: PlaybookText) -> tuple[str, ...]:
    """Return the commands that a text can be given to."""
    if text.kind is Kind.NOTICE:
        return ("notice",)
    if text.status is Status.POSTMORTEM:
        return ("postmortem",)
    if text.status in CLOSING:
        return ("resolve", "update")
    if text.kind is Kind.MAINTENANCE:
        return ("schedule", "update") if text.status in {None, Status.SCHEDULED} else ("update",)
    return ("open", "update")


def _values(given: Iterable[str]) -> tuple[dict[str, str], list[Fault]]:
    values: dict[str, str] = {}
    faults = []
    for item in given:
        name, equals, value = item.partition("=")
        name = name.strip()
        if name in PLACEHOLDERS and equals:
            values[name] = value.strip()
            continue
        hint = did_you_mean(name, PLACEHOLDERS) or f"one of {', '.join(PLACEHOLDERS)}"
        message = f"{shown(item)} is not NAME=VALUE" if not equals else f"{shown(name)} is no name"
        faults.append(Fault("--set", message, hint))
    return values, faults


def _words(code: str) -> Words:
    from statusgen.languages.catalogues import read_language
    from statusgen.site.words.wording import inline_label, label

    language = read_language(code)

    def moment(at: datetime) -> str:
        return f"{language.formats.moment_text(at)} UTC"

    return Words(
        join=language.formats.list_text,
        status=lambda status: inline_label(status, language),
        label=lambda status: label(status, language),
        moment=moment,
    )
