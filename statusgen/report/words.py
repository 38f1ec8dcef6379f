"""Figures as the language of a site writes them."""

from __future__ import annotations

from fractions import Fraction

from statusgen.report.periods import months_of
from statusgen.report.values import Budget, Promises
from statusgen.site.words.language import Language
from statusgen.timeline.days import Period
from statusgen.timeline.uptime import percent

NOTHING = "\N{EN DASH}"
_MINUS = "\N{MINUS SIGN}"
_TWELVE = 12


def period_text(period: Period, language: Language) -> str:
    """Return 'October 2026', '2026', 'July 2026 - September 2026' (with a dash) or days."""
    formats, months = language.formats, months_of(period)
    if months == 1:
        return formats.month_text(period.first)
    if months == _TWELVE and period.first.month == 1:
        return formats.localized(str(period.first.year))
    write = formats.month_text if months else formats.day_text
    if period.first == period.last:
        return formats.day_text(period.first)
    return f"{write(period.first)} {NOTHING} {write(period.last)}"


def percent_or_unknown(fraction: Fraction | None, language: Language) -> str:
    """Return '99.95 %', cut off after two decimals, or 'unknown'."""
    if fraction is None:
        return language.gettext("unknown")
    return language.formats.percent_text(percent(fraction))


def duration(seconds: Fraction | int | None, language: Language) -> str:
    """Return '1 h 12 min', or a dash where it is not known; a started second counts."""
    return NOTHING if seconds is None else language.formats.duration_text(-(-seconds // 1))


def change_in_points(now: Fraction | None, before: Fraction | None, language: Language) -> str:
    """Return by how many hundredths of a percent two uptimes differ, as they are printed."""
    if now is None or before is None:
        return NOTHING
    change = now * 10_000 // 1 - before * 10_000 // 1
    whole, hundredths = divmod(abs(change), 100)
    figure = f"{whole}.{hundredths:02}".replace(".", language.formats.decimal)
    return _signed(change, language.formats.localized(figure))


def change_in_number(now: int, before: int, language: Language) -> str:
    """Return by how much two numbers differ, with a sign."""
    change = now - before
    return _signed(change, language.formats.number_text(abs(change)))


def change_in_length(
    now: Fraction | int | None, before: Fraction | int | None, language: Language
) -> str:
    """Return by how much two lengths of time differ, with a sign."""
    if now is None or before is None:
        return NOTHING
    change = -(-now // 1) + (-before // 1)
    return _signed(change, language.formats.duration_text(abs(change)))


def promises_text(promises: Promises, language: Language) -> str:
    """Return '3 of 4', of those that were due."""
    return part_of(promises.kept, promises.kept + promises.late, language)


def part_of(part: int, whole: int, language: Language) -> str:
    """Return '3 of 4', or a dash for none of none."""
    if not whole:
        return NOTHING
    write = language.formats.number_text
    # Translators: some of all, as in "3 of 4" promises that were kept
    return language.gettext("%(part)s of %(whole)s") % {"part": write(part), "whole": write(whole)}


def budget_left(budget: Budget, language: Language) -> str:
    """Return '21 min', or 'exceeded by 3 h'."""
    if budget.left >= 0:
        return duration(budget.left // 1, language)
    # Translators: of an error budget, as in "exceeded by 3 h"
    return language.gettext("exceeded by %(duration)s") % {
        "duration": duration(-budget.left, language)
    }


def _signed(change: int, figure: str) -> str:
    if not change:
        return "±0"
    return f"{'+' if change > 0 else _MINUS}{figure}"
