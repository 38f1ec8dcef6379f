"""An update and a new file as a person writes them by hand.

`content.writing` writes times in full and in UTC, because imports have updates years apart. A hand
writes `next update: 10:20 UTC`, and goes on with the zone that the file is in.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from statusgen.content.headings import write_heading
from statusgen.content.key_lines import write_key_lines
from statusgen.content.writing import write_front_matter, write_text
from statusgen.model import Incident, Status, Update
from statusgen.reading.times import write_time

_HEADING = re.compile(r"(?m)^## [^\n]*\d{2}:\d{2}(?::\d{2})?[ \t]*(UTC|Z|[+-]\d{2}:?\d{2}|)[ \t]*$")
_A_DAY = timedelta(days=1)


def write_new(incident: Incident, zone: ZoneInfo) -> str:
    """Return the text of a new file; `zone` is the page's."""
    parts = [write_front_matter(incident, zone)]
    if incident.summary:
        parts.append(f"\n{write_text(incident.summary)}")
    parts += [f"\n{section(update)}" for update in incident.updates]
    return "".join(parts)


def section(update: Update, zone: ZoneInfo | None = None) -> str:
    """Return the section of an update, with its times in UTC, or with the offset of `zone`."""
    lines = f"{write_heading(update.status, update.at)}\n{write_key_lines(update)}"
    in_full = f" · {write_time(update.at)}\n"
    lines = lines.replace(in_full, f" · {_moment(update.at, zone)}\n", 1)
    for name, at in (("next update", update.next_update), ("eta", update.eta)):
        if at is not None:
            near = timedelta() < at - update.at < _A_DAY
            written = _clock(at, zone) if near else _moment(at, zone)
            lines = lines.replace(f"\n{name}: {write_time(at)}\n", f"\n{name}: {written}\n", 1)
    if not update.text:
        return lines
    in_postmortem = update.status is Status.POSTMORTEM
    return f"{lines}\n{write_text(update.text, in_postmortem=in_postmortem)}"


def zone_written(text: str, zone: ZoneInfo) -> ZoneInfo | None:
    """Return the page's zone if the newest heading of a file is written in it; None for UTC."""
    offsets: list[str] = _HEADING.findall(text.replace("\r\n", "\n"))
    return zone if offsets and offsets[-1].upper() not in {"UTC", "Z"} else None


def _moment(at: datetime, zone: ZoneInfo | None) -> str:
    return write_time(at) if zone is None else f"{at.astimezone(zone):%Y-%m-%d} {_clock(at, zone)}"


def _clock(at: datetime, zone: ZoneInfo | None) -> str:
    """Return '10:20 UTC' or '11:20+01:00', with seconds only if there are any."""
    local = at.astimezone(zone or UTC)
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    if zone is None:
        return f"{clock} UTC"
    offset = f"{local:%z}"  # +0100
    return f"{clock}{offset[:3]}:{offset[3:5]}"
