"""Another machine, which is this one: an sshd with a key that may run rsync in one folder only."""

from __future__ import annotations

import getpass
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from servers import free_port, program, running

from statusgen.publish.remote_folder import Machine

NEEDED = ("sshd", "ssh", "rsync", "rrsync")

_SSHD = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized
PidFile none
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
PasswordAuthentication no
MaxStartups 100
SetEnv HOME={folder}
"""


class Other(NamedTuple):
    """A machine, and the folder that its key leads to; what its sshd has logged is in a file."""

    machine: Machine
    folder: Path
    log: Path

    @property
    def connections(self) -> int:
        """How often somebody has connected."""
        return self.log.read_text().count("Accepted publickey")


@contextmanager
def other(folder: Path) -> Iterator[Other]:
    """Run an sshd; its key may do nothing but rsync in a folder.

    No file of the person's shell is read there: each transfer would wait for it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "srv").mkdir()
    for name in ("host", "key"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(command, check=True)
    only = f'command="{program("rrsync")} -no-lock {folder}/srv",restrict'
    (folder / "authorized").write_text(f"{only} {(folder / 'key.pub').read_text()}")
    port = free_port()
    (folder / "sshd_config").write_text(_SSHD.format(port=port, folder=folder))
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    machine = Machine(
        f"{getpass.getuser()}@127.0.0.1:/",
        port,
        key=(folder / "key").read_text(),
        host_key=f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text().strip()}",
    )
    log = folder / "log"
    command = [program("sshd") or "", "-D", "-f", str(folder / "sshd_config"), "-E", str(log)]
    with running(command, port):
        yield Other(machine, folder / "srv", log)
