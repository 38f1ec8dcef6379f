"""`statusgen verify`: look from outside whether readers get what was published."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from statusgen.cli.early import DEFAULT_OUT
from statusgen.cli.exits import FINE, OUTSIDE_FAILED
from statusgen.cli.options import format_option, now_option, root_option

if TYPE_CHECKING:
    from statusgen.model import Config
    from statusgen.publish.release import Build
    from statusgen.publish.verifying import Copy, Verified

_PAUSE = 3.0


class Typed(TypedDict):
    """What `verify` is given."""

    root: str
    targets: tuple[str, ...]
    site: str | None
    wait: int
    sample: int | None
    timeout: int
    heartbeat_env: str | None
    format_: str
    now: datetime


@click.command("verify")
@root_option()
@click.argument("targets", nargs=-1)
@click.option(
    "--site",
    metavar="DIR",
    help="The build that must be there. Default: 'site' in the page repository, if it is there.",
)
@click.option(
    "--wait",
    default=0,
    type=click.IntRange(0, 3600),
    metavar="SECONDS",
    help="Look again for so long until all is well. Default: look once.",
)
@click.option(
    "--sample",
    type=click.IntRange(1),
    metavar="N",
    help="Look at the front pages and N other files. Default: at every file.",
)
@click.option(
    "--timeout",
    default=15,
    type=click.IntRange(1, 300),
    metavar="SECONDS",
    help="How long one answer may take. Default: 15.",
)
@click.option(
    "--heartbeat-env",
    metavar="NAME",
    help="The variable with an address to call if all is well, and only then.",
)
@format_option("text", "json")
@now_option()
def command(**typed: Unpack[Typed]) -> int:
    """Look from outside whether readers of TARGETS get what was published, byte for byte.

    By default these are all, and the page's own address, which is named 'page'. Every address of
    each name is asked anew, past caches. Told are old copies, changed or missing files, wrong
    types, missing headers, certificates that end within two weeks, and names without an address.
    The exit code is 4 if there is any fault.
    """
    from statusgen.source.source import read_config

    config, _ = read_config(typed["root"])
    copies = _copies(config, typed["targets"])
    build = _build(typed["root"], typed["site"])
    end = time.monotonic() + typed["wait"]
    while True:
        verified = _verified(copies, build, typed)
        left = end - time.monotonic()
        if not verified.faults or left <= 0:
            break
        time.sleep(min(_PAUSE, left))
    click.echo(_as_json(verified) if typed["format_"] == "json" else _as_text(verified))
    if verified.faults:
        return OUTSIDE_FAILED
    return _beat(typed["heartbeat_env"]) if typed["heartbeat_env"] else FINE


def _copies(config: Config, names: Sequence[str]) -> list[Copy]:
    """Return where targets of these names are read: at the page's address, or at their own.

    Without names these are all, and the page, which none of them may be behind.
    """
    from statusgen.cli.by_name import by_name
    from statusgen.publish.verifying import Copy

    page = config.page.url
    every = [Copy("page", page), *(Copy(one.name, one.url or page) for one in config.publish)]
    by_url = {one.url: one for one in by_name("target", every, names)}
    return list(by_url.values())


def _build(root: str, site: str | None) -> Build | None:
    """Return the build that must be there; None if there is none to compare with."""
    from statusgen.publish.folder import read_build
    from statusgen.publish.target import SourceError

    try:
        return read_build(site or str(Path(root, DEFAULT_OUT)))
    except SourceError:
        if site:
            raise
        return None


def _verified(copies: Sequence[Copy], build: Build | None, typed: Typed) -> Verified:
    from statusgen.publish.verifying import verify

    def paths(there: Build) -> list[str]:
        every, sample = sorted(there.files), typed["sample"]
        if sample is None or sample >= len(every):
            return every
        first = [path for path in ("index.html", "api/v2/summary.json") if path in there.files]
        return sorted({*first, *random.sample(every, sample)})

    return verify(copies, build, typed["now"], paths, typed["timeout"])


def _as_text(verified: Verified) -> str:
    from statusgen.cli.formats import printable

    lines = []
    for one in verified.faults:
        where = " at ".join(part for part in (one.target, one.address) if part)
        lines.append(
            f"{where}: {one.message} [{one.code}]" if where else f"{one.message} [{one.code}]"
        )
    files = f"{verified.files:,} files from {verified.addresses} address"
    files += "es" * (verified.addresses != 1)
    faults = len(verified.faults)
    lines.append(
        f"{files}: {faults:,} fault{'s' * (faults != 1)}." if faults else f"{files}: all is well."
    )
    return printable("\n".join(lines))


def _as_json(verified: Verified) -> str:
    content = {
        "files": verified.files,
        "addresses": verified.addresses,
        "faults": [one._asdict() for one in verified.faults],
    }
    return json.dumps(content, indent=2)


def _beat(name: str) -> int:
    """Call the address that the environment names, which is a secret; tell whether it answered."""
    import os

    import requests

    url = os.environ.get(name, "")
    try:
        with requests.get(url, timeout=30, stream=True) as answer:  # what else it says is not read
            answer.raise_for_status()
    except requests.RequestException as error:
        click.echo(f"The heartbeat in {name} could not be sent: {type(error).__name__}.", err=True)
        return OUTSIDE_FAILED
    return FINE
