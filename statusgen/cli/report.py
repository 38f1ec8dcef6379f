"""`statusgen report`: what a period amounts to."""

from __future__ import annotations

from datetime import datetime

import click

from statusgen.cli.exits import FINE
from statusgen.cli.options import format_option, now_option, root_option


@click.command("report")
@root_option()
@click.option(
    "--period",
    metavar="PERIOD",
    help="2026-10, 2026-Q3, 2026, 30d (up to today) or FROM..TO. Default: the last full month.",
)
@format_option("text", "json")
@click.option(
    "--language",
    metavar="CODE",
    help="One of the page's languages. Default: its main one.",
)
@now_option()
def command(
    root: str, period: str | None, format_: str, language: str | None, now: datetime
) -> int:
    """Look back on a period: uptime, incidents, and how they were told.

    Figures are those of the page: whole days in its zone, by its rule.
    """
    import json

    from statusgen.cli.formats import printable
    from statusgen.cli.sites import read_site
    from statusgen.report import last_month, parse_period, report_of
    from statusgen.report.as_json import as_json
    from statusgen.report.as_text import as_text

    site = read_site(root, now, language)
    asked = last_month(site.today)
    if period is not None:
        result = parse_period(period, site.today)
        if result.asked is None:
            raise click.BadParameter(f"{result.reason}; {result.hint}", param_hint="'--period'")
        asked = result.asked
    report = report_of(site.history, asked)
    if format_ == "json":
        click.echo(json.dumps(as_json(report), indent=2, ensure_ascii=False))
    else:
        click.echo(printable(as_text(site, report)))
    return FINE
