"""How texts read: tone, length, jargon, links, slips of the hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from statusgen.coach.case import Case, Finding, Passage, Role
from statusgen.coach.words.vocabulary import Words
from statusgen.model import CoachRule, Kind
from statusgen.problems import Severity

_HARD_SENTENCE, _LONG_SENTENCE = 40, 25  # words
_LONG_UPDATE = 120  # words
_LONG_ADDRESS = 60  # characters
_FEWEST_WORDS = 60  # of a text whose readability says anything
_LONG_WORD = 6  # letters; longer ones are long words to LIX
_EXCLAMATION = re.compile(r"(?<=[\w)\"'])!+(?=\s|$|[\"')*_])", re.MULTILINE)
_EMOJI = re.compile("[\U0001f300-\U0001faff\u263a\u2728\u2764]")
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\(")
_BARE = re.compile(r"(?<![(<\"'\w])https?://[^\s<>)\]]+")


def check(case: Case) -> Iterator[Finding]:
    """Judge how the texts read."""
    for passage in case.passages:
        words = passage.words
        if words is None or passage.role is Role.TITLE:
            continue
        if case.incident.kind is Kind.INCIDENT:
            yield from _tone(passage, words)
            yield from _blame(passage, words)
            yield from _jargon(passage, words, case)
        yield from _length(passage)
        yield from _apology(passage, words)
        yield from _links(passage, words)
        yield from _slips(passage, words)
        yield from _readability(passage, words)


def _tone(passage: Passage, words: Words) -> Iterator[Finding]:
    if not passage.is_of_open:
        return
    found = (
        ("!" in passage.prose and _EXCLAMATION.search(passage.prose))
        or (not passage.prose.isascii() and _EMOJI.search(passage.prose))
        or next(passage.matches(words.interjection), None)
    )
    if found:
        message = f"'{found[0]}' is out of place while readers cannot work"
        yield Finding(CoachRule.TONE, message, passage.spot_of(found.start()))


def _blame(passage: Passage, words: Words) -> Iterator[Finding]:
    for match in passage.matches(words.blame):
        message = f"'{match[0]}' blames a person"
        yield Finding(CoachRule.BLAME, message, passage.spot_of(match.start()))


def _length(passage: Passage) -> Iterator[Finding]:
    total = 0
    for sentence in passage.sentences:
        count = len(sentence.words)
        total += count
        if count > _LONG_SENTENCE and passage.role is not Role.POSTMORTEM:
            message = f"a sentence of {count} words"
            severity = None if count > _HARD_SENTENCE else Severity.ADVICE
            spot = passage.spot_of(sentence.start)
            yield Finding(CoachRule.LONG_SENTENCE, message, spot, severity=severity)
    if total > _LONG_UPDATE and passage.is_of_open:
        message = f"an update of {total} words, while people look for one sentence"
        yield Finding(CoachRule.LONG_UPDATE, message, passage.spot_of(0))


def _apology(passage: Passage, words: Words) -> Iterator[Finding]:
    for match in passage.matches(words.apology):
        message = f"'{match[0]}' is what everybody writes, and no apology"
        yield Finding(CoachRule.BOILER_APOLOGY, message, passage.spot_of(match.start()))
        return


def _jargon(passage: Passage, words: Words, case: Case) -> Iterator[Finding]:
    """Find words of the trade in what is said of an open incident, unless they are its names."""
    if not passage.is_of_open:
        return
    names = [case.incident.title, *(one.name for one in case.config.components)]
    known = " ".join(names).lower()
    for match in passage.matches(words.jargon):
        if match[0].lower() in known:
            continue
        message = f"'{match[0]}' is a word of your trade"
        yield Finding(CoachRule.JARGON, message, passage.spot_of(match.start()))
        return


def _links(passage: Passage, words: Words) -> Iterator[Finding]:
    if "://" not in passage.text and "](" not in passage.text:
        return
    for match in _LINK.finditer(passage.text):
        text = match[1].strip(" *_`.")
        if re.fullmatch(words.link_words, text, re.IGNORECASE):
            message = f"a link called '{text}' says nothing to who hears a list of links"
            yield Finding(CoachRule.LINK_TEXT, message, passage.spot_of(match.start()))
    for match in _BARE.finditer(passage.text):
        if len(match[0]) > _LONG_ADDRESS and not passage.text[: match.start()].endswith("]: "):
            message = f"an address of {len(match[0])} characters is no text"
            yield Finding(CoachRule.LINK_TEXT, message, passage.spot_of(match.start()))


def _slips(passage: Passage, words: Words) -> Iterator[Finding]:
    patterns = [words.ordinal] if _ORDINAL.search(passage.lowered) else []
    if any(one == other for one, other in pairwise(passage.lowered.split())):
        patterns.append(words.doubled)
    for pattern in patterns:
        for match in passage.matches(pattern):
            message = f"'{' '.join(match[0].split())}' looks like a slip"
            yield Finding(CoachRule.TYPO, message, passage.spot_of(match.start()))


def _readability(passage: Passage, words: Words) -> Iterator[Finding]:
    """Compute LIX (Björnsson 1968): words a sentence, and long words in a hundred."""
    counts = [sentence.words for sentence in passage.sentences]
    every = [word for sentence in counts for word in sentence]
    if len(every) < _FEWEST_WORDS:
        return
    long = sum(len(word) > _LONG_WORD for word in every)
    lix = len(every) / len(counts) + 100 * long / len(every)
    if lix > words.long_lix:
        message = f"a hard text: LIX {lix:.0f}, and more than {words.long_lix} tires readers"
        yield Finding(CoachRule.READABILITY, message, passage.spot_of(0))
