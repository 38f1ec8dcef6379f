"""`statusgen report`: what a period amounts to."""

from __future__ import annotations

from datetime import datetime

import click

from statusgen.cli.exits import FINE
from statusgen.cli.options import audience_option, format_option, now_option, root_option

TABLES = ("components", "groups", "incidents", "maintenance", "months", "vendors", "causes")


@click.command("report")
@root_option()
@click.option(
    "--period",
    metavar="PERIOD",
    help="2026-10, 2026-Q3, 2026, 30d (up to today) or FROM..TO. Default: the last full month.",
)
@format_option("text", "markdown", "html", "csv", "json")
@click.option(
    "--table",
    default=TABLES[0],
    type=click.Choice(TABLES),
    help="What the CSV lists. Default: components.",
)
@click.option("--out", metavar="FILE", help="Where it is written. Default: it is printed.")
@click.option(
    "--language",
    metavar="CODE",
    help="One of the page's languages. Default: its main one.",
)
@audience_option()
@now_option()
def command(  # noqa: PLR0913, PLR0917 (one each for what a person may type)
    root: str,
    period: str | None,
    format_: str,
    table: str,
    out: str | None,
    language: str | None,
    audience: str,
    now: datetime,
) -> int:
    """Look back on a period: uptime, incidents, and how they were told.

    Figures are those of the page: whole days in its zone, by its rule. The HTML is one file that
    prints well.
    """
    from statusgen.cli.sites import read_site
    from statusgen.report import last_month, parse_period, report_of
    from statusgen.report.forms import Order, written

    site = read_site(root, now, audience, language)
    asked = last_month(site.today)
    if period is not None:
        result = parse_period(period, site.today)
        if result.asked is None:
            raise click.BadParameter(f"{result.reason}; {result.hint}", param_hint="'--period'")
        asked = result.asked
    content = written(Order(site, report_of(site.history, asked), format_, table))
    if out is None:
        _print(content, format_)
    else:
        from pathlib import Path

        Path(out).write_bytes(content)
    return FINE


def _print(content: bytes, format_: str) -> None:
    if format_ == "text":
        from statusgen.cli.formats import printable

        click.echo(printable(content.decode()), nl=False)
    else:
        click.echo(content, nl=False)
