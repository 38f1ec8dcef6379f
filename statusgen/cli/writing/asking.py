"""Questions to a person at a terminal; a script is never asked anything."""

from __future__ import annotations

import select
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TypeVar

import click

from statusgen.authoring.faults import Fault
from statusgen.cli.formats import printable
from statusgen.cli.writing.typed import typed_text

T = TypeVar("T")

MOST_LISTED = 15
"""What a terminal of 24 lines shows beside the question."""

EDITOR = "e"
"""What a person answers to write a longer text in her editor."""

_WORDS = {"y": "yes", "n": "no", "e": "edit"}
_PASTE = 0.1  # seconds in which a terminal sends the next line of what was pasted


def is_person(*, no_input: bool) -> bool:
    """Tell whether somebody is there to answer."""
    return not no_input and sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, read: Callable[[str], T | list[Fault]], default: str | None = None) -> T:
    """Ask until the answer can be read."""
    shown = f" [{default}]" if default else ""
    while True:
        answer = _line(f"{question}{shown}: ") or (default or "")
        found = read(answer)
        if not (isinstance(found, list) and found and isinstance(found[0], Fault)):
            return found  # type: ignore[return-value]  # a list of anything else is an answer
        for fault in found:
            click.echo(printable(f"  {fault._replace(given='')}"), err=True)


def ask_line(question: str, default: str | None = None) -> str:
    """Ask for a text that is not empty: a line, or several that were pasted at once."""

    def read(first: str) -> str | list[Fault]:
        return _with_pasted(first) or [Fault("", "write something")]

    return ask(question, read, default)


def ask_part(question: str) -> str:
    """Ask for a text that may be left out; several lines may be pasted at once."""
    return _with_pasted(_line(question))


def ask_one_of(question: str, choices: Sequence[str]) -> int:
    """Let a person choose by number; return which, from 0."""
    for number, choice in enumerate(choices[:MOST_LISTED], 1):
        click.echo(printable(f"  {number}  {choice}"))
    if len(choices) > MOST_LISTED:
        left = len(choices) - MOST_LISTED
        click.echo(
            f"  … and {left:,} more; Ctrl-C, and give the beginning of its name to the command"
        )
    numbers = [str(number) for number in range(1, len(choices) + 1)]

    def read(answer: str) -> int | list[Fault]:
        if answer in numbers:
            return int(answer) - 1
        return [Fault("", f"answer with a number from 1 to {len(choices)}")]

    return ask(question, read, "1")


def confirm(question: str, answers: str) -> str:
    """Return one of the letters in `answers`; the first is what Enter means.

    What was typed before the question is no answer to it: nobody agrees to what she has not seen.
    """
    shown = "/".join([answers[0].upper(), *answers[1:]])
    letters = {name: letter for letter in answers for name in (letter, _WORDS[letter])}
    *some, last = (_WORDS[letter] for letter in answers)
    expected = f"  answer {', '.join(some)} or {last}"
    _forget_typed()
    while True:
        answer = _line(f"{question} [{shown}]: ").casefold() or answers[0]
        if answer in letters:
            return letters[answer]
        click.echo(expected, err=True)


def edit_lines() -> None:
    """Let arrow keys edit what is typed, and a paste of several lines be one answer."""
    with suppress(ImportError):
        import_module("readline")  # its import is its effect


def _line(prompt: str) -> str:
    edit_lines()
    try:
        return typed_text(input(printable(prompt))).strip()
    except (KeyboardInterrupt, EOFError):
        click.echo(err=True)  # what comes next does not go on in the line of the question
        raise click.Abort from None


def _with_pasted(first: str) -> str:
    """Return a line with those that came with it, from a terminal that does not mark a paste."""
    lines = [first]
    while _is_typed(_PASTE):
        lines.append(_line(""))
    return "\n".join(lines).strip()


def _is_typed(seconds: float) -> bool:
    """Tell whether there is something to read already, or within some time."""
    try:
        return bool(select.select([sys.stdin], [], [], seconds)[0])
    except (OSError, ValueError):  # where only sockets can be waited for
        return False


def _forget_typed() -> None:
    with suppress(ImportError, OSError):
        import termios

        termios.tcflush(sys.stdin, termios.TCIFLUSH)
