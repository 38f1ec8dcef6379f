"""`statusgen brief`: one incident on one screen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from statusgen.cli.exits import FINE
from statusgen.cli.options import audience_option, format_option, now_option, root_option

if TYPE_CHECKING:
    from statusgen.timeline import History, Record


@click.command("brief")
@root_option()
@format_option("text", "markdown", "json")
@audience_option()
@now_option()
@click.argument("id_", metavar="[ID]", required=False)
def command(root: str, format_: str, audience: str, now: datetime, id_: str | None) -> int:
    """Tell of one incident on one screen: for support, and for who asks how bad it is.

    ID is the incident's, or a beginning of it that no other has. Without it, the one that is open.
    """
    import json

    from statusgen.cli.formats import printable
    from statusgen.cli.sites import read_site
    from statusgen.report.brief import brief_of
    from statusgen.report.brief_forms import brief_json, brief_markdown, brief_text

    site = read_site(root, now, audience)
    brief = brief_of(site, _record(site.history, id_))
    match format_:
        case "json":
            click.echo(json.dumps(brief_json(brief), indent=2, ensure_ascii=False))
        case "markdown":
            click.echo(brief_markdown(site, brief), nl=False)
        case _:
            click.echo(printable(brief_text(site, brief)))
    return FINE


def _record(history: History, id_: str | None) -> Record:
    """Return the record that is meant.

    Raises:
        click.UsageError: None is, or several could be.

    """
    from statusgen.authoring.choosing import choose_incident
    from statusgen.authoring.faults import Fault

    records = (*history.records, *history.notices)
    if not id_:
        if len(history.open_incidents) == 1:
            return history.open_incidents[0]
        titles = [f"\n  {one.id}  {one.title}" for one in history.open_incidents]
        if not titles:
            raise click.UsageError("No incident is open: name the one that you mean.")
        raise click.UsageError(f"{len(titles)} incidents are open: name one of{''.join(titles)}")
    exact = next((one for one in records if one.id == id_), None)
    if exact is not None:
        return exact
    path = choose_incident(id_, {one.incident.path for one in records})
    if isinstance(path, Fault):
        raise click.UsageError(str(path))
    return next(one for one in records if one.incident.path == path)
