"""One table of a report for spreadsheets: RFC 4180, UTF-8, and no cell that is a formula."""

from __future__ import annotations

import csv
import io

from statusgen.report.as_json import as_json
from statusgen.report.values import Report
from statusgen.site.json_text import Json

_SPREAD = ("known", "mean", "median", "longest")
_FORMULA = frozenset("=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}") | frozenset(
    "\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)
"""What a cell begins with that a spreadsheet would compute, or send somewhere."""

_FIGURES = (
    *("first", "last", "uptime", "percent", "lost_seconds", "incidents"),
    *("incidents_by_impact.critical", "incidents_by_impact.major"),
    *("incidents_by_impact.minor", "incidents_by_impact.none"),
    *(f"first_notice_seconds.{one}" for one in (*_SPREAD, "in_time")),
    *(f"gap_seconds.{one}" for one in _SPREAD),
    *("promises.kept", "promises.late", "promises.pending", "promises.share"),
    *(f"to_resolve_seconds.{one}" for one in _SPREAD),
    *(f"postmortem_seconds.{one}" for one in (*_SPREAD, "in_time", "due")),
    "maintenances",
)
_SHARE = (
    *("name", "incidents", "lost_seconds", "share"),
    *(f"to_resolve_seconds.{one}" for one in _SPREAD),
)

COLUMNS: dict[str, tuple[str, ...]] = {
    "components": (
        *("id", "name", "group", "source", "uptime", "percent", "objective", "is_met"),
        *("budget.allowed_seconds", "budget.used_seconds"),
        *("seconds.counted", "seconds.unknown", "seconds.operational"),
        *("seconds.under_maintenance", "seconds.degraded_performance"),
        *("seconds.partial_outage", "seconds.major_outage"),
        *("previous.uptime", "previous.percent"),
    ),
    "groups": (
        *("id", "name", "components", "uptime", "percent", "objective", "is_met"),
        *("previous.uptime", "previous.percent"),
    ),
    "incidents": (
        *("id", "title", "impact", "status", "components", "cause", "upstream"),
        *("started_at", "ended_at", "lost_seconds", "updates", "first_notice_seconds"),
        *("longest_gap_seconds", "promises.kept", "promises.late", "promises.pending"),
        *("to_resolve_seconds", "postmortem_seconds"),
    ),
    "maintenance": (
        *("id", "title", "status", "components", "starts_at", "ends_at"),
        *("lead_seconds", "lasted_seconds", "overrun_seconds"),
    ),
    "months": _FIGURES,
    "vendors": _SHARE,
    "causes": _SHARE,
}
"""The columns of each table: keys of the JSON, with a point where one is within another."""


def as_csv(report: Report, table: str) -> bytes:
    """Return a table: a line of names, then a line for each row of the JSON's list."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS[table])
    for row in as_json(report)[table]:
        writer.writerow([_cell(row, column) for column in COLUMNS[table]])
    return text.getvalue().encode()


def _cell(row: Json, column: str) -> str | int | float:
    value: object = row
    for key in column.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    match value:
        case None:
            return 0 if column.startswith("incidents_by_impact.") else ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case list():
            return safe_cell(" ".join(map(str, value)))
        case _:
            return safe_cell(str(value))


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: with an apostrophe before it."""
    return f"'{text}" if text.lstrip("'")[:1] in _FORMULA else text


def meant_by_cell(text: str) -> str:
    """Return the text that a cell was made safe from."""
    return text[1:] if text[:1] == "'" and text.lstrip("'")[:1] in _FORMULA else text
