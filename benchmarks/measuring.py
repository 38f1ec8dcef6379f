"""Runs whole processes and tells what they took.

The machine is shared and its speed varies, so what is compared runs in alternation (A B A B …) and
ratios are taken from each pair. This process stays small: a child's peak memory begins with its
parent's.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from time import perf_counter
from typing import NamedTuple

Step = Callable[[], None]


ENVIRONMENT = {name: os.environ[name] for name in os.environ.keys() - {"PYTHONDONTWRITEBYTECODE"}}
"""Programs are measured as they are installed: Python keeps the bytecode of what it imports."""


class Sample(NamedTuple):
    """What one process took: wall and processor time in seconds, memory in bytes."""

    wall: float
    processor: float
    memory: int


@dataclass(frozen=True, slots=True)
class Work:
    """A command that is measured in `folder`; `before` it, things are put in place, untimed."""

    command: Sequence[str]
    folder: Path
    before: Step = lambda: None
    is_valid: Callable[[str], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of samples, ours first."""

    pairs: list[tuple[Sample, Sample]]

    @property
    def ratio(self) -> float:
        """Return the median of the pairs' ratios of wall time."""
        return median(ours.wall / theirs.wall for ours, theirs in self.pairs)

    @property
    def processor_ratio(self) -> float:
        """Return the median of the pairs' ratios of processor time."""
        return median(ours.processor / theirs.processor for ours, theirs in self.pairs)

    @property
    def walls(self) -> tuple[float, float]:
        """Return the median wall time of each, in seconds."""
        ours, theirs = zip(*self.pairs, strict=True)
        return median(one.wall for one in ours), median(one.wall for one in theirs)

    @property
    def memories(self) -> tuple[int, int]:
        """Return the highest peak of each, in bytes."""
        ours, theirs = zip(*self.pairs, strict=True)
        return max(one.memory for one in ours), max(one.memory for one in theirs)


def run(work: Work) -> Sample:
    """Run one process to its end, again if it turned out not to be what was to be measured.

    Raises:
        SystemExit: The command failed.

    """
    for _ in range(5):
        work.before()
        sample, output = _run(work)
        if work.is_valid(output):
            return sample
    sys.exit(f"never what was to be measured: {output}")


def _run(work: Work) -> tuple[Sample, str]:
    with TemporaryFile() as file:
        begin = perf_counter()
        process = subprocess.Popen(
            work.command, cwd=work.folder, env=ENVIRONMENT, stdout=file, stderr=file
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - begin
        file.seek(0)
        output = file.read().decode(errors="replace")
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(work.command)}: exit code {process.returncode}\n{output}")
    memory = usage.ru_maxrss * 1024
    return Sample(wall, usage.ru_utime + usage.ru_stime, memory), output


def compare(ours: Work, theirs: Work, repetitions: int) -> Compared:
    """Run both in alternation, after one run of each that does not count."""
    pairs = [(run(ours), run(theirs)) for _ in range(repetitions + 1)]
    return Compared(pairs[1:])
