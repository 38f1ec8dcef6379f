"""Incidents into the text of a file, such that reading it gives the same incident.

The parts are written one by one, because rewriting a file takes only those that changed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from statusgen.content.front_matter import ATTRIBUTES
from statusgen.content.headings import write_heading
from statusgen.content.key_lines import write_key_lines
from statusgen.content.texts import escaped_text
from statusgen.model import Affected, Incident, Status, Update
from statusgen.reading.times import write_time
from statusgen.reading.writing import yaml_scalar


def write_incident(incident: Incident, zone: ZoneInfo) -> str:
    """Return the canonical text of a file.

    The clock of a maintenance that repeats is the page's, so its window is written in `zone`; all
    other times are written in UTC.
    """
    parts = [write_front_matter(incident, zone)]
    if incident.summary:
        parts.append(f"\n{write_text(incident.summary)}")
    parts += [f"\n{write_update(update)}" for update in incident.updates]
    return "".join(parts)


def write_front_matter(incident: Incident, zone: ZoneInfo) -> str:
    """Return the front matter with the lines around it."""
    keys = (write_key(name, incident, zone) for name in ATTRIBUTES.values())
    return f"---\n{''.join(keys)}---\n"


def write_key(attribute: str, incident: Incident, zone: ZoneInfo) -> str:
    """Return the lines of one key of the front matter; none if its value is the usual one."""
    value = getattr(incident, attribute)
    if value == _USUAL[attribute]:
        return ""
    if attribute in {"starts", "ends"} and incident.repeat:
        return f"{attribute}: {_wall_time(value, zone)}\n"
    return f"{_KEY_OF[attribute]}:{_written(value)}\n"


def write_update(update: Update) -> str:
    """Return the section of an update."""
    lines = f"{write_heading(update.status, update.at)}\n{write_key_lines(update)}"
    if not update.text:
        return lines
    in_postmortem = update.status is Status.POSTMORTEM
    return f"{lines}\n{write_text(update.text, in_postmortem=in_postmortem)}"


def write_text(text: str, *, in_postmortem: bool = False) -> str:
    """Return a text as a file holds it, with the newline after it."""
    return f"{escaped_text(text, in_postmortem=in_postmortem)}\n"


_KEY_OF = {attribute: field.name for field, attribute in ATTRIBUTES.items()}
_USUAL: dict[str, Any] = {attribute: field.default for field, attribute in ATTRIBUTES.items()}


def _written(value: Any) -> str:  # noqa: ANN401  whatever a key may hold
    """Return a value as it stands behind the colon of its key."""
    if isinstance(value, datetime):
        return f" {write_time(value)}"
    if isinstance(value, bool):
        return f" {str(value).lower()}"
    if isinstance(value, str):
        return f" {yaml_scalar(value)}"
    if any(isinstance(one, Affected) and one.status for one in value):
        lines = (
            f"  {yaml_scalar(name)}:{f' {status}' if status else ''}" for name, status in value
        )
        return "\n" + "\n".join(lines)
    names = (one.component if isinstance(one, Affected) else one for one in value)
    return f" [{', '.join(yaml_scalar(name, in_brackets=True) for name in names)}]"


def _wall_time(at: datetime, zone: ZoneInfo) -> str:
    """Return a moment as the clocks of `zone` show it, with their offset."""
    local = at.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    if offset % timedelta(minutes=1):
        return write_time(at)
    written = write_time(local.replace(tzinfo=UTC)).removesuffix(" UTC")
    minutes = offset // timedelta(minutes=1)
    sign = "-" if minutes < 0 else "+"
    return f"{written}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
