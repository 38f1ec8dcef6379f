"""A drill at the terminal: what becomes known is told, what is typed is done, and time goes by."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta

import click

from statusgen.authoring.faults import Fault
from statusgen.authoring.moments import span
from statusgen.build import Order, build
from statusgen.cli.formats import printable
from statusgen.cli.main import run
from statusgen.cli.writing.asking import edit_lines
from statusgen.coach import judge
from statusgen.content.ids import stem_of
from statusgen.drill.channels import SECRETS
from statusgen.drill.play import Clock, Play
from statusgen.drill.score import Played, Score, score
from statusgen.drill.stage import MARK, Stage
from statusgen.model import Incident
from statusgen.notify import pipeline
from statusgen.preview.server import Preview
from statusgen.source.source import read_config, read_source
from statusgen.timeline import Record, derive

WRITING = ("open", "update", "resolve", "postmortem", "notice", "schedule")
READING = ("status", "playbook", "check", "overdue")
_REMINDED = timedelta(minutes=2)  # before an update is due; somebody beside the writer would
_HELP = """\
  open, update, resolve, postmortem …   as always: open --from investigating -c {component}
  any other text                        is told to readers as it stands
  wait, wait 10m                        until something happens, or for ten minutes
  facts                                 all that is known so far
  status, playbook, check, overdue      as always
  end                                   the score"""


class Lines:
    """What is typed: by a person at a prompt, or by a script line by line."""

    def __init__(self, script: Iterable[str] | None) -> None:
        self._script = None if script is None else iter(script)
        self.is_script = script is not None
        if not self.is_script:
            edit_lines()

    def next_line(self, prompt: str) -> str | None:
        """Return the next line without blanks around it; None at the end."""
        if self._script is None:
            try:
                return input(prompt).strip()
            except EOFError:
                click.echo()
                return None
        for line in self._script:
            if line.strip() and not line.startswith("#"):
                click.echo(printable(f"{prompt}{line.strip()}"))
                return line.strip()
        return None


class Drill:
    """A drill in its course; `hit` are the id and the name of the component that it is about."""

    def __init__(
        self,
        stage: Stage,
        play: Play,
        clock: Clock,
        hit: tuple[str, str],
        preview: Preview | None,
    ) -> None:
        self._stage = stage
        self._play = play
        self._clock = clock
        self._component, self._name = hit
        self._preview = preview
        self._reminded: datetime | None = None
        self._builds = 0

    def begin(self, address: str) -> None:
        """Say where one is, and build the page."""
        scenario = self._play.scenario
        click.echo(printable(f"DRILL: {scenario.title}. None of this is real, nothing is sent."))
        if address:
            click.echo(f"The page: {address}")
        click.echo("'help' says what you can type.\n")
        self._build()

    def go_on(self, lines: Lines) -> None:
        """Tell what happens and do what is typed, until the end."""
        while True:
            now = self._clock.now()
            self._tell_news(now)
            self._remind(now)
            line = lines.next_line(f"drill {self._clock.now():%H:%M} UTC> ")
            if line is None or line in {"end", "quit", "exit"}:
                return
            if line:
                self._do(line)

    def score(self) -> Score:
        """Judge what was written so far."""
        now = self._clock.now()
        source = read_source(self._stage.root, now, processes=1)
        written = self._incidents(source.incidents)
        record: Record | None = None
        if written:
            history = derive(source.config, written, now)
            record = min(history.records, key=lambda one: one.created, default=None)
        findings = judge(source.config, written, now)
        return score(
            Played(
                self._play.scenario,
                self._component,
                self._play.alarm,
                now,
                record,
                findings,
                source.config.cadence,
            )
        )

    def _incidents(self, incidents: Iterable[Incident]) -> list[Incident]:
        paths = set(self._stage.written())
        return [one for one in incidents if one.path in paths]

    def _tell_news(self, now: datetime) -> None:
        for at, step in self._play.news(now):
            self._say(at, step.who, self._play.scenario.told(step, self._name))

    def _say(self, at: datetime, who: str, text: str) -> None:
        who = who.replace("{vendor}", self._play.scenario.vendor)
        click.echo(printable(f"{at:%H:%M}  {who + ': ' if who else ''}{text}"))

    def _remind(self, now: datetime) -> None:
        """Say once that a promised update is due in a moment."""
        due = self._due(now)
        if due and due != self._reminded and now >= due - _REMINDED:
            self._reminded = due
            word = "is" if now < due else "was"
            click.echo(f"{now:%H:%M}  Reminder: your next update {word} due at {due:%H:%M}.")

    def _due(self, now: datetime) -> datetime | None:
        """Return when the update is due that was promised last, while it is open."""
        paths = self._stage.written()
        if not paths:
            return None
        source = read_source(self._stage.root, now, processes=1)
        history = derive(source.config, self._incidents(source.incidents), now)
        return min(
            (one.next_update for one in history.open_incidents if one.next_update), default=None
        )

    def _do(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if word == "help":
            click.echo(_HELP.format(component=self._component))
        elif word == "facts":
            for step in self._play.known:
                text = self._play.scenario.told(step, self._name)
                self._say(self._play.alarm + step.after, step.who, text)
        elif word == "wait":
            self._wait(rest.strip())
        elif word in WRITING or word in READING:
            self._run(word, rest)
        else:
            self._write(line)

    def _wait(self, length: str) -> None:
        now = self._clock.now()
        if length:
            found = span(length, "")
            if isinstance(found, Fault):
                click.echo(f"{found}.")
                return
            self._clock.skip_to(now + found)
            return
        due = self._due(now)
        reminder = due - _REMINDED if due and due != self._reminded else None
        moments = [one for one in (self._play.next_moment, reminder) if one and one > now]
        if moments:
            self._clock.skip_to(min(moments))
        else:
            click.echo("Nothing more will happen. 'wait 1h' lets time go by, 'end' is the score.")

    def _run(self, verb: str, rest: str) -> None:
        try:
            arguments = shlex.split(rest)
        except ValueError as error:
            click.echo(f"{error}: put texts in quotes.")
            return
        self._call([verb, *arguments])

    def _write(self, text: str) -> None:
        """Tell readers a text as it stands: the first one opens the incident."""
        written = self._stage.written()
        if written:
            self._call(["update", stem_of(written[-1]), "--message", text, "--no-input"])
            return
        title = text.split(". ", maxsplit=1)[0].rstrip(".!?")
        told = ["--component", self._component, "--impact", "minor", "--message", text]
        self._call(["open", title, *told, "--no-input"])

    def _call(self, arguments: list[str]) -> None:
        """Run a command in the copy, at the time that the drill's clock shows."""
        now = f"{self._clock.now():%Y-%m-%dT%H:%M:%SZ}"
        own = ["--root", self._stage.root]
        run([*arguments, *own, *([] if arguments[0] == "playbook" else ["--now", now])])
        sys.stdout.flush()
        if arguments[0] in WRITING:
            self._build()

    def _build(self) -> None:
        self._builds += 1
        build(Order(self._stage.root, self._stage.site, self._clock.now()))
        if self._preview:
            self._preview.show(str(self._builds), "")
        self._notify()

    def _notify(self) -> None:
        """Let channels write what they would tell, and say which did."""
        config, _ = read_config(self._stage.root)
        if not config.notify:
            return
        now = self._clock.now()
        order = pipeline.Order(
            self._stage.root,
            config,
            config.notify,
            now,
            SECRETS,
            watermark=MARK,
            files=self._stage.messages,
        )
        outcomes = pipeline.notify(order).outcomes
        told = [one.channel for one in outcomes if one.told]
        if told:
            told_by = ", ".join(told)
            click.echo(f"{now:%H:%M}  Told by {told_by}; their words are in {self._stage.messages}")
        for one in outcomes:
            if one.reason:
                click.echo(printable(f"{now:%H:%M}  {one.channel}: {one.reason}"))
