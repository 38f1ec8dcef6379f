"""The options that the commands have which write incidents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypedDict

import click

from statusgen.cli.exits import INTERRUPTED
from statusgen.cli.options import Decorator, Moment
from statusgen.cli.writing.completing import Complete, complete_component, complete_text

_STOPPED = "Stopped; nothing is changed."


class Verb(click.Command):
    """A command with one argument and the text in an option, where people type both in a row."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; to whoever stops it at a question, say how things stand."""
        try:
            return super().invoke(ctx)
        except click.Abort:
            click.echo(_STOPPED, err=True)
        except KeyboardInterrupt:
            click.echo(f"\n{_STOPPED}", err=True)
        return INTERRUPTED

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; of what is too much, say where it belongs."""
        ctx.allow_extra_args = True
        left = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            typed = " ".join(left)
            title = ctx.params.get("title")
            quoted = f'a title goes in quotes, "{title} {typed}"; ' if title else ""
            hint = f'{quoted}what readers are told goes with -m: -m "{typed}"'
            raise click.UsageError(f"This is one argument too many: {typed}; {hint}.", ctx)
        return left


class Shared(TypedDict):
    """The options that every one of these commands has."""

    root: str | None
    now: datetime | None
    message: str | None
    message_file: str | None
    from_: str | None
    language: str | None
    given: tuple[str, ...]
    edit: bool
    commit: bool
    push: bool
    no_input: bool
    dry_run: bool


def text_option(
    *names: str,
    help: str,  # noqa: A002 - click's word
    metavar: str = "TEXT",
    complete: Complete | None = None,
) -> Decorator:
    """Return an option for a text; an empty one, as forms send it, is none."""
    return click.option(
        *names, metavar=metavar, help=help, callback=_given, shell_complete=complete
    )


def component_option() -> Decorator:
    """Return the option for what is affected."""
    return click.option(
        "-c",
        "--component",
        "components",
        metavar="NAME[=STATUS]",
        multiple=True,
        help="What is affected; may be given again.",
        callback=_all_given,
        shell_complete=complete_component,
    )


def shared_options() -> Decorator:
    """Return the options of `Shared`."""
    options = [
        text_option("-m", "--message", help="What readers are told."),
        text_option("--message-file", metavar="FILE", help="The same from a file; '-' is stdin."),
        text_option(
            *("--from", "from_"),
            metavar="NAME",
            help="A text of the playbook.",
            complete=complete_text,
        ),
        text_option("--language", metavar="CODE", help="Its language; the page's without this."),
        click.option(
            "--set",
            "given",
            metavar="NAME=VALUE",
            multiple=True,
            help="Fill in what it leaves open.",
        ),
        click.option("--edit", is_flag=True, help="Write it in your editor."),
        click.option("--commit", is_flag=True, help="Commit the file, and nothing else."),
        click.option("--push", is_flag=True, help="Commit and send it."),
        click.option("--dry-run", is_flag=True, help="Show the file; write nothing."),
        click.option("--no-input", is_flag=True, help="Never ask."),
        text_option("--root", metavar="DIR", help="The folder of config.yml."),
        click.option("--now", type=Moment(), hidden=True),
    ]

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def _given(_context: click.Context, _option: click.Parameter, text: str | None) -> str | None:
    return text.strip() or None if text else None


def _all_given(
    _context: click.Context,
    _option: click.Parameter,
    texts: Iterable[str],
) -> tuple[str, ...]:
    return tuple(text.strip() for text in texts if text.strip())
