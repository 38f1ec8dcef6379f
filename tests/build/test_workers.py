"""Work over several processes is the same work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from statusgen.workers import LostWorkerError, process_count, run_all

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="work is forked on Linux only")


@pytest.mark.parametrize("processes", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 2, 300])
def test_results_come_in_the_order_of_the_tasks(processes: int, count: int) -> None:
    tasks = [partial(pow, number, 2) for number in range(count)]
    assert run_all(tasks, processes) == [number**2 for number in range(count)]


def test_several_processes_take_part() -> None:
    def work() -> int:
        time.sleep(0.01)
        return os.getpid()

    assert len(set(run_all([work] * 20, 3))) == 3


def test_results_may_be_large() -> None:
    """Far more than a pipe holds, so that a worker waits until somebody reads."""
    tasks = [partial(bytes, 300_000) for _ in range(20)]
    assert sum(map(len, run_all(tasks, 3))) == 6_000_000


class OwnError(Exception):
    """Has arguments that pickle does not know how to give back."""

    def __init__(self, a: int, *, b: int) -> None:
        super().__init__(f"{a}{b}")


def fail(error: Exception, at: int, number: int) -> int:
    if number == at:
        raise error
    return number


@pytest.mark.parametrize("at", [0, 7, 19])
def test_what_a_task_raises_is_raised_here(at: int) -> None:
    tasks = [partial(fail, ValueError("boom"), at, number) for number in range(20)]
    with pytest.raises(ValueError, match="boom"):
        run_all(tasks, 3)


def test_an_error_that_cannot_travel_still_tells_its_story() -> None:
    def work() -> None:
        if os.getpid() != parent:
            raise OwnError(1, b=2)
        time.sleep(0.2)

    parent = os.getpid()
    with pytest.raises(RuntimeError, match="OwnError: 12"):
        run_all([work] * 4, 2)


def test_an_error_says_where_in_the_worker_it_arose() -> None:
    def work() -> None:
        if os.getpid() != parent:
            raise ValueError("boom")
        time.sleep(0.2)

    parent = os.getpid()
    with pytest.raises(ValueError, match="boom") as raised:
        run_all([work] * 4, 2)
    assert "in work" in "".join(raised.value.__notes__)


def test_a_killed_worker_is_missed() -> None:
    def work() -> None:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.2)

    parent = os.getpid()
    with pytest.raises(LostWorkerError):
        run_all([work] * 4, 2)


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def children() -> set[str]:
    """Return the processes that this one has started and not waited for."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended
            _, parent = status.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid():
                found.add(status.parent.name)
    return found


def test_no_process_and_no_pipe_is_left_behind() -> None:
    before, already = open_files(), children()
    for _ in range(5):
        run_all([os.getpid] * 10, 3)
        with pytest.raises(ValueError, match="x"):
            run_all([partial(fail, ValueError("x"), 3, number) for number in range(10)], 3)
    assert open_files() == before
    assert children() <= already


def test_workers_stop_when_their_parent_is_gone(tmp_path: Path) -> None:
    script = textwrap.dedent(
        f"""
        import os, pathlib, signal, time
        from statusgen.workers import run_all
        parent = os.getpid()
        def work():
            if os.getpid() == parent:
                time.sleep(0.3)
                os.kill(parent, signal.SIGKILL)
            with open({str(tmp_path / "log")!r}, "a") as log:
                log.write("x")
            time.sleep(0.05)
        run_all([work] * 500, 2)
        """,
    )
    done = subprocess.run([sys.executable, "-c", script], check=False)
    assert done.returncode == -signal.SIGKILL
    time.sleep(0.3)
    size = (tmp_path / "log").stat().st_size
    time.sleep(0.3)
    assert (tmp_path / "log").stat().st_size == size < 100


def test_beside_other_threads_nothing_is_forked() -> None:
    """A lock that another thread holds would stay locked for ever in the new process."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert process_count() == 1
    finally:
        done.set()
        thread.join()
