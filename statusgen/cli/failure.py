"""What a person is told when a command cannot be carried out."""

from __future__ import annotations

import platform
import re
import shlex
import sys
import traceback

import click

from statusgen import __version__
from statusgen.cli.exits import OUR_BUG, OUTSIDE_FAILED, PROBLEMS, WRONG_USAGE
from statusgen.cli.formats import as_text
from statusgen.files.output import RefusedError, WriteError
from statusgen.publish.release import UnreadableError
from statusgen.publish.target import SourceError
from statusgen.reading.words import MAIL_ADDRESS
from statusgen.source.source import NoConfigError

_REPORT_TO = "https://github.com/statusgen/statusgen/issues/new"


def explain(error: Exception, arguments: list[str]) -> int:
    """Say what went wrong and what can be done about it; return the exit code."""
    match error:
        case NoConfigError():
            click.echo(as_text(error.problems), err=True)
            click.echo("Nothing was written: without config.yml there is no page.", err=True)
            return PROBLEMS
        case RefusedError():
            hint = "Give another folder with --out, or empty that one yourself."
            click.echo(f"Nothing was written: {error}. {hint}", err=True)
            return WRONG_USAGE
        case WriteError():
            click.echo(f"The build was stopped: {error}.", err=True)
            hint = "Every file is as it was or as it should be; build again when this is mended."
            click.echo(hint, err=True)
            return OUTSIDE_FAILED
        case SourceError() | UnreadableError():
            click.echo(f"Nothing was published: {error}.", err=True)
            return PROBLEMS
        case OSError():
            name = f"{error.filename}: " if error.filename else ""
            click.echo(f"statusgen: {name}{error.strerror or error}", err=True)
            return OUTSIDE_FAILED
        case _:
            click.echo(report(error, arguments), err=True)
            return OUR_BUG


def report(error: Exception, arguments: list[str]) -> str:
    """Return what a bug report needs, ready to be pasted; nobody's mail address is in it."""
    trace = "".join(traceback.format_exception(error)).rstrip()
    text = "\n".join(
        [
            f"This is a bug in statusgen. Please paste what follows into {_REPORT_TO}",
            "",
            f"    statusgen {__version__}, Python {platform.python_version()}, {sys.platform}",
            f"    {shlex.join(['statusgen', *arguments])}",
            "",
            "```",
            trace,
            "```",
        ],
    )
    return re.sub(MAIL_ADDRESS, "(an address)", text)
