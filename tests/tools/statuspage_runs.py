"""Runs commands as a person does, and looks at what they leave behind."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

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


def files_below(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, but for the program's own notes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".statusgen" not in path.parts
    }
