"""What is owed, as somebody reads it who has just been woken: the worst first, and what to type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from statusgen.model import Impact, Kind
from statusgen.reading.words import write_interval
from statusgen.site.words.language import ENGLISH
from statusgen.timeline import History, Record
from statusgen.timeline.owed import WHILE_OPEN, Duty, Owing

_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
_NO_NEWS = frozenset({Owing.PROMISED_UPDATE, Owing.UPDATE})


def lines_of(
    history: History,
    owed: Sequence[Duty],
    coming: Sequence[Duty],
    faulty: Sequence[str],
) -> Iterator[str]:
    """Yield what is owed by record, then what is coming and the files that have faults."""
    yield _summary(history, owed, coming)
    by_record: dict[str, list[Duty]] = {}
    for duty in owed:
        by_record.setdefault(duty.record.id, []).append(duty)
    for duties in by_record.values():
        yield ""
        yield from _of_record(duties, history)
    if coming:
        yield ""
        yield "Ahead"
        for duty in coming:
            yield f"  {_ahead(duty, history)}: {_named(duty, history)}"
    if faulty:
        named = f"{faulty[0]} and {len(faulty) - 1} more" if len(faulty) > 1 else faulty[0]
        yield ""
        yield f"More may be owed: {named} cannot be read as it is; 'statusgen check' tells why."


def _summary(history: History, owed: Sequence[Duty], coming: Sequence[Duty]) -> str:
    """Return the first sentence: how much is owed, or what will be next."""
    now = sum(duty.kind in WHILE_OPEN for duty in owed)
    later = len(history.owed) - sum(duty.kind in WHILE_OPEN for duty in history.owed)
    waits = f" What can wait for the morning: {later}." if later else ""
    if now:
        return f"Owed to readers now: {now}.{waits}"
    if later:
        return f"Nothing is owed to readers now.{waits}"
    if coming or not history.ahead:
        return "Nothing is owed to readers."
    duty = history.ahead[0]
    return f"Nothing is owed to readers; next, {_ahead(duty, history)}: {_named(duty, history)}."


def _of_record(duties: Sequence[Duty], history: History) -> Iterator[str]:
    record = duties[0].record
    yield f"{record.id}: {record.title}"
    yield f"  {_state(record, history)}"
    for duty in duties:
        late = duty.late_by(history.now)
        how_late = f"{_length(late)} late: " if late >= _MINUTE else "due now: "
        who = f" ({duty.who})" if duty.who else ""
        yield f"  - {how_late if duty.due else ''}{_said(duty, history)}{who}"
    yield f"  {_to_do(duties)}"


def _state(record: Record, history: History) -> str:
    """Return 'Identified, major impact, since 11:05 CET', or since when it is over."""
    since = record.started if record.is_open else record.resolved_at
    words = [record.status.label if record.is_open else "Over"]
    if record.kind is Kind.INCIDENT and record.impact is not Impact.NONE:
        words.append(f"{record.impact} impact")
    if since:
        words.append(f"since {_time(since, history)}")
    return ", ".join(words)


def _said(duty: Duty, history: History) -> str:
    """Return what is owed, and why."""
    due = _time(duty.due, history) if duty.due else ""
    match duty.kind:
        case Owing.PROMISED_UPDATE:
            return f"the update that was promised for {due}"
        case Owing.UPDATE:
            usual = write_interval((duty.due or duty.since) - duty.since)
            return f"an update, due every {usual}: the last is from {_time(duty.since, history)}"
        case Owing.ETA:
            return f"the end, or a newer ETA: it was to be over by {due}"
        case Owing.MAINTENANCE_END:
            return f"the end of the maintenance: it was planned until {due}"
        case Owing.POSTMORTEM:
            return f"the postmortem, due {due}"
        case Owing.ACTION | Owing.COMMITMENT:
            when = f"due {_last_day(duty.due, history)}" if duty.due else "without a date"
            return f"{duty.kind} {when}: {duty.what}"


def _named(duty: Duty, history: History) -> str:
    return f"{duty.record.id}: {_said(duty, history)}"


def _ahead(duty: Duty, history: History) -> str:
    """Return in what time it falls due, although it counts as owed a little later."""
    left = (duty.due or duty.owed_from) - history.now
    return f"in {_length(left)}" if left > timedelta(0) else "now"


def _last_day(due: datetime, history: History) -> str:
    return f"{(due - _SECOND).astimezone(history.zone):%Y-%m-%d}"


def _to_do(duties: Sequence[Duty]) -> str:
    """Return what to type, or where to write, to pay for the most urgent."""
    record, kinds = duties[0].record, {duty.kind for duty in duties}
    id_ = record.incident.id
    if kinds & _NO_NEWS:
        return f"statusgen update {id_} --still   # if there is no news"
    if Owing.ETA in kinds:
        return f"statusgen update {id_} --eta 30m"
    if Owing.MAINTENANCE_END in kinds:
        return f"statusgen resolve {id_}   # or: statusgen update {id_}"
    if Owing.POSTMORTEM in kinds:
        return f"statusgen postmortem {id_}"
    return f"in {record.incident.path}: write an x between the brackets, or a new date"


def _time(moment: datetime, history: History) -> str:
    """Return '11:20 CET' for today, '2026-11-20 11:20 CET' for other days, in the page's zone."""
    local = moment.astimezone(history.zone)
    is_today = local.date() == history.today
    return f"{local:%H:%M %Z}" if is_today else f"{local:%Y-%m-%d %H:%M %Z}"


def _length(span: timedelta) -> str:
    return ENGLISH.formats.duration_text(span)
