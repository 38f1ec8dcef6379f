"""The forms that a report is written in, by the names that people type."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

from statusgen.report.as_csv import as_csv
from statusgen.report.as_html import as_html
from statusgen.report.as_json import as_json
from statusgen.report.as_markdown import as_markdown
from statusgen.report.as_text import as_text
from statusgen.report.values import Report
from statusgen.site.context import Site


class Order(NamedTuple):
    """What is to be written: `table` is what a CSV lists."""

    site: Site
    report: Report
    form: str
    table: str


FORMS: dict[str, Callable[[Order], bytes]] = {
    "text": lambda one: f"{as_text(one.site, one.report)}\n".encode(),
    "markdown": lambda one: as_markdown(one.site, one.report).encode(),
    "html": lambda one: as_html(one.site, one.report),
    "csv": lambda one: as_csv(one.report, one.table),
    "json": lambda one: (
        f"{json.dumps(as_json(one.report), indent=2, ensure_ascii=False)}\n".encode()
    ),
}


def written(order: Order) -> bytes:
    """Return a report in a form, in UTF-8."""
    return FORMS[order.form](order)
