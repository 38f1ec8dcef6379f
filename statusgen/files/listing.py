"""Which files a folder holds, without opening or following any of them.

It stands apart from `source_tree` because the check whether anything changed at all needs only
this, and must not pay for imports.
"""

from __future__ import annotations

import os
import stat

Entry = tuple[str, bool, int, int, int]
"""Path below the root ('/' between its parts), is a regular file, size, mtime_ns, ctime_ns."""


def look(root: str, path: str) -> Entry | None:
    """Return what is at `path` below `root`, or None if there is nothing."""
    try:
        about = os.lstat(os.path.join(root, path))
    except (OSError, ValueError):
        return None
    return _entry(path, about)


def scan(root: str, folder: str, *, without: str = "") -> list[Entry]:
    """Return all below `folder` that is not a folder itself, sorted by path.

    Names that begin with a dot are passed over, and so are folders called `without`. Links, devices
    and folders that cannot be listed are there as entries that are no regular file, `folder` itself
    among them. A missing folder is an empty one.
    """
    top = look(root, folder)
    if top is None:
        return []
    if not os.path.isdir(os.path.join(root, folder)) or os.path.islink(os.path.join(root, folder)):
        return [top]
    found: list[Entry] = []
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = os.scandir(os.path.join(root, here))
        except OSError:
            found.append((here, False, 0, 0, 0))
            continue
        with entries:
            for entry in entries:
                path = f"{here}/{entry.name}"
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != without:
                        waiting.append(path)
                    continue
                try:
                    about = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue  # another program's temporary file, gone again
                found.append(_entry(path, about))
    found.sort()
    return found


def _entry(path: str, about: os.stat_result) -> Entry:
    is_file = stat.S_ISREG(about.st_mode)
    return path, is_file, about.st_size, about.st_mtime_ns, about.st_ctime_ns
