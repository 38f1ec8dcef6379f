"""Writes files of the page repository, each as a whole or not at all, and keeps what is unfinished.

A text that a person typed is never lost: what cannot go where it belongs is kept as a draft.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

from statusgen.files.locks import locked
from statusgen.files.names import STATE_FOLDER

DRAFTS = f"{STATE_FOLDER}/drafts"


def write_whole(root: str, path: str, content: str | bytes) -> None:
    """Write a file below the root; a reader or a crash meets the old one or the new one.

    Of a text, bytes that were read with `surrogateescape` come back as they were.

    Raises:
        OSError: The old file, if there was one, is as it was.
    """
    target = Path(root, *path.split("/"))
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".statusgen-", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode_of(target))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def alone(root: str, wait: Callable[[], None]) -> Iterator[None]:
    """Let nobody else write here who asks for the same; `wait` is called before waiting for them.

    Two terminals would each read the file, add to it, and the
    second to write would drop what the first has added.
    """
    with ExitStack() as held:
        try:
            held.enter_context(locked(root, waits=False))
        except BlockingIOError:
            wait()
            held.enter_context(locked(root))
        except OSError:  # a file system of another machine may know no locks
            pass
        yield


def sync(path: str) -> None:
    """Make what a file holds, or which entries a folder has, outlive a power cut."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def keep_draft(root: str, name: str, text: str) -> str:
    """Keep a text that could not go where it belongs; return its path below the root.

    Raises:
        OSError: It could not be kept either.
    """
    names = (f"{name}.md" if number == 1 else f"{name}-{number}.md" for number in count(1))
    path = next(one for one in names if _is_free(Path(root, DRAFTS, one), text))
    write_whole(root, f"{DRAFTS}/{path}", text)
    return f"{DRAFTS}/{path}"


def _is_free(path: Path, text: str) -> bool:
    """Tell whether there is no file yet, or one with this text."""
    try:
        return path.read_bytes() == text.encode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return True


def _mode_of(target: Path) -> int:
    """Return the mode of the file that is replaced; a new one may be read by everybody."""
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        return 0o644
