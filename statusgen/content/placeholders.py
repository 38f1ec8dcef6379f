"""Placeholders in the texts of the playbook, and how they are filled in.

    Card payments fail since {started}. {action: What do we do about it? One sentence.}

The names are a closed list; nothing is ever computed. Behind a colon may stand a question to the
writer, in the language of the text. What nobody fills in becomes a gap that is seen at a glance,
`{{What do we do about it? One sentence.}}`, and that `check` refuses. A backslash before the brace
makes it text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

PLACEHOLDERS: dict[str, str] = {
    "components": "The names of what is affected.",
    "impact": "How bad it is for them, such as “partial outage”.",
    "started": "When it began.",
    "ended": "When it was over.",
    "next_update": "When you will write again.",
    "eta": "When it will be over, as far as you know.",
    "starts": "When the maintenance begins.",
    "ends": "When the maintenance ends.",
    "timeline": "Every update so far: its time, its status and its first sentence.",
    "page": "The page's name.",
    "support": "Where readers can ask: `support` of the page.",
    "vendor": "Whose fault it is, if that is somebody else's: `upstream`.",
    "failure": "What fails, in a few words, for a title.",
    "effect": "What readers notice.",
    "scope": "Whom it affects, how many and how much.",
    "cause": "Why it happened.",
    "action": "What is done about it.",
    "workaround": "What readers can do meanwhile.",
    "data": "Which data is affected, or that none is.",
    "reason": "What a maintenance is for, or a change.",
    "went_well": "What kept it from being worse.",
}
"""Each name, and what takes its place. From `failure` on, only the writer knows it."""

_PLACEHOLDER = re.compile(
    r"(?<![\\{])\{[ \t]*(?P<name>[A-Za-z][A-Za-z _-]{0,40}?)[ \t]*"
    r"(?::(?P<question>[^{}\n]*(?:\n[^{}\n]+)*))?\}(?!\})",
)
_ESCAPED = re.compile(r"\\(?=\{)")
_NOTHING = "\0"  # what a file's text cannot hold
_ALONE = re.compile(rf"(?m)^(?:[-*] )?(?:\*\*[^*\n]+\*\*[ \t]*)?{_NOTHING}[ \t]*$\n?")
_WITH_BLANKS = re.compile(rf"(?m)^{_NOTHING}[ \t]*|[ \t]*{_NOTHING}")
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


class Placeholder(NamedTuple):
    """A placeholder as it stands in a text at `at`; the question may be empty."""

    name: str
    question: str
    at: int


class Filled(NamedTuple):
    """A text with what was known in it, and what nobody knew, each name once."""

    text: str
    gaps: tuple[Placeholder, ...]


def placeholders_in(text: str) -> Iterator[Placeholder]:
    """Yield what looks like a placeholder, known or not, in its order."""
    return map(_read, _PLACEHOLDER.finditer(text))


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """Fill in what is known.

    An empty value takes its label or bullet with it: '**Meanwhile:** {workaround}' is gone.
    """
    gaps: dict[str, Placeholder] = {}

    def value_of(match: re.Match[str]) -> str:
        found = _read(match)
        value = values.get(found.name)
        if value is None:
            gaps.setdefault(found.name, found)
            return f"{{{{{found.question or found.name}}}}}"
        if text.startswith(".", match.end()) and value.endswith((".", "!", "?", "…")):
            value = value.rstrip(".")  # the text has its own full stop
        return value or _NOTHING

    filled = _ESCAPED.sub("", _PLACEHOLDER.sub(value_of, text))
    filled = _WITH_BLANKS.sub("", _ALONE.sub("", filled))
    return Filled(_EMPTY_LINES.sub("\n\n", filled).strip("\n"), tuple(gaps.values()))


def _read(match: re.Match[str]) -> Placeholder:
    question = " ".join((match["question"] or "").split())
    return Placeholder(match["name"], question, match.start())
