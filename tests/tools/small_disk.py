"""A disk of its own that has room for so many more files, until it is full."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MUCH = 10_000

needs_mount = pytest.mark.skipif(os.getuid() != 0, reason="only root may mount a disk")


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[int], None]]:
    """Mount a disk; give a function that leaves room for so many files and folders more."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "none", folder], check=True)

    def leave(room: int) -> None:
        found = os.statvfs(folder)
        inodes = found.f_files - found.f_ffree + room
        subprocess.run(["mount", "-o", f"remount,nr_inodes={inodes}", folder], check=True)

    try:
        yield leave
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
