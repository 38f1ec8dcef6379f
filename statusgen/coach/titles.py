"""Titles: what they say of what readers experience, and whether a subject line can hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.coach.case import Case, Finding, Passage, Role
from statusgen.coach.dates import days_in
from statusgen.model import CoachRule, Kind

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_LONGEST_SUBJECT = 78  # characters of a line of a message, RFC 5322, section 2.1.1
_LONGEST_SMS = 70  # characters of one message in UCS-2, as soon as one is not of GSM 03.38
_ZONE = re.compile(r"\b(?:UTC|GMT)\b")


def check(case: Case) -> Iterator[Finding]:
    """Judge all titles."""
    for passage in case.passages:
        if passage.role is not Role.TITLE:
            continue
        if case.incident.kind is Kind.INCIDENT:
            yield from _generic(passage, case)
        yield from _long(passage)


def _generic(passage: Passage, case: Case) -> Iterator[Finding]:
    if is_generic(passage, case):
        message = "the title does not say what readers cannot do"
        yield Finding(CoachRule.GENERIC_TITLE, message, passage.spot)


def is_generic(title: Passage, case: Case) -> bool:
    """Tell whether a title has no word that could not stand over any other incident."""
    if title.words is None:
        return False
    text = _ZONE.sub(" ", title.text)
    for day in reversed(list(days_in(text))):
        text = f"{text[: day.start]} {text[day.end :]}"
    for name in (case.config.page.name, case.config.page.name.removesuffix(" Status")):
        text = re.sub(rf"\b{re.escape(name)}\b", " ", text, flags=re.IGNORECASE)
    if any(re.search(rf"\b{re.escape(one.name)}\b", text) for one in case.config.components):
        return False
    words = _WORD.findall(text)
    return all(re.fullmatch(title.words.generic, word, re.IGNORECASE) for word in words)


def _long(passage: Passage) -> Iterator[Finding]:
    length = len(passage.text)
    if length > _LONGEST_SUBJECT:
        message = (
            f"a title of {length} characters is cut off in subject lines "
            f"(after {_LONGEST_SUBJECT}) and does not fit an SMS ({_LONGEST_SMS})"
        )
        yield Finding(CoachRule.LONG_TITLE, message, passage.spot)
