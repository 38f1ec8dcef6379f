"""Ends work at its k-th change to the disk: killed on the spot, or refused by the system."""

from __future__ import annotations

import os
import signal
import subprocess
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

CHANGES = (
    *("write", "replace", "unlink", "mkdir", "rmdir", "truncate"),
    *("link", "rename", "symlink", "fsync"),
)


@contextmanager
def interrupting(
    at: int, interrupt: Callable[..., None], *, programs: bool = False
) -> Iterator[list[int]]:
    """Call `interrupt` before the `at`-th change (from 0); give the count of changes so far.

    With `programs`, to run one is a change as well.
    """
    count = [0]

    def guarded(real: Callable[..., Any]) -> Callable[..., Any]:
        def change(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - stands for any call
            count[0] += 1
            if count[0] - 1 == at:
                interrupt(real, *arguments)
            return real(*arguments, **named)

        return change

    patches = [patch.object(os, name, guarded(getattr(os, name))) for name in CHANGES]
    if programs:
        patches.append(patch.object(subprocess, "run", guarded(subprocess.run)))
    try:
        for one in patches:
            one.start()
        yield count
    finally:
        for one in patches:
            one.stop()


def is_killed(work: Callable[[], object], at: int, *, programs: bool = False) -> bool:
    """Run work in a process that is killed at its `at`-th change; tell whether it got that far.

    Of a write, half of the bytes reach the file. With `programs`, to run one is a change as well.
    """

    def kill(real: Callable[..., Any], *arguments: Any) -> None:  # noqa: ANN401 - as above
        if len(arguments) == 2 and isinstance(arguments[1], bytes | memoryview):
            real(arguments[0], arguments[1][: len(arguments[1]) // 2])
        os.kill(os.getpid(), signal.SIGKILL)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fork beside the runner's threads
        child = os.fork()
    if child == 0:
        try:
            with interrupting(at, kill, programs=programs):
                work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@contextmanager
def refusing(at: int, error: int) -> Iterator[list[int]]:
    """Let the `at`-th change fail as the system would with this errno."""

    def refuse(*_: object) -> None:
        raise OSError(error, os.strerror(error))

    with interrupting(at, refuse) as count:
        yield count


def count_changes(work: Callable[[], object]) -> int:
    """Run work and return how many changes to the disk it makes."""
    with interrupting(-1, lambda *_: None) as count:
        work()
    return count[0]
