"""Runs commands as a person does, and looks at what they leave behind."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner
from folders import files_below

from statusgen.cli.main import commands


class Ran(NamedTuple):
    """The end of a command, and what it printed."""

    code: int
    output: str


def run(*arguments: str | Path) -> Ran:
    """Run a command; a wrong use of it ends with 2, as on the command line."""
    result = CliRunner().invoke(commands, [str(one) for one in arguments], standalone_mode=False)
    if result.exception:
        code = getattr(result.exception, "exit_code", None)
        if code is None:
            raise result.exception
        return Ran(code, f"{result.output}{getattr(result.exception, 'message', '')}")
    return Ran(result.return_value or 0, result.output)


def files_in(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, but for the program's own notes."""
    found = files_below(folder)
    return {path: content for path, content in found.items() if ".statusgen" not in path.split("/")}
