"""Spreads work over processes.

By fork, because everything that is read and derived is then simply there in each of them. Where
that is not safe (other systems than Linux, other threads running) the same work is done in place.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import NoReturn, TypeVar

T = TypeVar("T")

_MOST = 8
_TICKET = struct.Struct("<I")
_PIPE_HOLDS = 65536 // _TICKET.size  # what a pipe takes without a reader
_INTERRUPTED = 130


class LostWorkerError(Exception):
    """A process ended without an answer: killed, or out of memory."""


def process_count() -> int:
    """Return how many processes are worth using: one for each core that we may run on, up to 8."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST)


def run_all(
    tasks: Sequence[Callable[[], T]],
    processes: int,
    *,
    first: Callable[[], None] = lambda: None,
) -> list[T]:
    """Run every task once and return their results in order; each free process takes the next.

    What a task raises is raised here. Tasks that change memory do so in their own process only;
    `first` is what this one does before it takes its first task.
    """
    if processes < 2 or len(tasks) < 2 or len(tasks) > _PIPE_HOLDS:  # noqa: PLR2004 - nothing to share
        first()
        return [task() for task in tasks]
    queue, tickets = os.pipe()
    os.write(tickets, b"".join(map(_TICKET.pack, range(len(tasks)))))
    os.close(tickets)
    sys.stdout.flush()
    sys.stderr.flush()
    children = [_fork(tasks, queue) for _ in range(min(processes, len(tasks)) - 1)]
    try:
        first()
        done = _work(tasks, queue)
        for _, answers in children:
            done.extend(_answer_from(answers))
    finally:
        _drain(queue)  # after a failure, so that the others stop at their next ticket
        os.close(queue)
        for child, answers in children:
            os.close(answers)
            os.waitpid(child, 0)
    return [result for _, result in sorted(done, key=lambda pair: pair[0])]


def _work(tasks: Sequence[Callable[[], T]], queue: int) -> list[tuple[int, T]]:
    return [(number, tasks[number]()) for number in _numbers(queue)]


def _numbers(queue: int) -> Iterator[int]:
    while ticket := os.read(queue, _TICKET.size):
        yield _TICKET.unpack(ticket)[0]


def _drain(queue: int) -> None:
    while os.read(queue, 1 << 16):
        pass


def _fork(tasks: Sequence[Callable[[], T]], queue: int) -> tuple[int, int]:
    """Start a process; return its id and the end of the pipe on which it answers."""
    answers, answer = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(answers)
        _be_child(tasks, queue, answer, parent)
    os.close(answer)
    return child, answers


def _be_child(
    tasks: Sequence[Callable[[], T]],
    queue: int,
    answer: int,
    parent: int,
) -> NoReturn:
    """Work until the queue is empty or the parent is gone, answer, and end without clean-up."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(_INTERRUPTED))
    try:
        said = _answer_of(tasks, queue, parent)
        with os.fdopen(answer, "wb") as stream:
            stream.write(said)
    finally:
        os._exit(0)  # whatever happens, the parent's code must not go on in here


def _answer_of(tasks: Sequence[Callable[[], T]], queue: int, parent: int) -> bytes:
    done = []
    try:
        for number in _numbers(queue):
            if os.getppid() != parent:
                return b""
            done.append((number, tasks[number]()))
        return pickle.dumps((done, None), pickle.HIGHEST_PROTOCOL)
    except BaseException as failure:  # noqa: BLE001 - raised again by the parent
        _drain(queue)
        return _as_failure(failure)


def _as_failure(failure: BaseException) -> bytes:
    """Return what the parent raises: the exception itself if it can travel, with its traceback."""
    import traceback  # noqa: PLC0415  3 ms for what hardly ever happens

    failure.add_note("in a worker:\n" + "".join(traceback.format_tb(failure.__traceback__)))
    try:
        said = pickle.dumps(([], failure))
        pickle.loads(said)  # noqa: S301 - our own bytes; some exceptions only fail here
    except Exception:  # noqa: BLE001 - whatever it is made of
        text = "".join(traceback.format_exception(failure))
        return pickle.dumps(([], RuntimeError(text)))
    return said


def _answer_from(answers: int) -> list[tuple[int, T]]:
    with os.fdopen(answers, "rb", closefd=False) as stream:
        said = stream.read()
    if not said:
        raise LostWorkerError("a worker process ended without an answer; was it killed?")
    done: list[tuple[int, T]]
    done, failure = pickle.loads(said)  # noqa: S301 - comes from our own child
    if failure is not None:
        raise failure
    return done
