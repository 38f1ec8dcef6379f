"""`statusgen rollback`: make an earlier release the one that readers get."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from statusgen.cli.exits import FINE, OUTSIDE_FAILED
from statusgen.cli.options import now_option, root_option

if TYPE_CHECKING:
    from statusgen.publish.release import Release

_SECONDS = 120.0


@click.command("rollback")
@root_option()
@click.argument("back", default=1, type=click.IntRange(1, 9), metavar="[N]")
@click.option("--target", "targets", multiple=True, metavar="NAME", help="Only this target.")
@click.option("--pin", is_flag=True, help="Keep away newer commits as well.")
@now_option()
def command(root: str, back: int, targets: tuple[str, ...], pin: bool, now: datetime) -> int:  # noqa: FBT001 (a flag)
    """Make the release N before the live one the live one again, 1 by default.

    The commit that was live is not published again by itself, neither by a schedule: a newer one
    is, unless --pin keeps everything away. 'publish --unpin' ends both.
    """
    from statusgen.cli.progress import progress
    from statusgen.cli.targets import chosen_places
    from statusgen.publish.decision import ALL
    from statusgen.publish.going_back import roll_back, roll_back_all
    from statusgen.source.source import read_config

    def held(live: Release) -> str:
        return ALL if pin or not live.build.commit else live.build.commit

    config, _ = read_config(root)
    places = chosen_places(config, targets, root)
    with progress() as tell:
        ends = roll_back_all(
            places,
            partial(roll_back, back=back, hold=held, now=int(now.timestamp())),
            _SECONDS,
            lambda names: tell(f"rolling back {', '.join(names)}"),
        )
    for one in ends:
        if one.was and one.live:
            click.echo(f"{one.target}: {one.was.id} was rolled back; {one.live.id} is live")
        else:
            click.echo(f"{one.target}: {one.reason}", err=True)
    return FINE if all(one.live for one in ends) else OUTSIDE_FAILED
