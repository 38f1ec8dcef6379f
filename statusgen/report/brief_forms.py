"""A brief in its forms: one screen of a terminal, GitHub's Markdown, an object for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from statusgen.model import Kind
from statusgen.report.as_markdown import escaped
from statusgen.report.as_text import COLUMNS, LINES
from statusgen.report.brief import Brief, Effect
from statusgen.report.columns import cut, wrapped
from statusgen.site.context import Site
from statusgen.site.json_text import Json
from statusgen.site.words.formats import ENGLISH_FORMATS
from statusgen.site.words.moments import zone_name
from statusgen.site.words.times import rfc3339
from statusgen.site.words.wording import INLINE_WORDS

_MARGIN = 12
_ROOM = COLUMNS - _MARGIN
_MOST_TEXT = 5
_MOST_EFFECTS = 4
_NOTHING_SAID = "Nothing has been written yet."


def brief_text(site: Site, brief: Brief) -> str:
    """Return 23 lines of 80 columns at most; updates are left out where there is no room."""
    record = brief.record
    lines = [record.title, *_labelled("State", wrapped(_state(site, brief), _ROOM))]
    effects = [_effect(one) for one in brief.effects[:_MOST_EFFECTS]]
    if len(brief.effects) > _MOST_EFFECTS:
        effects[-1] = f"and {len(brief.effects) - _MOST_EFFECTS + 1} more"
    lines += _labelled("Affected", effects or ["no component is named"])
    lines += _labelled("Next", list(_next(site, brief)))
    said = wrapped(brief.newest.text, _ROOM) if brief.newest else [_NOTHING_SAID]
    lines += _labelled("Tell", _shortened(said, _MOST_TEXT))
    if brief.workaround and record.is_open:
        around = wrapped(brief.workaround, _ROOM)
        lines += _labelled("Workaround", _shortened(around, 2))
    lines += _labelled(
        "Uptime", [part for line in _uptimes(brief) for part in wrapped(line, _ROOM)]
    )
    room = LINES - len(lines) - 1
    lines += _labelled("So far", _course(site, brief, room))
    return "\n".join(cut(line, COLUMNS) for line in [*lines, brief.url])


def _labelled(name: str, lines: Sequence[str]) -> list[str]:
    """Return lines beside their label."""
    names = [name, *([""] * (len(lines) - 1))]
    return [f"{one:<{_MARGIN}}{line}" for one, line in zip(names, lines, strict=False)]


def _shortened(lines: Sequence[str], most: int) -> list[str]:
    if len(lines) <= most:
        return list(lines)
    return [*lines[: most - 1], cut(f"{lines[most - 1]} …", _ROOM)]


def _state(site: Site, brief: Brief) -> str:
    parts = [brief.status, *filter(None, [brief.impact])]
    lasted = ENGLISH_FORMATS.duration_text(brief.lasted) if brief.lasted is not None else ""
    lasted = lasted.replace(" ", "\N{NO-BREAK SPACE}")
    began = _moment(site, brief.record.started)
    if brief.record.is_open:
        parts.append(f"since {began}, {lasted}")
    elif brief.ended is not None:
        same_day = (
            brief.ended.astimezone(site.zone).date()
            == brief.record.started.astimezone(site.zone).date()
        )
        ended = _clock(site, brief.ended) if same_day else _moment(site, brief.ended)
        parts.append(f"{began}, to {ended}, {lasted}")
    return " · ".join(parts)


def _effect(one: Effect) -> str:
    """Return 'Checkout: partial outage, at the worst major outage'."""
    affected = one.affected
    words = INLINE_WORDS[affected.status]
    if affected.worst is not affected.status:
        words += f", at the worst {INLINE_WORDS[affected.worst]}"
    return f"{affected.name}: {words}"


def _next(site: Site, brief: Brief) -> Iterator[str]:
    record = brief.record
    if record.next_update:
        late = ", which is late" if brief.is_late else ""
        yield f"update promised for {_moment(site, record.next_update)}{late}"
    elif record.is_open and record.kind is Kind.INCIDENT:
        yield "no next update is promised"
    if record.eta:
        yield f"expected to be over {_moment(site, record.eta)}"
    if record.window and record.is_open:
        yield f"planned until {_moment(site, record.window.end)}"


def _uptimes(brief: Brief) -> list[str]:
    lines = []
    for one in brief.effects[:_MOST_EFFECTS]:
        words = f"{one.uptime} % in the last 90 days" if one.uptime else "unknown"
        if one.objective is not None:
            words += f", objective {ENGLISH_FORMATS.percent_text(one.objective)}"
        if one.affected.down:
            words += f"; this took {one.affected.down}, {one.affected.share} %"
        lines.append(f"{one.affected.name}: {words}")
    return lines


def _course(site: Site, brief: Brief, room: int) -> list[str]:
    """Return a line for each update, newest first; the oldest always has one."""
    lines = [
        f"{_short(site, one.at)}  {one.label}: {' '.join(one.text.split())}".removesuffix(": ")
        for one in brief.steps
    ]
    if len(lines) > room:
        left_out = len(lines) - max(room - 2, 0) - 1
        lines = [*lines[: max(room - 2, 0)], f"… {left_out} more", lines[-1]]
    return lines


def brief_markdown(site: Site, brief: Brief) -> str:
    """Return it for an issue, a chat or a mail."""
    record = brief.record
    parts = [f"# [{escaped(record.title)}](<{brief.url}>)", escaped(_state(site, brief))]
    lists = {
        "Affected": [_effect(one) for one in brief.effects],
        "Next": list(_next(site, brief)),
        "Uptime": _uptimes(brief),
    }
    for name, lines in lists.items():
        if lines:
            items = "\n".join(f"- {escaped(line)}" for line in lines)
            parts.append(f"**{name}**\n\n{items}")
    said = brief.newest.text if brief.newest else _NOTHING_SAID
    parts.append(
        "**What to tell customers**\n\n" + "\n".join(f"> {one}" for one in said.split("\n"))
    )
    if brief.workaround and record.is_open:
        parts.append(f"**Workaround**\n\n{brief.workaround}")
    course = "\n".join(f"- {_short(site, one.at)} {escaped(one.label)}" for one in brief.steps)
    parts.append(f"**So far**\n\n{course}")
    return "\n\n".join(parts) + "\n"


def brief_json(brief: Brief) -> Json:
    """Return an object; lengths of time are in seconds, moments in UTC."""
    record = brief.record
    return {
        "id": record.id,
        "title": record.title,
        "url": brief.url,
        "status": str(record.status),
        "impact": str(record.impact),
        "is_open": record.is_open,
        "started_at": rfc3339(record.started),
        "ended_at": brief.ended and rfc3339(brief.ended),
        "lasted_seconds": None if brief.lasted is None else int(brief.lasted.total_seconds()),
        "components": [
            {
                "id": one.affected.component,
                "name": one.affected.name,
                "status": str(one.affected.status),
                "worst": str(one.affected.worst),
                "uptime_90_days": one.uptime or None,
                "objective": one.objective,
            }
            for one in brief.effects
        ],
        "next_update_at": record.next_update and rfc3339(record.next_update),
        "is_late": brief.is_late,
        "eta_at": record.eta and rfc3339(record.eta),
        "tell": brief.newest and brief.newest.text,
        "workaround": brief.workaround or None,
        "first_notice_seconds": brief.facts.first_notice,
        "updates": [
            {"at": rfc3339(one.at), "label": one.label, "text": one.text} for one in brief.steps
        ],
    }


def _moment(site: Site, moment: datetime) -> str:
    local = moment.astimezone(site.zone)
    return (
        f"{ENGLISH_FORMATS.short_day_text(local.date())}, {_clock(site, moment)} {zone_name(local)}"
    )


def _short(site: Site, moment: datetime) -> str:
    day = ENGLISH_FORMATS.short_day_text(moment.astimezone(site.zone).date())
    return f"{day:>6} {_clock(site, moment)}"


def _clock(site: Site, moment: datetime) -> str:
    return ENGLISH_FORMATS.clock_text(moment.astimezone(site.zone))
