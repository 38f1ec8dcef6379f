"""A real Postfix on this machine, which keeps what it takes and lets nothing out."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import trustme
from servers import free_port, program, running

_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = {daemons}
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.customer.example
mydestination =
mynetworks =
alias_maps =
smtpd_relay_restrictions = reject_unauth_destination
smtpd_tls_security_level = encrypt
smtpd_tls_chain_files = {folder}/server.pem
default_transport = error:nothing leaves this machine
virtual_mailbox_domains = customer.example
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:inbox/
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
"""
_MASTER = """\
{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
error unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""
_DAEMONS = Path("/usr/lib/postfix/sbin")


class Postfix(NamedTuple):
    """A server for localhost on a port; `authority` is who has issued its certificate."""

    port: int
    authority: Path
    inbox: Path

    def mails(self, count: int, seconds: float = 20) -> list[bytes]:
        """Return what has arrived, once there are so many."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = sorted(self.inbox.iterdir()) if self.inbox.exists() else []
            if len(found) >= count:
                return [path.read_bytes() for path in found]
            time.sleep(0.05)
        raise AssertionError(f"fewer than {count} mails have arrived")


def is_there() -> bool:
    """Tell whether there is a Postfix that we may start."""
    return program("postfix") is not None and _DAEMONS.exists() and os.geteuid() == 0


@contextmanager
def postfix() -> Iterator[Postfix]:
    """Run a Postfix that wants STARTTLS and takes mail for customer.example."""
    folder = Path(tempfile.mkdtemp(prefix="postfix-"))
    folder.chmod(0o755)  # its servers run as a user of their own
    try:
        port, owner = free_port(), pwd.getpwnam("postfix")
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(folder / "ca.pem"))
        issued = authority.issue_cert("localhost")
        issued.private_key_and_cert_chain_pem.write_to_path(str(folder / "server.pem"))
        for name in ("etc", "queue", "data", "mail"):
            (folder / name).mkdir()
        for name in ("data", "mail"):
            os.chown(folder / name, owner.pw_uid, owner.pw_gid)
        values = {"folder": folder, "daemons": _DAEMONS, "port": port}
        ids = {"uid": owner.pw_uid, "gid": owner.pw_gid}
        (folder / "etc" / "main.cf").write_text(_MAIN.format(**values, **ids), "utf-8")
        (folder / "etc" / "master.cf").write_text(_MASTER.format(**values), "utf-8")
        command = [program("postfix") or "", "-c", str(folder / "etc")]
        with running([*command, "start-fg"], port):
            try:
                yield Postfix(port, folder / "ca.pem", folder / "mail" / "inbox" / "new")
            finally:
                subprocess.run([*command, "stop"], capture_output=True, check=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
