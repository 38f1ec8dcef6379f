"""Questions to a person at a terminal; a script is never asked anything."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from statusgen.authoring.faults import Fault

T = TypeVar("T")

EDITOR = "e"
"""What a person answers to write a longer text in her editor."""


def is_person(*, no_input: bool) -> bool:
    """Tell whether somebody is there to answer."""
    return not no_input and sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, read: Callable[[str], T | list[Fault]], default: str | None = None) -> T:
    """Ask until the answer can be read."""
    while True:
        answer = click.prompt(question, default=default, show_default=bool(default))
        found = read(answer.strip())
        if not (isinstance(found, list) and found and isinstance(found[0], Fault)):
            return found  # type: ignore[return-value]  # a list of anything else is an answer
        for fault in found:
            click.echo(f"  {fault._replace(given='')}", err=True)


def ask_line(question: str, default: str | None = None) -> str:
    """Ask for a text of one line that is not empty."""
    return ask(question, lambda answer: answer or [Fault("", "write something")], default)


def ask_one_of(question: str, choices: Sequence[str]) -> int:
    """Let a person choose by number; return which, from 0."""
    for number, choice in enumerate(choices, 1):
        click.echo(f"  {number}  {choice}")
    numbers = click.IntRange(1, len(choices))
    chosen: int = click.prompt(question, type=numbers, default=1)
    return chosen - 1


def confirm(question: str, answers: str) -> str:
    """Return one of the letters in `answers`; the first is what Enter means."""
    shown = "/".join([answers[0].upper(), *answers[1:]])
    while True:
        answer = click.prompt(f"{question} [{shown}]", default=answers[0], show_default=False)
        letter: str = answer.strip()[:1].lower()
        if letter in answers:
            return letter
