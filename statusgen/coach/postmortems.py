"""What a postmortem is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.coach.case import Case, Finding, Passage, Role
from statusgen.coach.words.vocabulary import Words
from statusgen.model import CoachRule

_MOMENT = re.compile(r"\d{1,2}[:h.]\d\d")
_FEWEST_WORDS = 40  # what is shorter points to a postmortem elsewhere
_LINK = re.compile(r"https?://")


def check(case: Case) -> Iterator[Finding]:
    """Judge the postmortem, unless it is a link to one."""
    for passage in case.passages:
        if passage.role is not Role.POSTMORTEM or passage.words is None:
            continue
        is_short = len(passage.prose.split()) < _FEWEST_WORDS
        if not (is_short and _LINK.search(passage.text)):
            yield from _parts(passage, passage.words)


def _parts(passage: Passage, words: Words) -> Iterator[Finding]:
    wanted = {
        "the cause": passage.says(words.cause_part),
        "what is done so that it does not happen again": passage.says(words.action_part),
        "a time": _MOMENT.search(passage.prose) is not None,
    }
    missing = [name for name, is_there in wanted.items() if not is_there]
    if missing:
        message = f"the postmortem lacks {', '.join(missing)}"
        yield Finding(CoachRule.POSTMORTEM_PARTS, message, passage.spot)
