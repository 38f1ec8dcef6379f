"""How machines read a moment: one form for each format, none of them from the locale.

Moments are in UTC. Forms with less precision cut off the rest, so that their order is the moments'.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def api_times(zone: tzinfo) -> Callable[[datetime], str]:
    """Return the writer of a page's API times: 2026-11-21T11:05:00.000+01:00, `Z` on a UTC page.

    Milliseconds always, and the offset that the zone has at that moment, as Statuspage writes them.
    A record mentions the same few moments over and over, so the last ones are remembered.
    """

    @lru_cache(maxsize=64)
    def write(moment: datetime) -> str:
        local = _local(moment, zone)
        text = local.isoformat(timespec="milliseconds")
        if text.endswith("+00:00") and local.tzname() == "UTC":
            return f"{text[:-6]}Z"
        return text

    return write


def rfc3339(moment: datetime) -> str:
    """Return 2026-11-21T10:05:00Z for a moment in UTC: whole seconds; for Atom and JSON Feed."""
    return f"{moment.isoformat()[:19]}Z"


def rfc822(moment: datetime, zone: tzinfo) -> str:
    """Return Sat, 21 Nov 2026 11:05:00 +0100, in the zone; for RSS."""
    local = _local(moment, zone)
    text = local.isoformat(timespec="seconds")
    day, month = _DAYS[local.weekday()], MONTHS[local.month - 1]
    return f"{day}, {text[8:10]} {month} {text[:4]} {text[11:19]} {text[19:22]}{text[23:25]}"


def _local(moment: datetime, zone: tzinfo) -> datetime:
    """Return the moment in the zone, its offset in whole minutes: Monrovia had others till 1972."""
    local = moment.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    rest = offset % timedelta(minutes=1)
    return moment.astimezone(timezone(offset - rest)) if rest else local
