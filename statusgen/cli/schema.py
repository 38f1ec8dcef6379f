"""`statusgen schema`: the JSON Schemas with which editors complete and check the sources."""

from __future__ import annotations

import json

import click

from statusgen.cli.exits import FINE


@click.command("schema")
@click.argument("what", type=click.Choice(["config", "incident", "page", "playbook"]))
def command(what: str) -> int:
    """Print a JSON Schema: of config.yml, or of the front matter of other files."""
    if what == "config":
        from statusgen.config import config_schema as schema
    elif what == "page":
        from statusgen.content.text_page import text_page_schema as schema
    elif what == "playbook":
        from statusgen.content.playbook import playbook_schema as schema
    else:
        from statusgen.content import front_matter_schema as schema
    click.echo(json.dumps(schema(), indent=2))
    return FINE
