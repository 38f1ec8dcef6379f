"""A report in GitHub's Markdown, for an issue, a wiki or a chat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from statusgen.report.table import Row, Table
from statusgen.report.tables import tables
from statusgen.report.values import Report
from statusgen.report.words import period_text
from statusgen.site.context import Site
from statusgen.site.views.uptime import rule_text

_MEANS_SOMETHING = re.compile(r"([\\`*_{}\[\]<>|~#&!@$])")
_SPACE = re.compile(r"\s+")


def as_markdown(site: Site, report: Report) -> str:
    """Return headings and tables."""
    title = f"{site.config.page.name}: {period_text(report.asked.period, site.language)}"
    parts = [f"# {escaped(title)}"]
    parts += [part for table in tables(site, report) for part in _part(table)]
    parts.append(escaped(rule_text(report.rule, site.language)))
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Return a text that is only that in Markdown, on one line."""
    return _MEANS_SOMETHING.sub(r"\\\1", _SPACE.sub(" ", text)).strip()


def _part(table: Table) -> Iterator[str]:
    yield f"## {escaped(table.title)}"
    if table.about:
        yield escaped(table.about)
    sides = [
        "---" if index == 0 or index in table.texts else "--:"
        for index, _ in enumerate(table.columns)
    ]
    rows = [_line([escaped(one) for one in table.columns]), _line(sides), *map(_row, table.rows)]
    yield "\n".join(rows)


def _row(row: Row) -> str:
    name, *cells = map(escaped, row.cells)
    if row.link:
        name = f"[{name}](<{row.link}>)"
    if row.about:
        name = f"{name}<br>{escaped(row.about)}"
    return _line([f"**{name}**" if row.is_group else name, *cells])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
