"""A longer text from the person's editor, which is on the disk from its first word on."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from statusgen.authoring.template import template, written_in
from statusgen.cli.exits import WRONG_USAGE
from statusgen.cli.writing.typed import typed_text
from statusgen.files.writes import DRAFTS, keep_draft

_NOTHING = "Nothing was written, so nothing is changed."


class Sheet(NamedTuple):
    """What the editor opens with: a name for its file, a text to go on with, and advice.

    A text that `must_change` is nothing yet.
    """

    name: str
    text: str = ""
    notes: tuple[str, ...] = ()
    must_change: bool = False


class Edited(NamedTuple):
    """What was written, and the file that it is still in."""

    text: str
    draft: str


class NotEditedError(click.ClickException):
    """The editor gave nothing that could be used; what there is stays in its file."""

    exit_code = WRONG_USAGE


def edit(root: str, sheet: Sheet) -> Edited:
    """Open the person's editor ($VISUAL, $EDITOR) on a draft, and return what came of it.

    Raises:
        NotEditedError: The editor failed, or nothing was written.

    """
    try:
        draft = keep_draft(root, sheet.name, template(sheet.text, sheet.notes))
    except OSError as error:
        so_far = f" It is so far:\n\n{sheet.text}" if sheet.text else ""
        why = f"There is no room for your text in {DRAFTS} ({error.strerror}); give it with -m."
        raise NotEditedError(f"{why}{so_far}") from error
    path = Path(root, draft)
    try:
        click.edit(filename=str(path))
    except click.ClickException as error:
        way = "Name another editor with EDITOR=…, or give the text with -m"
        message = f"{error.message}; what you wrote is in {path}. {way}."
        raise NotEditedError(message) from error
    try:
        written = written_in(typed_text(path.read_bytes()))
    except FileNotFoundError:  # the editor saved it elsewhere, or deleted it
        if not sheet.text:
            raise NotEditedError(_NOTHING) from None
        kept = keep_draft(root, sheet.name, f"{sheet.text}\n")
        message = f"The editor has left no file; what there was before is in {Path(root, kept)}."
        raise NotEditedError(message) from None
    if not written.strip() or (sheet.must_change and written == sheet.text.strip("\n")):
        path.unlink()
        raise NotEditedError(_NOTHING)
    return Edited(written, draft)


def forget(root: str, draft: str) -> None:
    """Delete a draft whose text has come to where it belongs."""
    if draft.startswith(f"{DRAFTS}/"):
        Path(root, draft).unlink(missing_ok=True)
