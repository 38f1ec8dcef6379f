"""`statusgen overdue`: what readers are owed now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from statusgen.cli.exits import FINE, OWED, STOOD_IN
from statusgen.cli.options import audience_option, format_option, now_option, root_option

if TYPE_CHECKING:
    from statusgen.site.context import Site
    from statusgen.timeline.owed import Duty


@click.command("overdue")
@root_option()
@click.option(
    "--ahead",
    metavar="TIME",
    help="Also what will be owed in that time: 30m, 1h, 3d. It does not change the exit code.",
)
@click.option(
    "--open",
    "is_open_only",
    is_flag=True,
    help="Only what is owed while something is open, and cannot wait for the morning.",
)
@format_option("text", "json")
@audience_option()
@now_option()
def command(  # noqa: PLR0913 (its options)
    root: str,
    ahead: str | None,
    format_: str,
    audience: str,
    now: datetime,
    *,
    is_open_only: bool,
) -> int:
    """Tell what readers are owed: updates, an end, a postmortem, actions.

    The exit code is 1 if anything is owed, 0 if nothing is, and 3 if nothing is known to be owed
    but a file could not be read as it is.
    """
    import json

    from statusgen.build import memory_of
    from statusgen.cli.formats import printable
    from statusgen.cli.memory import without_collector
    from statusgen.cli.owed_text import lines_of
    from statusgen.content.audience import signed_for
    from statusgen.site.context import Site, Theme
    from statusgen.source.source import read_source
    from statusgen.timeline import derive
    from statusgen.timeline.owed import WHILE_OPEN, Owing
    from statusgen.workers import process_count

    with without_collector():
        horizon = _horizon(ahead, now) if ahead is not None else now
        source = read_source(
            root,
            now,
            processes=process_count(),
            memory=memory_of(root, audience),
            audience=audience,
        )
        config, incidents = signed_for(audience, source.config, source.incidents)
        history = derive(config, incidents, now, audience=audience)
        faulty = sorted({one.where.path for one in source.problems if one.is_error})
        kinds = WHILE_OPEN if is_open_only else frozenset(Owing)
        owed = [duty for duty in history.owed if duty.kind in kinds]
        coming = [
            duty for duty in history.ahead if duty.kind in kinds and duty.owed_from <= horizon
        ]
        if format_ == "json":
            site = Site(history, Theme({}), str, audience=audience)
            content = json_of(site, owed, coming, faulty)
            click.echo(json.dumps(content, indent=2, ensure_ascii=False))
        else:
            click.echo(printable("\n".join(lines_of(history, owed, coming, faulty))))
    if owed:
        return OWED
    return STOOD_IN if faulty else FINE


def _horizon(ahead: str, now: datetime) -> datetime:
    from statusgen.reading.times import parse_time

    result = parse_time(f"+{ahead.removeprefix('+')}", UTC, after=now)
    if result.at is None:
        message = f"'{ahead}' is not a length of time; write it like 30m, 1h or 3d"
        raise click.BadParameter(message, param_hint="'--ahead'")
    return result.at


def json_of(
    site: Site, owed: Iterable[Duty], coming: Iterable[Duty], faulty: Sequence[str]
) -> dict[str, object]:
    """Return an object; its entries are those of api/statusgen/v1/owed.json and `late_seconds`."""
    from statusgen.site.views.owed import duty_json
    from statusgen.site.words.times import rfc3339

    now = site.history.now
    return {
        "now": rfc3339(now),
        "owed": [
            {**duty_json(site, one), "late_seconds": int(one.late_by(now).total_seconds())}
            for one in owed
        ],
        "ahead": [duty_json(site, one) for one in coming],
        "unreadable": list(faulty),
    }
