"""The history, complete, month by month; and the page of maintenance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import groupby, islice
from typing import NamedTuple

from statusgen.model import Kind
from statusgen.site.context import Output, Site
from statusgen.site.theme.templates import templates_of
from statusgen.site.views.lines import begun, line_view, newest_first
from statusgen.site.words.language import Language
from statusgen.site.words.wording import state_of
from statusgen.timeline.record import Record

MOST_PAST = 20
MOST_MARKS = 40


class MonthView(NamedTuple):
    """A month of the page's zone in which something began: its page, and how much that was.

    `kinds` are those that there were; `marks` the states of its incidents, oldest first.
    """

    first: date
    link: str
    summary: str
    kinds: tuple[Kind, ...]
    marks: tuple[str, ...]


class MonthPage(NamedTuple):
    """What the page of a month is made from; `later` and `earlier` are the months beside it."""

    month: MonthView
    records: tuple[Record, ...]
    later: MonthView | None
    earlier: MonthView | None


class YearView(NamedTuple):
    """A year and its months, the newest first."""

    year: int
    months: tuple[MonthView, ...]


def render_history(site: Site) -> Iterator[Output]:
    """Yield history/index.html."""
    views = [page.month for page in month_pages(site)]
    years = [
        YearView(year, tuple(same)) for year, same in groupby(views, key=lambda one: one.first.year)
    ]
    path = "history/index.html"
    yield path, templates_of(site).render("history.html", path, {"years": years})


@lru_cache(maxsize=2)
def month_pages(site: Site) -> tuple[MonthPage, ...]:
    """Return what the page of each month is made from in which something began, newest first."""
    months = _months(site)
    views = [_month_view(site.language, first, records) for first, records in months]
    return tuple(
        MonthPage(view, tuple(records), later, earlier)
        for view, (_, records), later, earlier in zip(
            views, months, [None, *views][:-1], [*views, None][1:], strict=True
        )
    )


def render_month(site: Site, page: MonthPage) -> Output:
    """Return the page of a month."""
    path = page.month.link
    values = {
        "month": page.month,
        "lines": [line_view(site, record) for record in page.records],
        "later": page.later,
        "earlier": page.earlier,
    }
    return path, templates_of(site).render("month.html", path, values)


def render_maintenance(site: Site) -> Iterator[Output]:
    """Yield maintenance/index.html."""
    history = site.history
    _ = site.language.gettext
    past = [one for one in newest_first(history.past) if one.kind is Kind.MAINTENANCE]
    parts = [
        (_("In progress"), history.running),
        (_("Planned"), history.upcoming),
        (_("Past"), past[:MOST_PAST]),
    ]
    values = {
        "parts": [(name, [line_view(site, one) for one in records]) for name, records in parts],
        "more": max(len(past) - MOST_PAST, 0),
    }
    path = "maintenance/index.html"
    yield path, templates_of(site).render("maintenance.html", path, values)


def _months(site: Site) -> list[tuple[date, list[Record]]]:
    """Return the records of each month by the day on which they began, all newest first."""
    months: dict[tuple[int, int], list[Record]] = {}
    for day, record in begun(site):
        months.setdefault((day.year, day.month), []).append(record)
    return [(date(*month, 1), records) for month, records in sorted(months.items(), reverse=True)]


def _month_view(language: Language, first: date, records: list[Record]) -> MonthView:
    numbers = Counter(record.kind for record in records)
    kinds = tuple(kind for kind in Kind if numbers[kind])
    return MonthView(
        first=first,
        link=f"history/{first.year:04}-{first.month:02}/index.html",
        summary=", ".join(_count_text(language, kind, numbers[kind]) for kind in kinds),
        kinds=kinds,
        marks=tuple(
            islice(
                (state_of(one) for one in reversed(records) if one.kind is Kind.INCIDENT),
                MOST_MARKS,
            )
        ),
    )


def _count_text(language: Language, kind: Kind, number: int) -> str:
    match kind:
        case Kind.INCIDENT:
            return language.counted("%(count)s incident", "%(count)s incidents", number)
        case Kind.MAINTENANCE:
            return language.counted("%(count)s maintenance", "%(count)s maintenances", number)
        case Kind.NOTICE:
            return language.counted("%(count)s notice", "%(count)s notices", number)
