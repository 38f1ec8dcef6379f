"""One pass over the text of a paragraph: code, links, escapes and runs of marks, as pieces.

What GitHub would take for an HTML tag is a piece of text: it is shown, and nothing in it is markup.
"""

from __future__ import annotations

import re

from statusgen.site.markdown.autolinks import BARE_LINK, bare_link_at
from statusgen.site.markdown.emphasis import Run, pair
from statusgen.site.markdown.pieces import Break, Code, Link, Piece, words_of
from statusgen.site.markdown.references import (
    References,
    Target,
    label_at,
    normal_label,
    target_at,
    unescape,
)
from statusgen.site.markdown.urls import safe_url

_MARKS = r"\\`*_~\[\]!<&\n"
MARK = re.compile(rf"[{_MARKS}]")
# A search skips quickly to a set of characters if a pattern begins with one, and to nothing else.
_MARK_OR_LINK = re.compile(rf"[{_MARKS}hHfFw](?:(?<=[{_MARKS}])|(?<=(?={BARE_LINK}).))")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_CHARACTER_REFERENCE = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});",
)
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\x00-\x20<>]*)>")
_MAIL = re.compile(
    r"<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]+@[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?)*)>",
)
_TAG = re.compile(
    r"</[A-Za-z][A-Za-z0-9\-]*\s*>"
    r"|<[A-Za-z][A-Za-z0-9\-]*(?:\s+[A-Za-z_:][A-Za-z0-9_.:\-]*"
    r"(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*\s*/?>",
)


def comment_end(text: str, start: int) -> int:
    """Return where the comment ends that begins at `start`; 0 if none does."""
    if not text.startswith("<!--", start):
        return 0
    for whole in ("<!-->", "<!--->"):
        if text.startswith(whole, start):
            return start + len(whole)
    end = text.find("-->", start)
    return end + len("-->") if end >= 0 else 0


def code_end(text: str, start: int, ticks: str) -> int:
    """Return where the code span ends whose code begins at `start`; 0 if it does not.

    It ends with as many backticks as it began with, which are `ticks`.
    """
    close = text.find(ticks, start)
    while close >= 0:
        end = close + len(ticks)
        if not text.startswith("`", end):
            return end
        while text.startswith("`", end):
            end += 1
        close = text.find(ticks, end)
    return 0


class _Bracket:
    """An open bracket: its place in the text, among the pieces and among the runs."""

    __slots__ = ("end", "is_active", "is_image", "piece", "run")

    def __init__(self, end: int, piece: int, run: int, *, is_image: bool) -> None:
        self.end = end
        self.piece = piece
        self.run = run
        self.is_image = is_image
        self.is_active = True


class Scanner:
    """Reads one text; one use."""

    def __init__(self, text: str, references: References) -> None:
        self.text = text
        self.references = references
        self._pieces: list[Piece] = []
        self._runs: list[Run] = []
        self._brackets: list[_Bracket] = []
        self._last_comment_end = text.rfind("-->") if "<" in text else -1
        self._unclosed: set[str] = set()  # backticks after which no code span ends

    def pieces(self) -> list[Piece]:
        text, pieces = self.text, self._pieces
        has_links = "://" in text or "www." in text
        search = (_MARK_OR_LINK if has_links else MARK).search
        place = 0
        while match := search(text, place):
            start = match.start()
            if start > place:
                pieces.append(text[place:start])
            place = _STEPS[text[start]](self, start)
        if place < len(text):
            pieces.append(text[place:])
        if self._runs:
            pair(self._runs)
        return pieces

    # ── one step each: take what begins at `start`, return where to go on ─────────────────────

    def take_escape(self, start: int) -> int:
        following = self.text[start + 1 : start + 2]
        if following == "\n":
            self._pieces.append(Break())
            return start + 2
        if following in _ESCAPABLE:
            self._pieces.append(following)
            return start + 2
        self._pieces.append("\\")
        return start + 1

    def take_newline(self, start: int) -> int:
        last = self._pieces[-1] if self._pieces else ""
        if isinstance(last, str) and last.endswith(" "):
            self._pieces[-1] = last.rstrip(" ")
            if last.endswith("  "):
                self._pieces.append(Break())
                return start + 1
        self._pieces.append("\n")
        return start + 1

    def take_code(self, start: int) -> int:
        text = self.text
        begin = start + 1
        while text.startswith("`", begin):
            begin += 1
        ticks = text[start:begin]
        end = code_end(text, begin, ticks) if ticks not in self._unclosed else 0
        if not end:
            self._unclosed.add(ticks)
            self._pieces.append(ticks)
            return begin
        code = text[begin : end - len(ticks)].replace("\n", " ")
        if code.startswith(" ") and code.endswith(" ") and code.strip(" "):
            code = code[1:-1]
        self._pieces.append(Code(code))
        return end

    def take_run(self, start: int) -> int:
        text = self.text
        mark = text[start]
        end = start + 1
        while text.startswith(mark, end):
            end += 1
        run = Run(text, start, end)
        self._pieces.append(run)
        self._runs.append(run)
        return end

    def take_exclamation(self, start: int) -> int:
        if not self.text.startswith("[", start + 1):
            self._pieces.append("!")
            return start + 1
        self._open_bracket("![", start)
        return start + 2

    def take_bracket(self, start: int) -> int:
        self._open_bracket("[", start)
        return start + 1

    def _open_bracket(self, mark: str, start: int) -> None:
        end = start + len(mark)
        self._brackets.append(
            _Bracket(end, len(self._pieces), len(self._runs), is_image=mark == "![")
        )
        self._pieces.append(mark)

    def take_closing_bracket(self, start: int) -> int:
        if not self._brackets:
            self._pieces.append("]")
            return start + 1
        bracket = self._brackets.pop()
        found = self._target(bracket, start) if bracket.is_active else None
        if found is None:
            self._pieces.append("]")
            return start + 1
        target, end = found
        pair(self._runs[bracket.run :])
        del self._runs[bracket.run :]
        inside = self._pieces[bracket.piece + 1 :]
        if bracket.is_image:
            inside = [words_of(inside) or target.url]
        else:
            for before in self._brackets:
                before.is_active = before.is_active and before.is_image
        self._pieces[bracket.piece :] = [Link(target.url, target.title, inside)]
        return end

    def _target(self, bracket: _Bracket, start: int) -> tuple[Target, int] | None:
        """Return where the link that `]` at `start` ends leads to, and its own end."""
        text = self.text
        if text.startswith("(", start + 1):
            found = target_at(text, start + 1)
            if found is not None:
                return found
        if not self.references:
            return None
        label = text[bracket.end : start]
        end = start + 1
        following = label_at(text, end) if text.startswith("[", end) else None
        if following is not None:
            label, end = following
        elif text.startswith("[]", end):
            end += 2
        target = self.references.get(normal_label(label)) if len(label) < 1_000 else None  # noqa: PLR2004 (the specification's limit)
        return (target, end) if target else None

    def take_angle(self, start: int) -> int:
        text = self.text
        if match := _AUTOLINK.match(text, start):
            self._pieces.append(Link(match[1], "", [match[1]]))
        elif match := _MAIL.match(text, start):
            self._pieces.append(Link(f"mailto:{match[1]}", "", [match[1]]))
        elif start < self._last_comment_end and (end := comment_end(text, start)):
            return end
        elif match := _TAG.match(text, start):
            self._pieces.append(match[0])
        else:
            self._pieces.append("<")
            return start + 1
        return match.end()

    def take_reference(self, start: int) -> int:
        match = _CHARACTER_REFERENCE.match(self.text, start)
        if match is None:
            self._pieces.append("&")
            return start + 1
        self._pieces.append(unescape(match[0]))
        return match.end()

    def take_bare_link(self, start: int) -> int:
        link = None if self._brackets else bare_link_at(self.text, start)
        if link is None or not safe_url(link.url):
            self._pieces.append(self.text[start])
            return start + 1
        self._pieces.append(Link(link.url, "", [link.text]))
        return link.end


_STEPS = dict.fromkeys("hHfFw", Scanner.take_bare_link) | dict.fromkeys("*_~", Scanner.take_run)
_STEPS |= {"\\": Scanner.take_escape, "`": Scanner.take_code, "\n": Scanner.take_newline}
_STEPS |= {
    "!": Scanner.take_exclamation,
    "[": Scanner.take_bracket,
    "]": Scanner.take_closing_bracket,
}
_STEPS |= {"<": Scanner.take_angle, "&": Scanner.take_reference}
