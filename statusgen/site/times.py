"""How machines read a moment: one form for each format, none of them from the locale.

Forms with less precision than the moment cut it off, so that their order is the moments' order.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def api_times(zone: tzinfo) -> Callable[[datetime], str]:
    """Return the writer of a page's API times: 2026-11-21T11:05:00.000+01:00, `Z` on a UTC page.

    Milliseconds always, and the offset that the zone has at that moment, as Statuspage writes them.
    """

    def in_zone(moment: datetime) -> str:
        text = moment.astimezone(zone).isoformat(timespec="milliseconds")
        return text[:23] + "Z" if text.endswith("+00:00") and moment_is_utc(moment, zone) else text

    def in_utc(moment: datetime) -> str:
        return moment.isoformat(timespec="milliseconds")[:23] + "Z"

    return in_utc if zone is UTC else in_zone


def moment_is_utc(moment: datetime, zone: tzinfo) -> bool:
    """Tell whether the zone itself calls the moment UTC, rather than, say, GMT."""
    return moment.astimezone(zone).tzname() == "UTC"


def rfc3339(moment: datetime) -> str:
    """Return 2026-11-21T10:05:00Z: UTC, whole seconds; for Atom and JSON Feed."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"


def rfc822(moment: datetime, zone: tzinfo) -> str:
    """Return Sat, 21 Nov 2026 11:05:00 +0100, in the zone; for RSS."""
    local = moment.astimezone(zone)
    day, month = _DAYS[local.weekday()], MONTHS[local.month - 1]
    return f"{day}, {local.day:02} {month} {local.year:04} {local:%H:%M:%S %z}"


def day_text(day: date) -> str:
    """Return 2026-11-21; for Statuspage's `start_date` and the sitemap."""
    return day.isoformat()
