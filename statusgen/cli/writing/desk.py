"""The way from what a person or a script gives to the file, the same for all that is written."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from statusgen.authoring.choosing import choose_affected
from statusgen.authoring.faults import Fault
from statusgen.authoring.moments import minute_of
from statusgen.cli.exits import FINE, OUTSIDE_FAILED
from statusgen.cli.formats import printable
from statusgen.cli.options import clock
from statusgen.cli.writing.asking import EDITOR, ask, ask_line, confirm, is_person
from statusgen.cli.writing.editing import Sheet, edit, forget
from statusgen.cli.writing.options import Shared
from statusgen.cli.writing.place import Place, find_place
from statusgen.cli.writing.saving import (
    Job,
    Kept,
    Sending,
    compose,
    fail,
    save,
    show,
    warn_of_config,
)
from statusgen.cli.writing.typed import typed_text
from statusgen.model import Affected
from statusgen.reading.characters import encoding_of

if TYPE_CHECKING:
    from statusgen.cli.writing.approved import Approved
    from statusgen.model import Incident, Kind, Status


class Question(NamedTuple):
    """How a person is asked for the text, and what Enter means."""

    words: str
    default: str | None = None


class Desk:
    """Where something is written: the page, the person or script, and what is wrong so far."""

    def __init__(self, shared: Shared | Mapping[str, Any]) -> None:
        root = shared["root"]
        if root and not Path(root).is_dir():
            raise click.UsageError(f"There is no folder {root!r}.")
        self.place: Place = find_place(root)
        self.now: datetime = shared["now"] or clock()
        self.asks = is_person(no_input=shared["no_input"])
        self.faults: list[Fault] = []
        self.at = minute_of(self.now)
        self._shared = shared
        self.approved = self._find_approved()
        warn_of_config(self.place.problems)

    @property
    def is_from_playbook(self) -> bool:
        """Tell whether a text of the playbook was asked for, even one that there is not."""
        return bool(self._shared["from_"])

    @property
    def vendor(self) -> str:
        """Whose fault it is, as far as the playbook asked for that."""
        return self.approved.values.get("vendor", "") if self.approved else ""

    def title_from(self, incident: Incident) -> str:
        """Return the title that the playbook has for a new file; '' if it is not asked for one."""
        if not self.approved or self.faults:
            return ""
        title = title_of(self.approved.title(incident, self.at, asks=self.asks))
        if not self.asks:
            self.faults += self.approved.gaps(title)
        return title

    def status_from(self, kind: Kind) -> Status | None:
        """Return the status of the text of the playbook; None if it leaves that as it is."""
        if not self.approved:
            return None
        text = self.approved.text
        if text.kind is kind:
            return text.status
        message = f"'{text.name}' is a text for another type, '{text.kind}'"
        self.faults.append(Fault("--from", message, "'statusgen playbook' lists all"))
        return None

    def affected(self, typed: Sequence[str]) -> list[Affected]:
        """Return what was given as affected; without any, what the playbook's text names."""
        found, faults = choose_affected(typed, self.place.names, "--component")
        self.faults += faults
        return found or [*(self.approved.text.components if self.approved else ())]

    def take(self, found: Any | Fault) -> Any:  # noqa: ANN401 - whatever was read
        """Return what was read, or None and remember what is wrong with it."""
        if isinstance(found, Fault):
            self.faults.append(found)
            return None
        return found

    def _find_approved(self) -> Approved | None:
        """Return the text of the playbook that was asked for."""
        asked = self._shared["from_"]
        if not asked:
            return None
        from statusgen.cli.writing.approved import find_approved

        language, given = self._shared["language"], self._shared["given"]
        verb = click.get_current_context().command.name or ""
        found = find_approved(self.place, verb, asked, language, given)
        if isinstance(found, list):
            self.faults += found
            return None
        return found

    def text(self) -> str:
        """Return the text that was given, without asking for it; empty if there is none."""
        message, file = self._shared["message"], self._shared["message_file"]
        if message and file:
            self.faults.append(Fault("--message-file", "there is a --message already"))
        if not file:
            return typed_text(message or "")
        try:
            raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        except OSError as error:
            self.faults.append(Fault("--message-file", f"{file}: {error.strerror}"))
            return ""
        try:
            raw.decode(encoding_of(raw))
        except UnicodeDecodeError:
            hint = "save it as UTF-8; the draft has it as Western European"
            self.faults.append(Fault("--message-file", f"{file} is not UTF-8", hint))
        return typed_text(raw).strip()

    def finish(
        self,
        job: Job,
        text: str,
        question: Question | None,
        sheet: Sheet,
        *,
        text_needed: bool = True,
    ) -> int:
        """Get the text where it is still missing, show what readers will see, and save it.

        Without a question a text that is missing is written in the editor.
        """
        kept = Kept(text)
        may_edit = self.asks or self._shared["edit"]
        if not text and text_needed and not (may_edit or self.is_from_playbook):
            what = "what readers are told is missing"
            self.faults.append(Fault("--message", what, "or --message-file -"))
        composed = None if self.faults else compose(self.place, job, text)
        if isinstance(composed, Fault):
            self.faults.append(composed)
        if self.faults:
            return fail(self.place, self.faults, kept, job.path)
        if self.approved and not text:
            kept = self._from_playbook(self.approved, job, sheet)
        elif self._shared["edit"] or (question is None and not text):
            kept = self._edited(sheet._replace(text=text or sheet.text))
        elif question and not text and text_needed:
            kept = self._asked(question, sheet)
        return self._decided(job, kept, sheet)

    def _from_playbook(self, approved: Approved, job: Job, sheet: Sheet) -> Kept:
        """Return the text of the playbook, with what a person says to what it leaves open."""
        composed = compose(self.place, job, "")
        if isinstance(composed, Fault):  # told before
            return Kept("")
        may_ask = self.asks and not self._shared["edit"]
        filled = approved.body(composed[1], self.now, asks=may_ask)
        if self._shared["edit"] or (may_ask and filled.gaps):
            return self._edited(sheet._replace(text=filled.text))
        return Kept(filled.text)

    def _asked(self, question: Question, sheet: Sheet) -> Kept:
        words = f"{question.words} ('{EDITOR}' opens your editor)"
        answer = ask_line(words, question.default)
        return self._edited(sheet) if answer == EDITOR else Kept(answer)

    def _edited(self, sheet: Sheet) -> Kept:
        return Kept(*edit(self.place.root, sheet))

    def _decided(self, job: Job, kept: Kept, sheet: Sheet) -> int:
        """Show it until the person is content with it, then save it."""
        sending = self._sending()
        while True:
            composed = compose(self.place, job, kept.text)
            if not isinstance(composed, Fault) and not sending.dry_run:
                show(self.place, composed[1])
            gaps = self.approved.gaps(kept.text, job.subject) if self.approved else []
            if gaps and not self.asks:
                return fail(self.place, gaps, kept, job.path)
            if not self.asks or sending.dry_run or isinstance(composed, Fault):
                break
            answer = self._confirmed(job, kept)
            if answer == "y" and gaps:
                click.echo(f"{gaps[0]}.", err=True)
                answer = "e"
            if answer == "n":
                fail(self.place, [], kept, job.path)
                click.echo("Nothing is changed.", err=True)
                return FINE
            if answer == "y":
                sending = sending._replace(ask=not sending.commit)
                break
            forget(self.place.root, kept.draft)
            kept = self._edited(sheet._replace(text=kept.text, must_change=False))
        code = save(self.place, job, kept, sending)
        if kept.draft and code in {FINE, OUTSIDE_FAILED} and not sending.dry_run:
            forget(self.place.root, kept.draft)
        return code

    def _confirmed(self, job: Job, kept: Kept) -> str:
        try:
            return confirm("Write it? (yes, no, edit)", "yne")
        except click.Abort:
            fail(self.place, [], kept, job.path)
            raise

    def _sending(self) -> Sending:
        shared = self._shared
        return Sending(
            dry_run=shared["dry_run"],
            commit=shared["commit"] or shared["push"],
            push=shared["push"],
            no_input=shared["no_input"],
        )


def title_of(typed: str | None) -> str:
    """Return a title as one line."""
    return " ".join((typed or "").split())


def ask_components(desk: Desk) -> Sequence[Affected]:
    """Ask what is affected; nobody is asked where there is nothing to choose from."""
    names = desk.place.names
    if not names.ids:
        return ()
    click.echo(printable(f"Components: {', '.join(names.ids)}"))

    def read(answer: str) -> list[Affected] | list[Fault]:
        found, faults = choose_affected([answer], names, "")
        return faults or found or [Fault("", "name one, or several with commas")]

    return ask("Which are affected (NAME or NAME=STATUS)", read)
