"""`statusgen rollback`: make an earlier release the one that readers get."""

from __future__ import annotations

from datetime import datetime

import click

from statusgen.cli.exits import FINE, OUTSIDE_FAILED
from statusgen.cli.options import now_option, root_option


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
    from statusgen.cli.targets import chosen_places
    from statusgen.publish.decision import ALL
    from statusgen.publish.publishing import roll_back
    from statusgen.publish.target import ConflictError, TargetError
    from statusgen.source import read_config

    config, _ = read_config(root)
    is_done = True
    for place in chosen_places(config, targets, root):
        try:
            was, now_live, _ = roll_back(
                place.make(),
                back,
                lambda live: ALL if pin or not live.build.commit else live.build.commit,
                int(now.timestamp()),
            )
        except TargetError as error:
            click.echo(f"{place.name}: {error.reason}", err=True)
            is_done = False
        except ConflictError:
            click.echo(f"{place.name}: somebody has published meanwhile; try again", err=True)
            is_done = False
        else:
            click.echo(f"{place.name}: {was.id} was rolled back; {now_live.id} is live")
    return FINE if is_done else OUTSIDE_FAILED
