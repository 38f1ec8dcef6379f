"""A folder of another machine, read and changed by rsync over SSH.

A key that may run nothing but `rrsync FOLDER` is enough: no command is run there but rsync itself.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import NamedTuple

from statusgen.publish.target import TargetError

_SSH = (
    *("-oBatchMode=yes", "-oConnectTimeout=10", "-oServerAliveInterval=5"),
    *("-oServerAliveCountMax=3", "-oForwardAgent=no", "-oClearAllForwardings=yes"),
)
_NO_CONNECTION = 255
_WORD = "statusgen-was-here"
_ALIAS = "statusgen-target"
_LASTING = re.compile(
    r"Permission denied|Host key verification failed|Bad owner or permissions|error in libcrypto"
    r"|No space left|Disk quota exceeded|Read-only file"
    r"|command not found|rrsync|is not permitted|change_dir"
)
_BUSY = re.compile(r"Another instance of rrsync")
_NOISE = re.compile(
    r"rsync error: |rsync: connection unexpectedly closed|@@@|It is (?:also )?possible"
)


class Machine(NamedTuple):
    """A folder of another machine as 'user@host:folder'.

    `key` is a private key and `host_key` a line of known_hosts; without them SSH's own files count.
    """

    place: str
    port: int = 22
    key: str = ""
    host_key: str = ""


class RemoteFolder:
    """A folder of another machine. Paths begin with '/', which is that folder.

    `seconds` is how long a single transfer may take.
    """

    def __init__(
        self, machine: Machine, environment: Mapping[str, str], seconds: float = 300
    ) -> None:
        host, _, folder = machine.place.partition(":")
        self._host = host
        self._folder = folder.rstrip("/")
        self._machine = machine
        self._environment = {**environment, "LC_ALL": "C"}
        self._seconds = seconds
        self._shell: list[str] = []

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Keep one connection for all transfers of a block; its keys are gone when it ends."""
        if self._shell:
            yield
            return
        with TemporaryDirectory() as folder, ExitStack() as held:
            self._shell = [*self._command(Path(folder), held), f"-S{folder}/c"]
            try:
                yield
            finally:
                self._disconnect()
                self._shell = []

    def fetch(self, to: Path, *filters: str, of: str = "/") -> None:
        """Copy what filters let through of a folder, links as links."""
        self._rsync("-rl", *filters, self._at(of), f"{to}/")

    def fetch_files(self, to: Path, paths: Iterable[str], of: str) -> None:
        """Copy files of a folder, those that are there."""
        given = "".join(f"{path}\0" for path in paths).encode()
        self._rsync(
            *("--files-from=-", "--from0", "--ignore-missing-args", self._at(of), f"{to}/"),
            given=given,
        )

    def put(
        self,
        sources: Sequence[Path],
        to: str,
        basis: Sequence[str] = (),
        *,
        but: str = "",
        only: str = "",
    ) -> None:
        """Make a folder what folders here are together, but for a file, or for only one.

        Of a file that is in several, the one of the first counts. Files that are the same in one of
        the folders `basis` become hard links to those.
        """
        links = [f"--link-dest={self._named(folder, to)}" for folder in basis]
        filters = [f"--exclude=/{but}"] if but else []
        filters += [f"--include=/{only}", "--exclude=*"] if only else []
        options = ["-r", "--perms", "--chmod=D755,F644", "--checksum", "--delete"]
        here = [f"{source}/" for source in sources]
        self._rsync(*options, *filters, *links, *here, self._at(to))

    def add(self, source: Path, to: str) -> None:
        """Put folders and links into a folder. A link is replaced in one step."""
        self._rsync("-rl", f"{source}/", self._at(to))

    def delete(self, folder: str, names: Iterable[str]) -> None:
        """Delete folders and files in a folder, with all that is in them."""
        filters = [
            rule for name in names for rule in (f"--include=/{name}", f"--include=/{name}/**")
        ]
        if filters:
            with TemporaryDirectory() as empty:
                options = ("-r", "--delete", "--force", *filters, "--exclude=*")
                self._rsync(*options, f"{empty}/", self._at(folder))

    def runs_any_command(self) -> bool:
        """Tell whether more than rsync may be run there, by a command that says a word.

        Raises:
            TargetError: The machine cannot be reached.

        """
        with self.connected():
            done = self._ssh(self._host, f"echo {_WORD}")
            if done.returncode == _NO_CONNECTION:
                raise self._failure(done.stderr.decode("utf-8", "replace"), done.returncode)
            return done.stdout.strip() == _WORD.encode()

    def _at(self, folder: str) -> str:
        return f"{self._host}:{self._folder}{folder.rstrip('/')}/"

    def _named(self, folder: str, seen_from: str) -> str:
        """Return how rsync is told of a folder from another; rrsync knows no `..`."""
        if self._folder and not self._folder.startswith("/"):
            return "../" * seen_from.strip("/").count("/") + "../" + folder.strip("/")
        return f"{self._folder}{folder}"

    def _rsync(self, *arguments: str, given: bytes = b"") -> None:
        """Run rsync.

        Raises:
            TargetError: It failed, or took too long.

        """
        shell = shlex.join([*self._shell, "-oControlMaster=auto", "-oControlPersist=60"])
        command = ["rsync", f"--rsh={shell}", "--timeout=30", *arguments]
        with TemporaryFile() as said:  # a pipe would stay open as long as the connection
            try:
                done = subprocess.run(
                    command,
                    env=self._environment,
                    input=given,
                    stdout=said,
                    stderr=said,
                    timeout=self._seconds,
                    check=False,
                )
            except FileNotFoundError as error:
                raise TargetError("rsync is not installed") from error
            except subprocess.TimeoutExpired as error:
                reason = f"{self._host} took more than {self._seconds:.0f} seconds"
                raise TargetError(reason, is_passing=True) from error
            if done.returncode:
                said.seek(0)
                raise self._failure(said.read().decode("utf-8", "replace"), done.returncode)

    def _failure(self, said: str, code: int) -> TargetError:
        lines = [line.strip() for line in said.splitlines()]
        told = [line for line in lines if line and not _NOISE.match(line)]
        plain = [line for line in told if _LASTING.search(line)][-1:] or told[:3]
        why = "; ".join(dict.fromkeys(plain)) or f"rsync ended with {code}"
        is_passing = bool(_BUSY.search(said)) or not _LASTING.search(said)
        return TargetError(
            why if self._host in why else f"{self._host}: {why}", is_passing=is_passing
        )

    def _disconnect(self) -> None:
        with suppress(TargetError):
            self._ssh("-Oexit", self._host)

    def _ssh(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Run SSH.

        Raises:
            TargetError: It is not installed, or took too long.

        """
        try:
            return subprocess.run(
                [*self._shell, *arguments],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=20,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise TargetError(f"{self._host}: SSH does not answer", is_passing=True) from error

    def _command(self, folder: Path, held: ExitStack) -> list[str]:
        """Return the command that connects, with its keys in a folder or as long as `held`."""
        command = ["ssh", f"-p{self._machine.port}", *_SSH]
        if self._machine.key:
            key = held.enter_context(_secret_file(folder / "key", self._machine.key))
            command += [f"-i{key}", "-oIdentitiesOnly=yes"]
        if self._machine.host_key:
            # Whatever host the line names: it is this target's key.
            _write(folder / "known", f"{_ALIAS} {_key_of(self._machine.host_key)}")
            command += [
                f"-oUserKnownHostsFile={folder / 'known'}",
                *("-oGlobalKnownHostsFile=/dev/null", f"-oHostKeyAlias={_ALIAS}"),
                "-oStrictHostKeyChecking=yes",
            ]
        return command


def _key_of(line: str) -> str:
    """Return the kind and the key of a line of known_hosts, with or without host and comment."""
    words = line.split()
    for at, word in enumerate(words[:-1]):
        if word.startswith(("ssh-", "ecdsa-", "sk-")):
            return f"{word} {words[at + 1]}"
    raise TargetError("'host_key' is no line of known_hosts; 'ssh-keyscan HOST' prints them")


@contextmanager
def _secret_file(path: Path, text: str) -> Iterator[str]:
    """Give the name of a file that only we can read, in memory where the system has that.

    What is in memory goes with this process, even if it is killed; `path` is for other systems. SSH
    closes what it inherits, so the name must lead through the process that has the file open.
    """
    if not hasattr(os, "memfd_create"):
        _write(path, text)
        yield str(path)
        return
    number = os.memfd_create("key")
    try:
        os.fchmod(number, 0o600)
        os.write(number, _lines(text))
        yield f"/proc/{os.getpid()}/fd/{number}"
    finally:
        os.close(number)


def _write(path: Path, text: str) -> None:
    path.touch(0o600)
    path.write_bytes(_lines(text))


def _lines(text: str) -> bytes:
    """Return a text as SSH reads it."""
    return (text.replace("\r\n", "\n").rstrip("\n") + "\n").encode()
