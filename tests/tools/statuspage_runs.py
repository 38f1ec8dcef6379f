"""Runs commands as a person does, and looks at what they leave behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner
from folders import files_below
from statuspage_source import PAGE, code, component, incident, update, write_json

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


Json = dict[str, Any]


API = component(1, "API")


def one_incident(*updates: Json, **other: Any) -> Json:  # noqa: ANN401 (any key of the JSON)
    first = update(1, "investigating", "2026-11-01T10:00:00.000Z", "Looking.")
    return {"page": PAGE, "incident": incident(1, [first, *updates], [API], **other)}


def import_into(root: Path, *files: Json, options: tuple[str, ...] = ()) -> Ran:
    source = root.parent / "source"
    write_json(source, {f"{number}.json": value for number, value in enumerate(files)})
    return run("import", "statuspage", source, "--root", root, *options)


def text_of(root: Path) -> str:
    return (root / "incidents" / "2026" / f"{code('i', 1)}.md").read_text(encoding="utf-8")


RESOLVED = update(2, "resolved", "2026-11-01T11:00:00.000Z", "Done.")
