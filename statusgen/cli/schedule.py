"""`statusgen schedule`: announce a maintenance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Unpack

import click

from statusgen.authoring.faults import Fault
from statusgen.authoring.moments import A_DAY, later, span
from statusgen.authoring.opening import Plan, new_maintenance
from statusgen.cli.memory import without_collector
from statusgen.cli.writing.asking import ask, ask_line
from statusgen.cli.writing.beginning import beginning, titled
from statusgen.cli.writing.desk import Desk, Question, ask_components, title_of
from statusgen.cli.writing.editing import Sheet
from statusgen.cli.writing.options import (
    Shared,
    Verb,
    component_option,
    shared_options,
    text_option,
)
from statusgen.content.ids import stem_of
from statusgen.content.repeat import fault_of
from statusgen.model import Kind
from statusgen.reading.times import write_time

NOTES = (
    "Say what readers will notice and for how long, what still works,",
    "and whether they have to do anything.",
)
_SHORT_RULES = ("daily", "weekly", "monthly", "yearly")


class Typed(Shared):
    """What `schedule` is given."""

    title: str | None
    components: tuple[str, ...]
    starts: str | None
    ends: str | None
    length: str | None
    repeat: str | None


@click.command("schedule", cls=Verb)
@click.argument("title", required=False)
@component_option()
@text_option("--starts", metavar="TIME", help="2026-12-05 05:00, 22:00, 3h or now.")
@text_option("--ends", metavar="TIME", help="The same, or counted from the start.")
@text_option("--for", "length", metavar="LENGTH", help="30m, 2h; instead of --ends.")
@text_option("--repeat", metavar="RULE", help="weekly, FREQ=WEEKLY;BYDAY=WE …")
@shared_options()
def command(**typed: Unpack[Typed]) -> int:
    """Announce a maintenance. Asks what is missing."""
    with without_collector():
        desk = Desk(typed)
        plan = _plan(desk, typed)
        text = desk.text()
        if desk.asks and not desk.faults:
            plan = _asked(desk, plan)
        plan = titled(desk, plan, new_maintenance)
        _need(desk, plan)
        day = None if plan.repeat else (plan.starts or plan.at).date()  # one that repeats has none
        job = beginning(desk, Kind.MAINTENANCE, plan, day, new_maintenance)
        question = Question("What will readers notice, and for how long?")
        return desk.finish(job, text, question, Sheet(stem_of(job.path), notes=NOTES))


def ends_of(desk: Desk, starts: datetime, ends: str | None, length: str | None) -> datetime | None:
    """Return the end, which may be given as a length or counts from the start."""
    if ends and length:
        desk.faults.append(Fault("--for", "there is an --ends already"))
    if length:
        lasts = desk.take(span(length, "--for"))
        return starts + lasts if lasts else None
    if not ends:
        return None
    found: datetime | None = desk.take(later(ends, starts, desk.place.zone, "--ends", A_DAY))
    return found


def starts_of(desk: Desk, starts: str) -> datetime | None:
    """Return when something ahead begins."""
    if starts == "now":
        return desk.at
    found: datetime | None = desk.take(later(starts, desk.at, desk.place.zone, "--starts", A_DAY))
    return found


def _plan(desk: Desk, typed: Typed) -> Plan:
    components = desk.affected(typed["components"])
    starts = starts_of(desk, typed["starts"]) if typed["starts"] else None
    return Plan(
        title_of(typed["title"]),
        desk.at,
        "",
        components,
        starts=starts,
        ends=ends_of(desk, starts or desk.at, typed["ends"], typed["length"]),
        repeat=_rule(desk, typed["repeat"]) if typed["repeat"] else "",
    )


def _rule(desk: Desk, typed: str) -> str:
    """Return a rule by which it comes again; its short form is a word."""
    rule = f"FREQ={typed.upper()}" if typed.lower() in _SHORT_RULES else typed.upper()
    fault, hint = fault_of(rule)
    if fault:
        hint = hint or f"write {', '.join(_SHORT_RULES)} or a rule like FREQ=WEEKLY;BYDAY=WE"
        desk.faults.append(Fault("--repeat", fault, hint))
    return rule


def _asked(desk: Desk, plan: Plan) -> Plan:
    """Ask a person for what is missing, but for the text."""
    is_titled = plan.title or desk.approved
    title = plan.title if is_titled else title_of(ask_line("What is done, in one line"))
    components = plan.components or ask_components(desk)

    starts: datetime = plan.starts or ask("When does it start", _reader(desk, desk.at))
    ends: datetime = plan.ends or ask("When does it end (or for how long)", _reader(desk, starts))
    return plan._replace(title=title, components=components, starts=starts, ends=ends)


def _reader(desk: Desk, after: datetime) -> Callable[[str], datetime | list[Fault]]:
    """Return what reads an answer as a moment later than `after`."""

    def read(answer: str) -> datetime | list[Fault]:
        found = later(answer, after, desk.place.zone, "", A_DAY)
        return [found] if isinstance(found, Fault) else found

    return read


def _need(desk: Desk, plan: Plan) -> None:
    """Remember which times are missing, or do not fit."""
    told = {fault.given for fault in desk.faults}
    if plan.starts is None and "--starts" not in told:
        desk.faults.append(Fault("--starts", "when it starts is missing"))
    if plan.ends is None and not told & {"--ends", "--for"}:
        desk.faults.append(Fault("--ends", "when it ends is missing", "or --for 30m"))
    if plan.starts and plan.ends and plan.ends <= plan.starts:
        hint = f"it starts {write_time(plan.starts)}"
        desk.faults.append(Fault("--ends", f"{write_time(plan.ends)} is too early", hint))
