"""How much markup one block may hold before it is shown as plain text.

No person writes five hundred brackets in a paragraph, or a list in a list in a list twenty deep;
a broken script and an attacker do. What is over a bound is shown as it was typed and reported, so
that no text can keep the build waiting. Code is never counted: logs are full of brackets.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MOST_BRACKETS = 500
MOST_BACKTICKS = 500
MOST_EMPHASIS = 1_000
MOST_CELLS = 5_000
DEEPEST = 20
"""Quotes and list items that may stand inside each other."""

_FEWEST = min(MOST_BRACKETS, MOST_BACKTICKS, MOST_EMPHASIS)
_ESCAPE = re.compile(r"\\.")


class BlockProblem(NamedTuple):
    """Something wrong in a block of a text; `line` counts from 0 at the text's first line."""

    line: int
    code: str
    message: str


def excess_of(text: str) -> str:
    """Return what a paragraph, heading or cell holds too much of; empty if it is fine."""
    if len(text) <= _FEWEST:
        return ""
    excess = _excess_in(text)
    return _excess_in(_ESCAPE.sub("", text)) if excess and "\\" in text else excess


def _excess_in(text: str) -> str:
    if text.count("[") > MOST_BRACKETS:
        return f"more than {MOST_BRACKETS} brackets"
    if text.count("`") > MOST_BACKTICKS:
        return f"more than {MOST_BACKTICKS} backticks"
    if text.count("*") + text.count("_") + text.count("~") > MOST_EMPHASIS:
        return f"more than {MOST_EMPHASIS} marks of emphasis"
    return ""


def too_much(line: int, excess: str) -> BlockProblem:
    """Say that the block at `line` is shown as plain text because it has `excess`."""
    return BlockProblem(line, "text-too-complex", f"shown as plain text: {excess} in one block")


def too_deep(line: int) -> BlockProblem:
    """Say that lists or quotes at `line` nest deeper than is followed."""
    message = f"shown as plain text: lists and quotes nest deeper than {DEEPEST}"
    return BlockProblem(line, "text-too-complex", message)


def unclosed_comment(line: int) -> BlockProblem:
    """Say that a comment at `line` hides all that follows it in its block."""
    message = "a comment (<!--) without an end (-->) hides the text after it"
    return BlockProblem(line, "unclosed-comment", message)
