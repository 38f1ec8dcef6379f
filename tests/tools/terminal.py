"""A person at a real terminal: types keys, reads the screen, and is timed."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shlex
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

PROMPT = "page$ "
KEYS_PER_SECOND = 4.0  # of somebody who was just woken
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\x07")


class Terminal:
    """A program in a pseudo-terminal of 24 rows and 80 columns.

    `keys` counts what was typed, `waited` the seconds until the program had answered.
    """

    def __init__(
        self, command: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> None:
        self.keys = 0
        self.waited = 0.0
        self.seen = ""
        self._read_up_to = 0
        self._pid, self._file = pty.fork()
        if self._pid == 0:
            os.chdir(folder)
            os.execvpe(command[0], list(command), dict(environment))  # noqa: S606 - our own
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self._file)

    @property
    def seconds(self) -> float:
        """How long all this takes a person."""
        return self.waited + self.keys / KEYS_PER_SECOND

    def type(self, line: str) -> None:
        """Type a line and Enter."""
        self.keys += len(line) + 1
        os.write(self._file, line.encode() + b"\r")

    def press(self, keys: bytes) -> None:
        """Press keys once the program waits for them.

        Ctrl-C between its question and its reading is seen by Python with the next key only.
        """
        status = Path(f"/proc/{self._pid}/status")
        while status.exists() and "\nState:\tR" in status.read_text("utf-8"):
            time.sleep(0.01)
        os.write(self._file, keys)

    def until(self, text: str, seconds: float = 60) -> str:
        """Wait for a text on the screen; return what came before it."""
        begun = time.monotonic()
        while text not in self.seen[self._read_up_to :]:
            if time.monotonic() - begun > seconds or not self._more():
                raise AssertionError(f"no {text!r} in {self.seen[self._read_up_to :]!r}")
        self.waited += time.monotonic() - begun
        at = self.seen.index(text, self._read_up_to)
        before = self.seen[self._read_up_to : at]
        self._read_up_to = at + len(text)
        return before

    def exit_code(self) -> int:
        """Wait for the end of the program."""
        while self._more():
            pass
        _, status = os.waitpid(self._pid, 0)
        return os.waitstatus_to_exitcode(status)

    def _more(self) -> bool:
        if not select.select([self._file], [], [], 60)[0]:
            return False
        try:
            raw = os.read(self._file, 65536)
        except OSError:  # the program has ended
            return False
        self.seen += _ESCAPES.sub("", raw.decode("utf-8", "replace")).replace("\r\n", "\n")
        return bool(raw)


Start = Callable[..., Terminal]
"""Starts a program in a folder: start(folder, "statusgen", "open", VARIABLE="value")."""


def shell_environment(programs: Path, **more: str) -> dict[str, str]:
    """Return the environment of a shell that finds `statusgen`, a script in the new `programs`."""
    programs.mkdir(exist_ok=True)
    program = programs / "statusgen"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m statusgen "$@"\n')
    program.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "TERM": "xterm",
        **more,
    }
