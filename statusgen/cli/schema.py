"""`statusgen schema`: the JSON Schemas with which editors complete and check the sources."""

from __future__ import annotations

import json
from pathlib import Path

import click

from statusgen.cli.exits import FINE

_NAMES = ("config", "incident", "page", "playbook")


@click.command("schema")
@click.argument("what", required=False, type=click.Choice(_NAMES))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write it to WHAT.json in this folder; without WHAT, all of them.",
)
def command(what: str | None, out: Path | None) -> int:
    """Print a JSON Schema: of config.yml, or of the front matter of other files."""
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name in (what,) if what else _NAMES:
            (out / f"{name}.json").write_text(schema_text(name), encoding="utf-8", newline="\n")
    elif what is not None:
        click.echo(schema_text(what), nl=False)
    else:
        raise click.UsageError(f"Missing argument: {', '.join(_NAMES)}; or --out for all of them.")
    return FINE


def schema_text(what: str) -> str:
    """Return the JSON Schema of a kind of file."""
    if what == "config":
        from statusgen.config import config_schema as schema
    elif what == "page":
        from statusgen.content.text_page import text_page_schema as schema
    elif what == "playbook":
        from statusgen.content.playbook import playbook_schema as schema
    else:
        from statusgen.content import front_matter_schema as schema
    return json.dumps(schema(), indent=2) + "\n"
