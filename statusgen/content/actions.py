"""The tasks in a closing text: what is still to be done after an incident, by whom and by when.

    - [ ] Move traffic to the second provider by itself (payments team, due 2026-12-15)
    - [x] Alert on failed payments (Ana, due 2026-11-30)
    - [ ] Commitment: a credit of one day for all customers (billing, due 2026-12-31)

Only the date is looked for between the parentheses, whatever word stands before it, so that it can
be written in any language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.model import Action
from statusgen.reading.times import DateResult, parse_date

_TASK = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\[([ xX])\][ \t]+(\S.*)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]")
_MORE = re.compile(r"[ \t]{2,}(\S.*)")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")  # internal blocks are quotes on the internal site
_FENCE = re.compile(r"[ \t]*(```|~~~)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAIL = re.compile(r"(.*\S)[ \t]*\(([^()]*)\)[.;]?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$")
_COMMITMENT = re.compile(
    "(?:commitment|promise|zusage|compromiso|engagement|compromisso|обязательство|約束|التزام)"
    r"[ \t]*[:：][ \t]*",  # noqa: RUF001 (Japanese writes a colon of its own)
    re.IGNORECASE,
)


def actions_of(text: str) -> tuple[Action, ...]:
    """Return the tasks of a closing text, in their order; a date that is none counts as left out.

    What stands in a fence or a comment is no task.
    """
    if "[ ]" not in text and "[x]" not in text and "[X]" not in text:
        return ()
    return tuple(_action(task, is_done=mark in "xX") for mark, task in _tasks(text))


def wrong_dates(text: str) -> Iterator[DateResult]:
    """Yield what looks like a task's date and is none, with the reason."""
    for _, task in _tasks(text):
        _, _, written = _parts(task)
        if written:
            result = parse_date(written)
            if result.day is None:
                yield result


def _tasks(text: str) -> Iterator[tuple[str, str]]:
    """Yield the mark and the words of each task; these may go on in indented lines."""
    mark, words = "", ""
    fence = ""
    for quoted in _COMMENT.sub("", text).split("\n"):
        quote = _QUOTE.match(quoted)
        line = quoted[quote.end() :] if quote else quoted
        opening = _FENCE.match(line)
        if opening and (not fence or fence == opening[1]):
            fence = "" if fence else opening[1]
        task = None if fence or opening else _TASK.fullmatch(line)
        more = None if fence or opening or _ITEM.match(line) else _MORE.fullmatch(line)
        if mark and more:
            words = f"{words.rstrip()} {more[1]}"
            continue
        if mark:
            yield mark, words.rstrip()
        mark, words = (task[1], task[2]) if task else ("", "")
    if mark:
        yield mark, words.rstrip()


def _action(task: str, *, is_done: bool) -> Action:
    text, owner, written = _parts(task)
    commitment = _COMMITMENT.match(text)
    return Action(
        text=text[commitment.end() :] if commitment else text,
        owner=owner,
        due=parse_date(written).day if written else None,
        is_done=is_done,
        is_commitment=commitment is not None,
    )


def _parts(task: str) -> tuple[str, str, str]:
    """Return a task's words, owner and date, as written; without a date all are its words."""
    tail = _TAIL.fullmatch(task)
    if tail is None:
        return task, "", ""
    parts = [part.strip() for part in tail[2].split(",")]
    date = next((found[0] for part in parts if (found := _DATE.search(part))), "")
    if not date:
        return task, "", ""
    return tail[1], ", ".join(part for part in parts if part and not _DATE.search(part)), date
