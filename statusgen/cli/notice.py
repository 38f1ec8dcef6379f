"""`statusgen notice`: tell readers something that is no incident."""

from __future__ import annotations

from typing import Unpack

import click

from statusgen.authoring.opening import Plan, new_notice
from statusgen.cli.memory import without_collector
from statusgen.cli.schedule import ends_of, starts_of
from statusgen.cli.writing.asking import ask_line
from statusgen.cli.writing.beginning import beginning, titled
from statusgen.cli.writing.desk import Desk, Question, title_of
from statusgen.cli.writing.editing import Sheet
from statusgen.cli.writing.options import (
    Shared,
    Verb,
    component_option,
    shared_options,
    text_option,
)
from statusgen.content.ids import stem_of
from statusgen.model import Kind

NOTES = ("Say what changes, from when on, and what readers have to do.",)


class Typed(Shared):
    """What `notice` is given."""

    title: str | None
    components: tuple[str, ...]
    starts: str | None
    ends: str | None
    length: str | None
    pin: bool


@click.command("notice", cls=Verb)
@click.argument("title", required=False)
@component_option()
@text_option("--starts", metavar="TIME", help="From when on it is shown. Default: now.")
@text_option("--ends", metavar="TIME", help="Until when it is shown.")
@text_option("--for", "length", metavar="LENGTH", help="14d; instead of --ends.")
@click.option("--pin", is_flag=True, help="Keep it at the top of the page.")
@shared_options()
def command(**typed: Unpack[Typed]) -> int:
    """Tell readers something that is no incident. Asks what is missing."""
    with without_collector():
        desk = Desk(typed)
        components = desk.affected(typed["components"])
        starts = starts_of(desk, typed["starts"]) if typed["starts"] else None
        ends = ends_of(desk, starts or desk.at, typed["ends"], typed["length"])
        title = title_of(typed["title"])
        text = desk.text()
        if desk.asks and not title and not desk.faults and not desk.approved:
            title = title_of(ask_line("What is new, in one line"))
        plan = Plan(title, desk.at, "", components, starts=starts, ends=ends, pin=typed["pin"])
        plan = titled(desk, plan, new_notice)
        job = beginning(desk, Kind.NOTICE, plan, (starts or desk.at).date(), new_notice)
        question = Question("What do readers need to know?")
        return desk.finish(job, text, question, Sheet(stem_of(job.path), notes=NOTES))
