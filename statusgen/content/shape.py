"""Which lines give an incident's text its shape: headings of updates, outside of what is quoted.

One regular expression visits the lines that could; plain lines are never looked at one by one.
What stands in a code fence or an HTML comment is text, whatever it looks like.

A line that says what becomes of components counts wherever it stands in an update: two people's
updates of the same minute share a heading after a merge, and then one's key lines are inside.

A text may hold such lines itself. They are then written so that a reader of the Markdown source and
GitHub's preview still see the same, and read back as they were:

    ## Cause                       a level-2 heading: one space before it
    components: api=operational    changes: the same
    ## Resolved · 10:20            what looks like an update: a backslash before the hashes
"""

from __future__ import annotations

import re
from typing import NamedTuple

from statusgen.content.headings import begins_with_status, carries_time, is_postmortem
from statusgen.content.meant_headings import status_line
from statusgen.model import ComponentStatus

MOST_HEADINGS = 1000
_SPACE = ("", " ", "\t")
_LONGEST_LINE = 80  # characters of a line that says nothing but a status and a time
_BULLETS = frozenset({"- ", "* ", "+ "})
_MARKS = "\n \t\\#"
_UNDERLINED = 200  # characters of an underlined line that are looked at

_STATUSES = frozenset(ComponentStatus)
_COMPONENT = re.compile("[a-z0-9][a-z0-9-]*")

# A short line between empty ones, where a heading would stand.
_ALONE = r"(?<=\n\n)(?=\S)[^\n#>|<`\\][^\n]{2,79}(?=\n[ \t]*(?:\n|\Z)|\n\#\#[ \t]|\Z)"
_LINE = re.compile(
    r"\n(?P<indent> {0,3})(?:"
    r"(?P<slashes>\\*)(?P<hashes>\#{1,6})(?P<title>[^\n]*)"
    r"|(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)"
    r"|(?P<comment><!--)"
    r"|(?P<changes>components[ \t]*:[^\n]*)"
    r"|(?P<escapes>\\*)(?P<rule>-{2,})[ \t]*(?=\n|\Z)"
    rf"|(?P<alone>{_ALONE})"
    r")",
)
_NEARLY = re.compile(rf"\n(?!\#\# )(?:[ \t]*\\*\#{{1,6}}[^\n]*|{_ALONE})")

SHAPING = re.compile(
    r"\n {0,3}(?:##(?:[ \t\n]|\Z)|\\*#[^\n]*\d|`{3}|~{3}|<!--|components[ \t]*:|\\*--)"
)
"""Finds every line that gives a text its shape, and others that are nearly such lines."""


class HeadingLine(NamedTuple):
    """The line of an update's heading.

    `at` is the position of the newline before it, `hashes_at` that of the first hash, `title_at`
    that of what follows the hashes. `is_exact` is False for a line that only means to be one: of
    another level, indented, or without a space.
    """

    at: int
    hashes_at: int
    title_at: int
    title: str
    is_exact: bool


class Shape(NamedTuple):
    """What was found, as positions in the text (of the newline before a line, except `cuts`).

    `cuts` are characters that only keep a line from being a heading and are no text, `unclosed` the
    fences and comments that nobody closes, `quoted` the lines inside of fences and comments that
    look like updates, `underlined` the rules (their first character) below lines that do, `strays`
    the lines of changes, as ranges that begin with the newline before them, `swallowed` the lines
    of the text that say a status, with or without a time, and nothing else.
    """

    headings: list[HeadingLine]
    cuts: list[int]
    unclosed: list[int]
    quoted: list[int]
    underlined: list[int]
    strays: list[tuple[int, int]]
    swallowed: list[int]


def may_swallow(text: str, start: int) -> bool:
    """Tell whether text[start:] may have lines that are `swallowed`."""
    return any(status_line(found[0].lstrip(_MARKS)) for found in _NEARLY.finditer(text, start))


def shape_of(text: str, start: int = 0) -> Shape:
    """Return the shape of a file's text[start:]; text[start] is the newline before a line."""
    scan = _Scan(text, headings_close=False)
    scan.run(start, most=MOST_HEADINGS)
    if scan.fence:
        # Wherever it is that the closing one is missing: an update behind it is an update.
        scan = _Scan(text, headings_close=True)
        scan.run(start, most=MOST_HEADINGS)
        if scan.fence:
            scan.shape.unclosed.append(scan.fence_at)
    return scan.shape


def shape_inside(text: str, *, in_postmortem: bool) -> tuple[Shape, str]:
    """Return the shape of one text on its own (behind a newline), and the fence it leaves open."""
    scan = _Scan(text, headings_close=False)
    scan.in_postmortem = in_postmortem
    scan.follows_headings = False
    scan.run(0, most=len(text))
    return scan.shape, scan.fence


def _is_heading_like(hashes: str, title: str, *, in_postmortem: bool) -> bool:
    """Tell whether a line of hashes looks like an update's heading, however it is marked."""
    if hashes == "##" and title[:1] in _SPACE:
        return carries_time(title)
    if in_postmortem:
        return False
    if carries_time(title) and begins_with_status(title):
        return True
    said = status_line(title) if len(title) <= _LONGEST_LINE else None
    # Without a space behind them, several hashes are no heading to Markdown either.
    return said is not None and bool(said.time or (title[:1] not in _SPACE and len(hashes) > 1))


class _Scan:
    """One pass over the lines; `fence` is the open one's mark ("" outside of any)."""

    __slots__ = (
        "_comment_end",
        "_headings_close",
        "_text",
        "fence",
        "fence_at",
        "follows_headings",
        "in_postmortem",
        "shape",
    )

    def __init__(self, text: str, *, headings_close: bool) -> None:
        self.shape = Shape([], [], [], [], [], [], [])
        self.fence = ""
        self.fence_at = 0
        self.in_postmortem = False
        self.follows_headings = True
        self._comment_end = 0
        self._text = text
        self._headings_close = headings_close

    def run(self, start: int, *, most: int) -> None:
        for match in _LINE.finditer(self._text, start):
            group = match.lastgroup
            if (self.fence or match.start() < self._comment_end) and self._stays_quoted(match):
                continue
            if group == "title":
                if len(self.shape.headings) > most:
                    return
                self._heading(match)
            elif group == "info":
                self._fence(match)
            elif group == "comment":
                self._comment(match)
            elif group == "changes":
                self._changes(match)
            elif group == "rule":
                self._rule(match)
            else:
                self._alone(match.start(), match["alone"])

    def _stays_quoted(self, match: re.Match[str]) -> bool:
        """Tell whether this line is inside of a fence or a comment, and leave it if it ends."""
        if self.fence and match.lastgroup == "info" and _closes(match, self.fence):
            self.fence = ""
            return True
        if match.lastgroup != "title" or not _is_heading_like(
            match["hashes"], match["title"], in_postmortem=False
        ):
            return True
        if self.fence and self._headings_close:
            self.shape.unclosed.append(self.fence_at)
            self.fence = ""
            return False
        self.shape.quoted.append(match.start())
        return True

    def _heading(self, match: re.Match[str]) -> None:
        indent, slashes, hashes, title = match.group("indent", "slashes", "hashes", "title")
        is_heading = hashes == "##" and not slashes and title[:1] in _SPACE
        is_exact = is_heading and not indent
        if is_exact and not self.in_postmortem:
            self._begin(match, title, is_exact=True)
        elif _is_heading_like(hashes, title, in_postmortem=self.in_postmortem):
            if slashes:
                self.shape.cuts.append(match.start("slashes"))
            else:
                self._begin(match, title, is_exact=is_exact)
        elif is_heading and indent == " ":
            self.shape.cuts.append(match.start("indent"))
        elif not slashes and not indent:
            self._alone(match.start(), title)

    def _alone(self, at: int, line: str) -> None:
        if not self.in_postmortem and len(line) <= _LONGEST_LINE and status_line(line):
            self.shape.swallowed.append(at)

    def _begin(self, match: re.Match[str], title: str, *, is_exact: bool) -> None:
        end = match.end()
        line = HeadingLine(match.start(), match.start("hashes"), end - len(title), title, is_exact)
        self.shape.headings.append(line)
        if self.follows_headings:
            self.in_postmortem = is_postmortem(title)

    def _fence(self, match: re.Match[str]) -> None:
        if match["fence"][0] != "`" or "`" not in match["info"]:
            self.fence = match["fence"]
            self.fence_at = match.start()

    def _comment(self, match: re.Match[str]) -> None:
        self._comment_end = self._text.find("-->", match.end())
        if self._comment_end < 0:
            self.fence = "<!--"
            self.fence_at = match.start()

    def _changes(self, match: re.Match[str]) -> None:
        if not _are_changes(match["changes"]):
            return
        if not match["indent"]:
            self.shape.strays.append(match.span())
        elif match["indent"] == " ":
            self.shape.cuts.append(match.start("indent"))

    def _rule(self, match: re.Match[str]) -> None:
        if self.in_postmortem:
            return
        end = match.start()
        begin = self._text.rfind("\n", max(0, end - _UNDERLINED), end)
        line = self._text[begin + 1 : end]
        if begin < 0:
            return
        if not (carries_time(line) and begins_with_status(line)):
            if self._text[begin - 1] == "\n" and line[:2] not in _BULLETS:
                self._alone(begin, line)
        elif match["escapes"]:
            self.shape.cuts.append(match.start("escapes"))
        else:
            self.shape.underlined.append(match.start("rule"))


def _are_changes(line: str) -> bool:
    """Tell whether `components: …` names statuses of components and nothing else."""
    pairs = [pair.partition("=") for pair in line.partition(":")[2].split(",")]
    return all(
        status.strip(" \t") in _STATUSES and _COMPONENT.fullmatch(name.strip(" \t"))
        for name, _, status in pairs
    )


def _closes(match: re.Match[str], fence: str) -> bool:
    mark = match["fence"]
    return mark[0] == fence[0] and len(mark) >= len(fence) and not match["info"].strip(" \t")
