"""What an update has to tell: the effect, nothing guessed, something new, and how it ended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from statusgen.coach.case import Case, Finding, Passage, Role
from statusgen.coach.titles import is_generic
from statusgen.model import CLOSING, SEVERE, CoachRule, Status
from statusgen.problems import Severity
from statusgen.reading.times import write_time

_A_SENTENCE = 5  # words
_NO_WORD = re.compile(r"\W+")


def check(case: Case) -> Iterator[Finding]:
    """Judge what the updates of an incident say."""
    if not case.is_incident:
        yield from _repeats(case)
        return
    updates = [one for one in case.own if one.role is Role.UPDATE]
    yield from _impact(case)
    yield from _closing(case)
    yield from _window(case, updates)
    yield from _repeats(case)
    for passage in case.passages:
        if passage.is_of_open and passage.words is not None:
            yield from _early_cause(passage)
            yield from _hard_eta(passage)
            yield from _vendor_first(passage)


def _impact(case: Case) -> Iterator[Finding]:
    """Ask for the effect in the first update, unless the title has told it."""
    updates = case.incident.updates
    if not updates or updates[0].status in CLOSING:
        return
    first = updates[0]
    told = [one for one in case.own if one.role is Role.SUMMARY or one.update is first]
    title = case.own[0]
    words = title.words
    if words is None or (title.says(words.effect) and not is_generic(title, case)):
        return
    if any(one.says(words.effect) or one.says(_names_of(case)) for one in told):
        return
    if any(_is_foreign(one, words.common) for one in told):
        return
    message = "the first update does not say what readers cannot do"
    yield Finding(CoachRule.NO_IMPACT, message, case.spot_of_update(first))


def _is_foreign(passage: Passage, common: str) -> bool:
    """Tell whether a text cannot be in the language that its file is taken to be in."""
    return len(passage.text.split()) >= _A_SENTENCE and not passage.says(common)


def _names_of(case: Case) -> str:
    """Return a pattern, in lower case, of what the components are called."""
    names = [one.name for one in case.config.components]
    names += [word for name in names for word in re.findall(r"\w{4,}", name)]
    general = {"service", "services", "system", "systems", case.config.page.name.lower()}
    wanted = [re.escape(one.lower()) for one in names if one.lower() not in general]
    return rf"\b(?:{'|'.join([*wanted, '(?!)'])})\b"


def _closing(case: Case) -> Iterator[Finding]:
    closing = [one for one in case.incident.updates if one.status is Status.RESOLVED]
    if not closing:
        return
    last = closing[-1]
    texts = [one for one in case.own if one.update is last]
    words = case.own[0].words
    if words is None or (texts and not _only_closed(texts[0], words.only_closed)):
        return
    message = "the last update says that it is over and nothing else"
    yield Finding(CoachRule.EMPTY_RESOLVE, message, case.spot_of_update(last))


def _only_closed(passage: Passage, pattern: str) -> bool:
    """Tell whether each sentence says no more than that it is over."""
    sentences = [one.strip(" \t.!*_") for one in re.split(r"[.!\n]+", passage.prose)]
    return all(re.fullmatch(pattern, one, re.IGNORECASE) for one in sentences if one)


def _window(case: Case, updates: Sequence[Passage]) -> Iterator[Finding]:
    """Ask a serious incident for its beginning and its end, in fields or in the closing text."""
    incident = case.incident
    if incident.started and incident.ended:
        return
    for record in case.records:
        if record.is_open or record.impact not in SEVERE or not incident.updates:
            continue
        closing = [one for one in updates if one.update and one.update.status is Status.RESOLVED]
        if closing and len(re.findall(r"\d{1,2}[:h]\d\d", closing[-1].text)) < 2:  # noqa: PLR2004  a beginning and an end
            message = "it was serious, and nobody can read from when to when"
            yield Finding(CoachRule.NO_WINDOW, message, closing[-1].spot)


def _repeats(case: Case) -> Iterator[Finding]:
    for before, update in pairwise(case.incident.updates):
        text = _plain(update.text)
        if text and text == _plain(before.text) and update.status not in CLOSING:
            message = f"this is word for word the update of {write_time(before.at)}"
            yield Finding(CoachRule.REPEAT, message, case.spot_of_update(update)._replace(offset=0))


def _plain(text: str) -> str:
    return _NO_WORD.sub(" ", text).strip().lower()


def _early_cause(passage: Passage) -> Iterator[Finding]:
    update, words = passage.update, passage.words
    if update is None or words is None or update.status is not Status.INVESTIGATING:
        return
    for match in passage.matches(words.cause):
        message = f"'{match[0]}' names a cause while you are still investigating"
        yield Finding(CoachRule.EARLY_CAUSE, message, passage.spot_of(match.start()))
        return


def _hard_eta(passage: Passage) -> Iterator[Finding]:
    if passage.words is None:
        return
    for match in passage.matches(passage.words.hard_eta):
        message = "this promises when it will be over"
        yield Finding(CoachRule.HARD_ETA, message, passage.spot_of(match.start()))
        return


def _vendor_first(passage: Passage) -> Iterator[Finding]:
    words = passage.words
    if words is None or not passage.says(words.vendor) or passage.says(words.own_voice):
        return
    match = next(passage.matches(words.vendor))
    message = f"'{match[0]}' is all that the update speaks of, and readers are your customers"
    spot = passage.spot_of(match.start())
    yield Finding(CoachRule.VENDOR_FIRST, message, spot, severity=Severity.ADVICE)
