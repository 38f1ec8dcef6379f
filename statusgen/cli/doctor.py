"""`statusgen doctor`: whether the page would survive what it reports on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.cli.exits import FINE, OUTSIDE_FAILED
from statusgen.cli.options import format_option, now_option, root_option

if TYPE_CHECKING:
    from statusgen.model import Config
    from statusgen.publish.examining import Finding
    from statusgen.publish.separation import Host

_SECONDS = 10.0
_MARKS = {None: "✓", "warning": "!", "error": "✗"}


@click.command("doctor")
@root_option()
@click.option(
    "--product",
    "products",
    multiple=True,
    metavar="URL",
    help="An address of your product, beside those of its probes; may be given again.",
)
@format_option("text", "json")
@now_option()
def command(root: str, products: tuple[str, ...], format_: str, now: datetime) -> int:
    """Tell whether the page would survive what it reports on, and whether all that runs it runs.

    Compared are the hosts of the page and of its targets with those of the components: names,
    addresses, networks, certificates, domains. Looked at are targets, what their secrets may do,
    clocks, the page's age, addresses that config.yml names no more, and schedules that a host may
    have switched off. The exit code is 4 if
    anything is wrong, and 0 if there are warnings at most.
    """
    from statusgen.source.source import read_config

    config, _ = read_config(root)
    findings = [*_separation(config, products), *_working(config, root, now)]
    click.echo(_as_json(findings) if format_ == "json" else _as_text(findings))
    return OUTSIDE_FAILED if any(one.severity == "error" for one in findings) else FINE


def _separation(config: Config, products: Sequence[str]) -> Iterator[Finding]:
    """Yield what the page shares with the product."""
    from statusgen.publish.examining import Finding, host_of
    from statusgen.publish.separation import all_shared

    named = {f"component '{one.id}'": one.probe.url for one in config.components if one.probe}
    named |= {f"the product ({url})": url for url in products}
    if not named:
        said = "no component has a probe: --product tells where your product is"
        yield Finding(None, "separation", said)
        return
    others = [host_of(role, url, _SECONDS) for role, url in named.items()]
    shared = all_shared(_own_hosts(config), others)
    yield from (Finding(one.severity, one.code, one.message) for one in shared)
    if not shared:
        yield Finding(None, "separation", "the page shares nothing with the product that was found")


def _own_hosts(config: Config) -> Iterator[Host]:
    """Yield the hosts that the page needs: its own, and those of its copies."""
    from statusgen.publish.examining import host_of

    urls = {"the page": config.page.url}
    urls |= {f"target '{one.name}'": one.url for one in config.publish if one.url}
    for role, url in urls.items():
        yield host_of(role, url, _SECONDS)


def _working(config: Config, root: str, now: datetime) -> Iterator[Finding]:
    """Yield whether what runs the page runs."""
    from statusgen.cli.targets import chosen_places
    from statusgen.files.names import CONFIG
    from statusgen.git.repository import origin, versions
    from statusgen.publish.examining import page_findings, target_findings
    from statusgen.publish.old_copies import old_copy_findings
    from statusgen.publish.rights import rights_findings
    from statusgen.publish.schedules import schedule_findings, scheduled_paths, told_findings
    from statusgen.source.standin import older_configs

    if config.publish:
        yield from target_findings(chosen_places(config, (), root), now)
        yield from rights_findings(config.publish, os.environ, now, _SECONDS)
    stale_after = timedelta(minutes=config.page.stale_after)
    yield from page_findings(config.page.url, now, stale_after, _SECONDS)
    yield from old_copy_findings(config, (one for one, _ in older_configs(root, CONFIG)), _SECONDS)
    newest = versions(root, ".", limit=1)
    last = datetime.fromtimestamp(newest[0].at, UTC) if newest else None
    workflows = [*_workflows(root)]
    yield from schedule_findings(workflows, last, now)
    paths = scheduled_paths(workflows)
    if paths or Path(root, ".gitlab-ci.yml").exists():
        yield from told_findings(origin(root), paths, os.environ, now, _SECONDS)


def _workflows(root: str) -> Iterator[tuple[str, str]]:
    for path in sorted(Path(root, ".github/workflows").glob("*.y*ml")):
        yield path.relative_to(root).as_posix(), path.read_text("utf-8", "replace")


def _as_text(findings: Sequence[Finding]) -> str:
    from statusgen.cli.formats import printable

    return printable(
        "\n".join(f"{_MARKS[one.severity]} {one.message} [{one.code}]" for one in findings)
    )


def _as_json(findings: Sequence[Finding]) -> str:
    return json.dumps({"findings": [one._asdict() for one in findings]}, indent=2)
