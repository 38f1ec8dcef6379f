"""A ledger on a branch of a Git remote: one file, in a commit without history.

What is claimed stands there before anything is sent: the branch moves only if it still is where it
was read, and who comes second reads again and finds what the first has claimed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from statusgen.git.remote import Change, GitRemote, MovedError, RemoteError
from statusgen.network.patience import Patience
from statusgen.notify.ledger.compaction import compact
from statusgen.notify.ledger.lines import Line, Read, merge, parse, render
from statusgen.notify.ledger.store import Decide, LedgerError

_FILE = "ledger"
_PATIENCE = Patience(seconds=60, pause=0.2, longest=5)


class BranchLedger:
    """The lines of a branch, for a notifier that works from `at` on.

    Where the remote fails in passing or others are quicker, it tries again.
    """

    exclusive = False

    def __init__(
        self, remote: GitRemote, branch: str, at: int, patience: Patience = _PATIENCE
    ) -> None:
        self._remote = remote
        self._ref = f"refs/heads/{branch}"
        self._at = at
        self._patience = patience
        self._waiting: list[Line] = []
        self._added = threading.Lock()
        self._turn = threading.Lock()

    def read(self) -> Read:
        with _explained():
            return parse(self._content(self._remote.commit_of(self._ref)))

    def claim(self, decide: Decide) -> None:
        claimed: list[bytes] = []

        def with_claim(content: bytes) -> bytes:
            if claimed and merge(content, claimed[0]) == merge(content):
                return content  # the push that seemed to fail had arrived
            claimed[:] = [render(decide(parse(content)))]
            return merge(content, claimed[0])

        with self._turn:
            self._change(with_claim)

    def add(self, lines: Iterable[Line]) -> None:
        with self._added:
            self._waiting.extend(lines)

    def flush(self) -> None:
        with self._turn:
            with self._added:
                lines = tuple(self._waiting)
            if lines:
                content = render(lines)
                self._change(lambda there: merge(there, content))
                with self._added:
                    del self._waiting[: len(lines)]

    def compact(self) -> None:
        def compacted(content: bytes) -> bytes:
            found = compact(parse(content))
            return render(found.lines) if found.is_shorter else content

        with self._turn:
            self._change(compacted)

    def _change(self, change: Callable[[bytes], bytes]) -> None:
        """Put what `change` makes of the file in its place, however often others are quicker."""
        until = time.monotonic() + self._patience.seconds
        for pause in self._patience.pauses():
            reason = "others keep writing to it"
            try:
                before = self._remote.commit_of(self._ref)
                old = self._content(before)
                new = change(old)
                if new != old:
                    entry = Change("Write down who was told what", self._at, {_FILE: new})
                    commit = self._remote.commit(entry._replace(base=before))
                    self._remote.move(self._ref, before, commit)
            except MovedError:
                pass
            except RemoteError as error:
                reason = error.reason
                if not error.is_passing:
                    raise LedgerError(reason) from error
            else:
                return
            if time.monotonic() > until:
                raise LedgerError(reason)
            time.sleep(pause)

    def _content(self, commit: str) -> bytes:
        if not commit:
            return b""
        self._remote.fetch(commit)
        return self._remote.read(commit, _FILE) if self._remote.has(commit, _FILE) else b""


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except MovedError as error:
        raise LedgerError("others keep writing to it") from error
    except RemoteError as error:
        raise LedgerError(error.reason) from error
