"""Between a text as it stands in a file and the text that it is: escapes and normal form.

For every text t in normal form, `text_in(escaped_text(t))` is t, whatever its lines look like.
"""

from __future__ import annotations

import re

from statusgen.content.headings import carries_time
from statusgen.content.shape import shape_inside

_LEADING_BLANK_LINES = re.compile(r"(?:[ \t]*\n)+")
_MARKER = re.compile(r"(?m)^(?=\\*(?:<{7}|\|{7}|={7}|>{7})(?: |$))")
_ESCAPED_MARKER = re.compile(r"(?m)^\\(?=\\*(?:<{7}|\|{7}|={7}|>{7})(?: |$))")
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def trimmed(text: str) -> str:
    """Return the text without blank lines at its ends, and without blanks at its very end."""
    text = text.rstrip(" \t\n").lstrip("\n")
    if text[:1] in (" ", "\t") and (blank := _LEADING_BLANK_LINES.match(text)):
        return text[blank.end() :]
    return text


def normal_text(text: str) -> str:
    r"""Return the form in which a file can hold a text: trimmed, lines end in \n, fences closed."""
    text = trimmed(text.replace("\r\n", "\n").replace("\r", "\n"))
    shape, fence = shape_inside("\n" + text, in_postmortem=False)
    for cut in reversed(shape.cuts):
        if text[cut - 1] == " ":  # one space before a heading is how a file writes it
            text = text[: cut - 1] + text[cut:]
    if fence:
        return f"{text}\n{'-->' if fence == '<!--' else fence}"
    return text


def text_in(passage: str) -> str:
    """Return the text of a passage of a file from which the cuts of its shape are taken already."""
    text = trimmed(passage)
    if "\\" in text and any(mark in text for mark in _MARKS):
        return _ESCAPED_MARKER.sub("", text)
    return text


def escaped_text(text: str, *, in_postmortem: bool) -> str:
    """Return a text as a file holds it, so that no line is taken for the heading of an update."""
    if any(mark in text for mark in _MARKS):
        text = _MARKER.sub(r"\\", text)
    if "#" not in text and "--" not in text and "components" not in text:
        return text
    source = "\n" + text
    shape, _ = shape_inside(source, in_postmortem=in_postmortem)
    marks = [(cut, "\\") for cut in shape.cuts]
    marks += [(rule, "\\") for rule in shape.underlined]
    marks += [(start + 1, " ") for start, _ in shape.strays]
    for line in shape.headings:
        if line.is_exact and not carries_time(line.title):
            marks.append((line.at + 1, " "))
        else:
            marks.append((line.hashes_at, "\\"))
    for position, mark in sorted(marks, reverse=True):
        source = source[:position] + mark + source[position:]
    return source[1:]
