r"""Plain text as Markdown that shows it literally, and back.

Importers write texts that were never Markdown. Only what would be taken for markup is escaped, so
that the files stay as readable as the texts were, and `plain_text(escape_text(t)) == t`.
"""

from __future__ import annotations

import re

from statusgen.site.markdown.autolinks import BARE_LINK, bare_link_at
from statusgen.site.markdown.plain import is_plain
from statusgen.site.markdown.tables import alignments_of
from statusgen.site.markdown.urls import safe_url

_MARKUP = re.compile(
    rf"(?P<link>{BARE_LINK})"
    r"|\\(?=[!-/:-@\[-`{-~]|$)"
    r"|`"
    r"|\*"
    r"|_+"
    r"|(?<=[^\s~])~+|~{3,}"
    r"|<(?=\S)"
    r"|&(?=#?[0-9A-Za-z]{1,32};)"
    r"|(?P<bracket>\[)",
)
_LINK_OR_DEFINITION = re.compile(r"\][(\[:]")
_BLOCK_START = re.compile(
    r"#{1,6}(?=[ \t]|$)"
    r"|[+\-](?=[ \t]|$)"
    r"|>"
    r"|-[ \t\-]*$|=+[ \t]*$"
    r"|(?P<number>[0-9]{1,9})(?=[.)](?:[ \t]|$))",
)
_CODE_INDENT = re.compile(r" {0,3}\t| {4}")
_NEEDS_ESCAPE = re.compile(r"[&*_~]")
_LINK_AT_END = re.compile(r"(?:://|www\.)[^\s<]*$")
_SPACE_REFERENCES = {" ": "&#32;", "\t": "&#9;"}


def escape_text(text: str) -> str:
    r"""Return Markdown that renders as the text does when nothing in it is markup.

    A line break becomes a hard one (`\` at the end of the line); addresses still become links,
    with their own text. The text must hold no control characters but tab and newline.
    """
    if "\n" not in text and is_plain(text):
        return text
    has_brackets = _LINK_OR_DEFINITION.search(text) is not None or "://" in text or "www." in text
    lines = text.split("\n")
    made = []
    is_first = True
    for at, line in enumerate(lines):
        is_blank = not line.strip(" \t")
        if is_blank:
            made.append(line)
        else:
            escaped = _escape_line(line, has_brackets=has_brackets)
            if is_first and _CODE_INDENT.match(line):
                escaped = _SPACE_REFERENCES[line[0]] + escaped[1:]
            goes_on = at + 1 < len(lines) and lines[at + 1].strip(" \t")
            made.append(escaped + _hard_break(escaped) if goes_on else escaped)
        is_first = is_blank
    return "\n".join(made)


def _escape_line(line: str, *, has_brackets: bool) -> str:
    text = line.lstrip(" \t")
    made = [line[: len(line) - len(text)]]
    place = 0
    start = _BLOCK_START.match(text)
    if start and start["number"]:
        made += [start["number"], "\\"]
        place = start.end()
        made.append(text[place])
        place += 1
    elif start or alignments_of(text):
        made += ["\\", text[0]]
        place = 1
    while match := _MARKUP.search(text, place):
        made.append(text[place : match.start()])
        place = match.end()
        if match["link"]:
            address = _address(text, match.start())
            made.append(address or match[0].replace(":", "\\:").replace(".", "\\."))
            place = max(place, match.start() + len(address))
        elif match["bracket"] and not has_brackets:
            made.append("[")
        elif _stands_alone(text, match.start(), place):
            made.append(match[0])
        else:
            made += [f"\\{mark}" for mark in match[0]]
    made.append(text[place:])
    return "".join(made)


def _hard_break(line: str) -> str:
    """Return what makes the line end a break; an address would swallow a backslash."""
    needs_space = line.endswith((" ", "\t")) or _LINK_AT_END.search(line)
    return " \\" if needs_space else "\\"


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether an asterisk has spaces on both sides, or underscores letters or digits."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[start] == "_":
        return before.isalnum() and after.isalnum()
    return text[start] == "*" and end - start == 1 and before in {" ", "\t"} and after in {"", " "}


def _address(text: str, start: int) -> str:
    """Return the address that begins at `start` if it becomes a link with nothing to escape."""
    link = bare_link_at(text, start)
    if link is None:
        return ""
    rest = re.match(r"[^\s<]*", text[link.end :])
    after = rest[0] if rest else ""
    if text.startswith("<", link.end + len(after)) or _NEEDS_ESCAPE.search(after):
        return ""
    return link.text + after if safe_url(link.url) else ""
