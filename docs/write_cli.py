"""Writes what is generated from the commands: the packaged help, and the lists in docs/cli.md.

usage: python docs/write_cli.py [--check]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from statusgen.cli.main import COMMANDS, commands

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 80
_BLOCK = re.compile(r"(<!-- help: ([a-z ]+) -->\n```text\n).*?(```\n)", re.DOTALL)


def help_of(name: str) -> str:
    """Return what `statusgen NAME --help` prints; 'statusgen' is the command without a name."""
    command: click.Command = commands
    context = click.Context(commands, info_name="statusgen", terminal_width=WIDTH)
    for word in name.split()[1:]:
        if not isinstance(command, click.Group):
            raise TypeError(f"{word} is below a command without commands")
        found = command.get_command(context, word)
        if found is None:
            raise LookupError(name)
        command = found
        context = click.Context(command, context, word, terminal_width=WIDTH)
    return command.get_help(context) + "\n"


def written() -> dict[Path, str]:
    """Return what the generated files should hold."""
    page = ROOT / "docs/cli.md"
    text = _BLOCK.sub(lambda found: found[1] + help_of(found[2]) + found[3], page.read_text())
    missing = [name for name in COMMANDS if f"<!-- help: statusgen {name}" not in text]
    if missing:
        raise LookupError(f"docs/cli.md says nothing of {', '.join(missing)}")
    return {page: text, ROOT / "statusgen/cli/help.txt": help_of("statusgen")}


def main() -> int:
    """Write the files, or with --check tell those that are not current."""
    stale = {path: text for path, text in written().items() if path.read_text() != text}
    for path, text in stale.items():
        print(path.relative_to(ROOT))
        if "--check" not in sys.argv:
            path.write_text(text)
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
