"""`statusgen serve`: show the site in a browser while its sources are being edited."""

from __future__ import annotations

import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime

import click

from statusgen.build import Order, build
from statusgen.cli.exits import FINE
from statusgen.cli.failure import report
from statusgen.cli.formats import as_text
from statusgen.cli.options import audience_option, clock, root_option
from statusgen.files.output import RefusedError, WriteError
from statusgen.preview.changes import Sources
from statusgen.preview.server import Preview, Server
from statusgen.source.source import NoConfigError

_FIRST_PORT = 8000
_PORTS_TRIED = 20


@click.command("serve")
@root_option()
@click.option(
    "--out", metavar="DIR", help="Where the site is written. Default: a temporary folder."
)
@click.option("--host", default="127.0.0.1", help="The address to listen on. Default: 127.0.0.1.")
@click.option("--port", type=click.IntRange(0, 65535), help="Default: the first free from 8000 on.")
@audience_option()
def command(root: str, out: str | None, host: str, port: int | None, audience: str) -> int:
    """Show the site in a browser, and build it anew whenever a source changes.

    Problems in the sources are shown at the foot of every page. Only this machine sees it, unless
    --host says otherwise. Ctrl-C ends it.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # to leave nothing behind either
    with ExitStack() as stack:
        folder = out or stack.enter_context(tempfile.TemporaryDirectory(prefix="statusgen-"))
        preview = Preview(folder)
        address = stack.enter_context(running(preview, host, port))
        click.echo(f"{address}  (Ctrl-C ends it)")
        try:
            _keep_building(Order(root, folder, clock(), audience=audience), preview)
        except KeyboardInterrupt:
            click.echo()
    return FINE


def _keep_building(order: Order, preview: Preview) -> None:
    """Build now, after every change, and at the moments at which the page changes by itself."""
    sources = Sources(order.root)
    changes = sources.changes()
    next_change: datetime | None = None
    is_due = True
    number = 0
    while True:
        if is_due:
            number += 1
            now = clock()
            problems, next_change, sources.assets = _built(replace(order, now=now))
            preview.show(f"{now.timestamp():.0f}-{number}", problems)
            click.echo(f"{now:%H:%M:%S} UTC: {problems or 'built, no problems'}")
        is_due = next(changes) or (next_change is not None and next_change <= clock())


def _built(order: Order) -> tuple[str, datetime | None, str]:
    """Build; return the problems as text, when the page changes next, and the brand's files."""
    try:
        built = build(order)
    except NoConfigError as error:
        return as_text(error.problems), None, ""
    except (RefusedError, WriteError):
        raise
    except Exception as error:  # noqa: BLE001 - the next change of a source may be its cure
        return report(error, ["serve", "--root", order.root]), None, ""
    problems = as_text(built.problems) if built.problems else ""
    return problems, built.next_change, built.assets


@contextmanager
def running(preview: Preview, host: str, port: int | None) -> Iterator[str]:
    """Serve in another thread, and give the address."""
    server = _server(preview, host, port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}/"
    finally:
        preview.close()
        server.shutdown()
        server.server_close()


def _server(preview: Preview, host: str, port: int | None) -> Server:
    if port is not None:
        return Server(preview, host, port)
    for number in range(_FIRST_PORT, _FIRST_PORT + _PORTS_TRIED):
        try:
            return Server(preview, host, number)
        except OSError:
            continue
    return Server(preview, host, 0)
