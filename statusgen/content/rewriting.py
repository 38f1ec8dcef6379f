"""A changed incident into the text that a person typed, which is kept wherever it still holds.

Parts are whole lines: a key of the front matter, the summary, and of an update its heading, its
key lines and its text. A part whose meaning is unchanged keeps its lines byte for byte, with
comments, order and the spelling of times. The result is read again: what does not mean what it
should is written anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from statusgen.content.collector import Collector
from statusgen.content.course import Entry, arranged, moment_of
from statusgen.content.document import Passage
from statusgen.content.front_rewriting import rewrite_front_matter
from statusgen.content.headings import write_heading
from statusgen.content.incident import Parsed, parse_parts
from statusgen.content.internal import text_for
from statusgen.content.key_lines import KEY_LINES, write_key_lines
from statusgen.content.lines import Growing, ending_of, is_blank, lines_of
from statusgen.content.writing import write_incident, write_text, write_update
from statusgen.model import PUBLIC, Incident, Status, Update
from statusgen.reading.characters import decode

_Key = tuple[str, int]
"""An update's id, and how many before it have the same: a copied `code` stands twice."""


class _Block(NamedTuple):
    """The lines of a section as typed, [first, last), and what was read from them.

    `entry` and `update` are None where its heading could not be read. The key lines end before
    line `text`.
    """

    first: int
    last: int
    text: int
    entry: Entry | None
    update: Update | None
    key: _Key | None


def rewrite_incident(
    old_text: str,
    incident: Incident,
    zone: ZoneInfo,
    write: Callable[[Update], str] = write_update,
) -> str:
    """Return the text of a file that says what `incident` does, as near to `old_text` as can be.

    What could not be read in `old_text` stays as it is. `write` gives the section of an update that
    is new.
    """
    wanted = arranged(incident)
    typed = _Typed(old_text, wanted, zone, write)
    anew: frozenset[_Key] = frozenset()
    for _ in range(2):
        text = typed.with_changes(wanted, anew)
        found = _parse(text, wanted, zone).incident
        if found == wanted._replace(path=found.path, stand_in=None):
            return text
        kept = set(found.updates)
        anew = frozenset(key for key, update in _keyed(wanted.updates) if update not in kept)
    return write_incident(wanted, zone)


def _parse(text: str, incident: Incident, zone: ZoneInfo) -> Parsed:
    decoded, _ = decode(text.encode(errors="replace"), incident.path)
    problems = Collector(incident.path)
    return parse_parts(incident.id, text_for(PUBLIC, decoded, problems), zone, (), problems)


class _Typed:
    """A file as typed: its lines, what they mean, and which of them belong to which part."""

    def __init__(
        self,
        text: str,
        incident: Incident,
        zone: ZoneInfo,
        write: Callable[[Update], str],
    ) -> None:
        self._zone = zone
        self._write = write
        self._lines = lines_of(text)
        self._parsed = _parse(text, incident, zone)
        self._old = self._parsed.incident
        self._blocks = self._find_blocks()

    def with_changes(self, incident: Incident, anew: frozenset[_Key]) -> str:
        """Return the text for `incident`; the updates of `anew` are written without a look back."""
        front = self._parsed.document.front
        if front is None:
            return write_incident(incident, self._zone)
        out = Growing(ending_of(self._lines))
        body = self._front(front, incident, out)
        self._summary(body, incident, out)
        self._updates(incident, anew, out)
        return out.text()

    def _find_blocks(self) -> list[_Block]:
        document = self._parsed.document
        ordered = sorted(self._parsed.entries, key=moment_of)
        read = {
            entry.where: (entry, update, key)
            for entry, (key, update) in zip(ordered, _keyed(self._old.updates), strict=True)
        }
        blocks = []
        for section in document.sections:
            first = section.where.line - 1
            last = document.text.count("\n", 0, section.body.end)
            entry, update, key = read.get(section.where, (None, None, None))
            text = document.text.count("\n", 0, entry.keys_end) if entry else last
            blocks.append(_Block(first, last, text, entry, update, key))
        return blocks

    def _front(self, front: Passage, incident: Incident, out: Growing) -> int:
        """Write the front matter with the lines around it; return where the body begins."""
        document = self._parsed.document
        first = document.front_line - 1
        last = document.text.count("\n", 0, front.end - 1)
        body = document.text.count("\n", 0, document.summary.start)
        out.keep(self._lines[:first])
        rewrite_front_matter(self._lines[first:last], self._old, incident, self._zone, out)
        out.keep(self._lines[last:body])
        return body

    def _summary(self, first: int, incident: Incident, out: Growing) -> None:
        last = self._blocks[0].first if self._blocks else len(self._lines)
        if incident.summary == self._old.summary:
            out.keep(self._lines[first:last])
            return
        out.separate()
        if incident.summary:
            out.add(write_text(incident.summary))
        if self._blocks:
            out.separate()

    def _updates(self, incident: Incident, anew: frozenset[_Key], out: Growing) -> None:
        wanted = dict(_keyed(incident.updates))
        old = {block.key for block in self._blocks}
        added = [update for key, update in wanted.items() if key not in old]
        kept = [block.update.at for block in self._blocks if block.update]
        is_newest_first = len(kept) > 1 and kept[0] > kept[-1]
        if is_newest_first:
            added.reverse()
        for block in self._blocks:
            while added and block.update and _precedes(added[0], block.update, is_newest_first):
                self._add(added.pop(0), out)
                out.separate()
            self._block(block, wanted, anew, out)
        for update in added:
            self._add(update, out)
        out.keep(self._lines[self._blocks[-1].last :] if self._blocks else [])

    def _block(
        self,
        block: _Block,
        wanted: Mapping[_Key, Update],
        anew: frozenset[_Key],
        out: Growing,
    ) -> None:
        """Write a section with what changed in it; one whose update is gone is left out."""
        lines, old = self._lines, block.update
        if old is None or block.key is None:
            out.keep(lines[block.first : block.last])
            return
        new = wanted.get(block.key)
        if new is None:
            return
        is_anew = block.key in anew
        if old == new and not is_anew:
            out.keep(lines[block.first : block.last])
            return
        if is_anew or (old.status, old.at) != (new.status, new.at):
            out.add(f"{write_heading(new.status, new.at)}\n")
        else:
            out.keep(lines[block.first : block.first + 1])
        if is_anew or _key_values(old) != _key_values(new):
            out.add(write_key_lines(new))
        else:
            out.keep(lines[block.first + 1 : block.text])
        if is_anew or old.text != new.text:
            self._text(block, new, out)
        else:
            out.keep(lines[block.text : block.last])

    def _add(self, update: Update, out: Growing) -> None:
        out.separate()
        out.add(self._write(update))

    def _text(self, block: _Block, update: Update, out: Growing) -> None:
        """Write a new text with the blank lines that stood behind the old one."""
        if update.text:
            out.separate()
            in_postmortem = update.status is Status.POSTMORTEM
            out.add(write_text(update.text, in_postmortem=in_postmortem))
        end = min(block.last, len(self._lines))
        begin = end
        while begin > block.text and is_blank(self._lines[begin - 1]):
            begin -= 1
        out.keep(self._lines[begin:end])


def _keyed(updates: Iterable[Update]) -> Iterator[tuple[_Key, Update]]:
    seen: Counter[str] = Counter()
    for update in updates:
        yield (update.id, seen[update.id]), update
        seen[update.id] += 1


def _key_values(update: Update) -> list[object]:
    return [getattr(update, key.field) for key in KEY_LINES.values()]


def _precedes(update: Update, other: Update, is_newest_first: bool) -> bool:  # noqa: FBT001
    return update.at >= other.at if is_newest_first else update.at < other.at
