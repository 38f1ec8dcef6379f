"""The pictures in a report: SVG in the look of the pages, from the same figures as the tables.

Each is beside the words that it draws, so none is read aloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from html import escape
from itertools import groupby

from markupsafe import Markup

from statusgen.model import Impact
from statusgen.report.values import Budget, Figures
from statusgen.site.words.language import Language
from statusgen.timeline.uptime import percent

MOST_MARKS = 15
"""So many incidents are drawn as marks beside their number."""

_FLOORS = (9999, 9995, 9990, 9980, 9950, 9900, 9800, 9500, 9000, 8000, 5000, 0)
"""Where the scale of uptime may begin, in hundredths of a percent."""

_WIDTH, _HEIGHT = 860, 210
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 24, 30, 44
_ALL = 10_000


_SAME = 'vector-effect="non-scaling-stroke"'
"""Bars are stretched, and their lines are not."""


def uptime_chart(months: Sequence[Figures], language: Language) -> Markup:
    """Return the uptime of months as points on a line; nothing where fewer than two are known."""
    known = [one.uptime for one in months if one.uptime is not None]
    if len(known) < 2:  # noqa: PLR2004 (a point is no line)
        return Markup()
    floor = next(one for one in _FLOORS if one <= min(known) * _ALL)
    parts = [*_grid(floor, language), *_line(months, floor), *_points(months, floor, language)]
    size = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
    return Markup(f'<svg class="chart" {size} aria-hidden="true">{"".join(parts)}</svg>')  # noqa: S704 (digits and escaped words)


def _grid(floor: int, language: Language) -> Iterable[str]:
    for hundredths in (floor, (floor + _ALL) // 2, _ALL):
        y = _y(Fraction(hundredths, _ALL), floor)
        figure = escape(language.formats.percent_text(percent(Fraction(hundredths, _ALL))))
        yield f'<path class="grid" d="M{_LEFT} {y}H{_WIDTH - _RIGHT}"/>'
        yield f'<text class="axis" x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{figure}</text>'


def _line(months: Sequence[Figures], floor: int) -> Iterable[str]:
    """Yield the line; it breaks where nothing is known."""
    numbered = enumerate(months)
    for is_known, stretch in groupby(numbered, key=lambda one: one[1].uptime is not None):
        if is_known:
            points = [
                f"{_x(index, len(months))} {_y(one.uptime or Fraction(), floor)}"
                for index, one in stretch
            ]
            yield f'<path class="line" d="M{"L".join(points)}"/>'


def _points(months: Sequence[Figures], floor: int, language: Language) -> Iterable[str]:
    formats = language.formats
    for index, one in enumerate(months):
        x, month = _x(index, len(months)), one.period.first
        name = formats.short_month_text(month)
        if index and month.month > 1:
            name = name.replace(formats.localized(str(month.year)), "").strip()
        place = f'x="{x}" y="{_HEIGHT - 8}" text-anchor="middle"'
        yield f'<text class="axis" {place}>{escape(name)}</text>'
        if one.uptime is not None:
            y = _y(one.uptime, floor)
            figure = formats.localized(percent(one.uptime).replace(".", formats.decimal))
            yield f'<circle class="point" cx="{x}" cy="{y}" r="3.5"/>'
            below = _is_dip(months, index)
            place = f'x="{x}" y="{y + 19 if below else y - 10}" text-anchor="middle"'
            yield f"<text {place}>{escape(figure)}</text>"


def _is_dip(months: Sequence[Figures], index: int) -> bool:
    """Tell whether a month is worse than those beside it, whose lines come from above."""
    own = months[index].uptime
    beside = [one.uptime for one in (*months[max(index - 1, 0) : index], *months[index + 1 :][:1])]
    return own is not None and any(beside) and all(one is None or one > own for one in beside)


def _x(index: int, number: int) -> int:
    room = _WIDTH - _LEFT - _RIGHT
    return _LEFT + round(room * (2 * index + 1) / (2 * number))


def _y(fraction: Fraction, floor: int) -> int:
    share = (fraction * _ALL - floor) / (_ALL - floor)
    return _HEIGHT - _BOTTOM - round((_HEIGHT - _TOP - _BOTTOM) * share)


def marks(impacts: Iterable[tuple[Impact, int]]) -> Markup:
    """Return a mark for each incident, in its shape, the worst first; none if they are too many."""
    listed = [impact for impact, number in impacts for _ in range(number)]
    if not listed or len(listed) > MOST_MARKS:
        return Markup()
    found = "".join(f'<span class="mark {impact}"></span>' for impact in listed)
    return Markup(f'<span class="marks" aria-hidden="true">{found}</span>')  # noqa: S704 (words of ours)


def missed_mark() -> Markup:
    """Return the mark beside an objective that was missed."""
    return Markup(' <span class="mark major_outage" aria-hidden="true"></span>')


def bar(part: Fraction, whole: Fraction) -> Markup:
    """Return a bar as long as a part of a whole is."""
    if not whole:
        return Markup()
    return _bar(f'<path class="part" d="M0 0h{_share(part, whole)}v6h-{_share(part, whole)}z"/>')


def budget_bar(budget: Budget) -> Markup:
    """Return how much of an error budget is used: full, with a cross at its end, if exceeded."""
    if not budget.allowed:
        return Markup()
    if budget.left < 0:
        return _bar(
            f'<path class="over" d="M0 0h1000v6H0z"/><path class="cut" d="M985 0v6" {_SAME}/>'
        )
    used = _share(budget.used, budget.allowed)
    return _bar(
        f'<path class="room" d="M0 0h1000v6H0z" {_SAME}/><path class="part" d="M0 0h{used}v6H0z"/>'
    )


def _share(part: Fraction, whole: Fraction) -> int:
    """Return a share in thousandths; what is not nought can be seen."""
    return max(round(1000 * part / whole), 4 if part else 0)


def _bar(parts: str) -> Markup:
    frame = 'viewBox="0 0 1000 6" preserveAspectRatio="none" aria-hidden="true"'
    return Markup(f'<svg class="bar" {frame}>{parts}</svg>')  # noqa: S704 (digits)
