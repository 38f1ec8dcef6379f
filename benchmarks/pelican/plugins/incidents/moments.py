"""Tells moments in the words of a page; each is worked out once."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

Facts = dict[str, Any]
TO = "\N{EN DASH}\N{WORD JOINER}"
ZONE = ZoneInfo("Europe/Berlin")


@cache
def local(at: str) -> datetime:
    """Return a moment in the page's time zone."""
    return datetime.fromisoformat(at).astimezone(ZONE)


@cache
def day(at: str) -> str:
    """Return the day of a moment."""
    then = local(at)
    return f'<time datetime="{then:%Y-%m-%d}">{then:%a} {then.day} {then:%b %Y}</time>'


@cache
def moment(at: str) -> str:
    """Return a moment in the page's time zone and in UTC."""
    then = local(at)
    return _with_utc(then, f"{then:%a} {then.day} {then:%b %Y, %H:%M %Z}")


def clock(at: str) -> str:
    """Return a moment as `moment`, without its day, which stands already."""
    then = local(at)
    return _with_utc(then, f"{then:%H:%M %Z}")


def _with_utc(then: datetime, words: str) -> str:
    utc = then.astimezone(UTC)
    return f"{_opened(then)}{words} ({_beside(utc, then)} UTC)</time>"


def _beside(utc: datetime, other: datetime) -> str:
    return f"{utc:%H:%M}" if utc.day == other.day else f"{utc:%a %H:%M}"


def window(facts: Facts) -> str:
    """Return when something was, with its day."""
    begin, end = facts["started"], facts["resolved"]
    if not facts["is_within_day"]:
        return f'<span class="window">{moment(begin)} to {moment(end)}</span>'
    then = local(begin)
    return _within_day(then, local(end), f"{then:%a} {then.day} {then:%b %Y, %H:%M}")


def hours(facts: Facts) -> str:
    """Return when something was, without its day if it began and ended on one."""
    if not facts["is_within_day"]:
        return window(facts)
    then = local(facts["started"])
    return _within_day(then, local(facts["resolved"]), f"{then:%H:%M}")


def _within_day(begin: datetime, end: datetime, words: str) -> str:
    utc = begin.astimezone(UTC)
    hours = f"{_beside(utc, begin)}{TO}{_beside(end.astimezone(UTC), utc)} UTC"
    begun = f'<span class="window">{_opened(begin)}{words}</time>'
    return f"{begun}{TO}{_opened(end)}{end:%H:%M}</time>{end: %Z} ({hours})</span>"


def _opened(then: datetime) -> str:
    return f'<time datetime="{then.isoformat(timespec="minutes")}">'


FILTERS = {"day": day, "moment": moment, "clock": clock, "window": window, "hours": hours}
"""What templates know these by."""
