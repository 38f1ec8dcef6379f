"""Options that several commands take."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click

from statusgen.model import PUBLIC
from statusgen.reading.times import parse_time
from statusgen.reading.words import ID_PATTERN

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Moment(click.ParamType[datetime]):
    """A date and time, as in an incident file; without a zone it is UTC."""

    name = "time"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        result = parse_time(str(value), UTC)
        if result.at is None:
            self.fail(f"{result.reason}; {result.hint}", param, ctx)
        return result.at


class Audience(click.ParamType[str]):
    """The name of an audience, as `audience` in the front matter of an incident has it."""

    name = "audience"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str:
        name = str(value)
        if not re.fullmatch(ID_PATTERN, name):
            self.fail(f"{name!r} is no name of a-z, 0-9 and '-'.", param, ctx)
        return name


def clock() -> datetime:
    """Return the current moment: SOURCE_DATE_EPOCH where reproducible builds set it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now(UTC).replace(microsecond=0)


def root_option() -> Decorator:
    """Return the option for the page repository's folder."""
    return click.option(
        "--root",
        default=".",
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False),
        help="The page repository: the folder of config.yml. Default: the current folder.",
    )


def audience_option() -> Decorator:
    """Return the option for whom the page is shown to."""
    return click.option(
        "--audience",
        default=PUBLIC,
        metavar="NAME",
        type=Audience(),
        help="Whom it is for: the public, or 'internal', which sees internal blocks too.",
    )


def now_option() -> Decorator:
    """Return the option for the moment at which the page is looked at."""
    return click.option(
        "--now",
        default=clock,
        show_default=False,
        type=Moment(),
        help="The moment at which the page is seen. Default: the present.",
    )


def format_option(*formats: str) -> Decorator:
    """Return the option for the form of what is printed; the first one is the default."""
    return click.option(
        "--format",
        "format_",
        default=formats[0],
        type=click.Choice(formats),
        help=f"How it is printed. Default: {formats[0]}.",
    )
