"""Whatever is edited, nobody is told twice of an update, and everybody is told of a new one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from notifiers import Notebook
from sample_histories import at

START = at("21 10:00")
STATUSES = ("Investigating", "Identified", "Monitoring", "Update", "Resolved")
TOKEN = re.compile(r"word-\d+")


@dataclass
class Page:
    """Incidents whose updates each have a word of their own."""

    updates: dict[int, list[tuple[timedelta, str, str]]] = field(default_factory=dict)
    names: dict[int, list[str]] = field(default_factory=dict)
    words: int = 0

    def word(self) -> str:
        self.words += 1
        return f"word-{self.words}"

    def files(self) -> dict[str, str]:
        return {self.names[one][-1]: self._text(one) for one in self.updates}

    def _text(self, incident: int) -> str:
        *before, _ = self.names[incident]
        aliases = f"aliases: [{', '.join(before)}]\n" if before else ""
        parts = [
            f"## {status} · {START + offset:%Y-%m-%d %H:%M} UTC\n\n{text}\n"
            for offset, status, text in sorted(self.updates[incident])
        ]
        return f"---\ntitle: Incident {incident}\n{aliases}---\n\n" + "\n".join(parts)

    def taken(self, incident: int) -> set[timedelta]:
        return {offset for offset, _, _ in self.updates[incident]}


class Edit(NamedTuple):
    """What is done to which incident, to which of its updates, and by how much it is moved."""

    kind: str
    incident: int
    which: int
    minutes: int
    status: str


EDITS = st.builds(
    Edit,
    st.sampled_from(("open", "append", "retime", "reword", "both", "rename", "nothing")),
    st.integers(0, 2),
    st.integers(0, 9),
    st.integers(-8, 8),
    st.sampled_from(STATUSES),
)


@settings(max_examples=60)
@given(st.lists(EDITS, max_size=14))
def test_one_edit_at_a_time_tells_each_update_once_and_only_once(edits: list[Edit]) -> None:
    page, book, now = Page(), Notebook(), START
    book.choose({}, now - timedelta(hours=1))
    for one in edits:
        now += timedelta(minutes=10)
        new = edited(page, one, now - START)
        selection = book.choose_and_send(page.files(), now + timedelta(minutes=9))
        updates = (delivery.event.update for delivery in selection.deliveries)
        said = TOKEN.findall(" ".join(update.text for update in updates if update))
        assert said == ([new] if new else [])


def edited(page: Page, edit: Edit, now: timedelta) -> str:
    """Do an edit; return the word of a new update, of which everybody should be told."""
    known = page.updates.get(edit.incident)
    if known is None:
        if edit.kind != "open":
            return ""
        page.updates[edit.incident] = [(now, "Investigating", word := page.word())]
        page.names[edit.incident] = [f"i{edit.incident}"]
        return word
    if edit.kind == "append":
        known.append((now, edit.status, word := page.word()))
        return word
    number = edit.which % len(known)
    offset, own, text = known[number]
    moved = offset + timedelta(minutes=edit.minutes)
    if edit.kind in {"retime", "both"} and moved not in page.taken(edit.incident) and moved <= now:
        known[number] = (moved, own, text)
    if edit.kind in {"reword", "both"}:
        known[number] = (known[number][0], own, f"{text} reworded")
    if edit.kind == "rename":
        names = page.names[edit.incident]
        names.append(f"i{edit.incident}-{len(names)}")
    return ""
