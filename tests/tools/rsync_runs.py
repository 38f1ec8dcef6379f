"""Publishes to another machine over rsync, and looks at what is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from machines import Other
from releases import PLAIN, QUICK, order_of, seen_in

from statusgen.network.patience import Patience
from statusgen.publish.decision import Insistence
from statusgen.publish.publishing import Outcome, Place, publish
from statusgen.publish.remote_folder import Machine, RemoteFolder
from statusgen.publish.rsync import Rsync

REPOSITORY = Path(__file__).parents[2]
RSYNC = """\
#!/bin/sh
echo >> {count}
[ "$(wc -l < {count})" -gt {at} ] || exec {program} "$@"
[ {how} = cut ] || echo >> {wrong}
case {how} in
    killed) kill -9 $PPID; exit 1 ;;
    failing) exit 12 ;;
    hanging) exec sleep 60 ;;
esac
CUT={size} {program} "$@" && exit
echo >> {wrong}
exit 12
"""
SSH = """\
#!/bin/bash
[ "$CUT" ] || exec {program} "$@"
exec {program} "$@" < <(exec dd bs=1 count="$CUT" status=none)
"""
"""Passes on so many bytes of what rsync sends."""

PROGRAM = """\
import os, sys; sys.path[:0] = ['tests/samples', 'tests/tools']
from releases import order_of
from statusgen.publish.decision import Relation
from statusgen.network.patience import Patience
from statusgen.publish.publishing import Place, publish
from statusgen.publish.remote_folder import Machine, RemoteFolder
from statusgen.publish.rsync import Rsync
machine = Machine(sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5])
target = Rsync('web', RemoteFolder(machine, os.environ, float(sys.argv[6])), grace=0.5)
order = order_of(sys.argv[1], relate=lambda *_: Relation.NEWER, patience=Patience(0.1))
print(publish(Place('web', lambda: target), order))
"""


def target_to(machine: Machine) -> Rsync:
    return Rsync("web", RemoteFolder(machine, os.environ, seconds=30), grace=0.5)


def send(
    folder: str,
    machine: Machine,
    now: int = 0,
    insist: Insistence = PLAIN,
    patience: Patience = QUICK,
) -> Outcome:
    order = order_of(folder, now, insist, patience=patience)
    return publish(Place("web", lambda: target_to(machine)), order)


def read(other: Other) -> dict[str, bytes]:
    return seen_in(other.folder / "current")


class Broken(NamedTuple):
    """What becomes of transfers: from the `at`-th on they go wrong; of cut ones `size` bytes go."""

    how: str
    at: int = 0
    size: int = 0


def spoilt(folder: str, machine: Machine, tmp_path: Path, broken: Broken) -> tuple[int, int]:
    """Publish in a process of its own; return how it ended, and how many transfers went wrong."""
    count, wrong = tmp_path / "count", tmp_path / "wrong"
    count.write_text("")
    wrong.write_text("")
    for name, text in (("rsync", RSYNC), ("ssh", SSH)):
        wrapper = tmp_path / "bin" / name
        wrapper.parent.mkdir(exist_ok=True)
        named = {"count": count, "wrong": wrong, "program": shutil.which(name)}
        wrapper.write_text(text.format(**named, **broken._asdict()))
        wrapper.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(REPOSITORY),
    }
    seconds = 1 if broken.how == "hanging" else 30
    command = [sys.executable, "-c", PROGRAM, folder, *map(str, machine), str(seconds)]
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, check=False, capture_output=True
    )
    assert done.returncode in {-9, 0}, done.stderr
    return done.returncode, len(wrong.read_text())
