"""What became of telling people, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from statusgen.cli.formats import printable
from statusgen.notify.outcome import Failure, Outcome
from statusgen.notify.pipeline import Preview, Report
from statusgen.notify.selection import Selection
from statusgen.timeline.events import Event

_LATE = "its time was over"


def as_text(report: Report) -> str:
    """Return a line for each channel, and when to run again."""
    width = max(len(one.channel) for one in report.outcomes)
    lines = [
        f"{one.channel.ljust(width)}  {one.end.value.ljust(7)}  {'; '.join(_said(one))}"
        for one in report.outcomes
    ]
    if report.damaged:
        lines.append(f"Lines of the ledger that are damaged, and do not count: {report.damaged}.")
    if report.unreadable:
        numbers = ", ".join(map(str, report.unreadable))
        lines.append(f"Lines of the file of subscribers that cannot be read: {numbers}.")
    if report.next_run:
        lines.append(f"Run it again at {report.next_run:%Y-%m-%d %H:%M} UTC at the latest.")
    return printable("\n".join(line.rstrip() for line in lines))


def failures(report: Report) -> Iterator[str]:
    """Yield what the operator was not told before.

    A channel that begins by a ledger that is damaged has most likely begun before.
    """
    begins = [one for one in report.outcomes if one.selection.begins is not None]
    lost = [one.channel for one in begins if report.damaged or one.selection.has_begun_before]
    if lost:
        yield printable(
            f"statusgen: the ledger has lost lines: {', '.join(lost)} may have begun anew, and what"
            " nobody was told yet is not told"
        )
    for one in report.outcomes:
        if one.is_news:
            yield printable(f"statusgen: channel {one.channel}: {'; '.join(_wrong(one))}")
    if report.trouble:
        yield printable(
            f"statusgen: the ledger: {report.trouble}; what was sent but is not written down"
            " may be sent again"
        )


def as_json(report: Report) -> str:
    """Return an object with the channels; times in seconds, moments in UTC."""
    content = {
        "channels": [_outcome_object(one) for one in report.outcomes],
        "next_run": report.next_run.isoformat() if report.next_run else None,
        "ledger": {"trouble": report.trouble, "damaged": report.damaged},
        "subscribers": {"unreadable": list(report.unreadable)},
    }
    return json.dumps(content, indent=2)


def previews_as_text(previews: Mapping[str, Sequence[Preview]]) -> str:
    """Return every message in full, below its channel."""
    blocks = []
    for channel, shown in previews.items():
        blocks += [f"── {channel}: {_to(one)} ──\n{one.text or one.reason}\n" for one in shown]
        blocks += [] if shown else [f"── {channel}: nothing to tell ──\n"]
    return printable("\n".join(blocks).rstrip())


def previews_as_json(previews: Mapping[str, Sequence[Preview]]) -> str:
    """Return an object with the messages of each channel."""
    content = {
        "channels": [
            {
                "name": channel,
                "messages": [
                    {
                        **_event_object(one.event),
                        "language": one.language,
                        "recipients": one.recipients,
                        "example": one.example,
                        "text": one.text,
                        "reason": one.reason,
                    }
                    for one in shown
                ],
            }
            for channel, shown in previews.items()
        ]
    }
    return json.dumps(content, indent=2)


def _to(shown: Preview) -> str:
    what = f"{_event(shown.event)}, {shown.language}"
    if shown.example:
        return f"{what}, an example that is not sent"
    if not shown.recipients:
        return f"{what}, which waits"
    return what if shown.recipients == 1 else f"{what}, {shown.recipients:,} recipients"


def _said(outcome: Outcome) -> Iterator[str]:
    selection = outcome.selection
    if selection.begins is not None:
        yield "from now on"
        if selection.begins:
            yield f"{_counted(selection.begins, 'recent event')} not told"
    if outcome.told:
        posts = sum(outcome.told.values())
        sent = f" in {posts:,} messages" if posts > len(outcome.told) else ""
        yield f"{_counted(len(outcome.told), 'event')}{sent} in {outcome.seconds:.1f} s"
    if selection.superseded:
        yield f"{_counted(len(selection.superseded), 'event')} superseded"
    if selection.old:
        yield f"{_counted(len(selection.old), 'event')} too old to tell"
    if selection.waiting:
        yield f"{_counted(len(selection.waiting), 'event')} waiting{_until(selection)}"
    if selection.held:
        yield f"{_counted(len(selection.held), 'event')} in the hands of another notifier"
    yield from _wrong(outcome)


def _until(selection: Selection) -> str:
    if selection.listener.trouble:
        return ""
    if selection.rests_until is None:
        return f": more than {selection.listener.options.hourly} in an hour"
    then = datetime.fromtimestamp(selection.rests_until, UTC)
    return f": it failed before, and is asked again at {then:%H:%M} UTC or by --channel"


def _wrong(outcome: Outcome) -> Iterator[str]:
    for one in outcome.failed:
        yield f"{_named(one)} refused for good: {one.reason}"
    for one in outcome.unknown:
        yield f"{_named(one)} perhaps not arrived, and not sent again: {one.reason}"
    for event in outcome.selection.unknown:
        yield f"{_event(event)} perhaps not arrived, and not sent again: a notifier was ended"
    if outcome.left:
        left = _counted(outcome.left, "message")
        yield f"{left} left for the next run: {outcome.reason or _LATE}"
    elif outcome.reason:
        yield outcome.reason


def _named(failure: Failure) -> str:
    several = f" ({failure.posts:,} messages)" if failure.posts > 1 else ""
    return f"{_event(failure.event)}{several}"


def _event(event: Event) -> str:
    kind = f"{event.kind.value} '{event.component}'" if event.component else event.kind.value
    return f"{kind} of '{event.record.id}'"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _outcome_object(outcome: Outcome) -> dict[str, object]:
    selection = outcome.selection
    deliveries = {delivery.event.id: delivery.event for delivery in selection.deliveries}
    return {
        "name": outcome.channel,
        "end": outcome.end,
        "told": [
            {**_event_object(deliveries[id_]), "messages": posts}
            for id_, posts in outcome.told.items()
        ],
        "superseded": list(map(_event_object, selection.superseded)),
        "old": list(map(_event_object, selection.old)),
        "waiting": list(map(_event_object, selection.waiting)),
        "held": list(map(_event_object, selection.held)),
        "refused": [_failure_object(one) for one in outcome.failed],
        "unknown": [
            *(_failure_object(one) for one in outcome.unknown),
            *(_event_object(one) for one in selection.unknown),
        ],
        "left": outcome.left,
        "begins": selection.begins,
        "reason": outcome.reason,
        "news": outcome.is_news,
        "seconds": round(outcome.seconds, 3),
    }


def _failure_object(failure: Failure) -> dict[str, object]:
    found = _event_object(failure.event)
    return {**found, "messages": failure.posts, "reason": failure.reason}


def _event_object(event: Event) -> dict[str, object]:
    return {
        "id": event.id,
        "kind": event.kind,
        "record": event.record.id,
        "update": event.update.id if event.update else None,
        "component": event.component or None,
    }
