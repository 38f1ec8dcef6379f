"""What is answered before anything heavy is imported."""

from __future__ import annotations

import os
import sys
import time

from statusgen.memory.freshness import Note, is_fresh

DEFAULT_OUT = "site"


def is_up_to_date(arguments: list[str]) -> bool:
    """Tell whether `statusgen build` with these arguments has nothing to do, and say so if it has.

    Arguments that are not understood here are left to the command itself.
    """
    given = {"--root": ".", "--out": "", "--now": ""}
    left = list(arguments)
    while left:
        name, has_value, value = left.pop(0).partition("=")
        if name not in given or not (has_value or left):
            return False
        given[name] = value if has_value else left.pop(0)
    root, now = given["--root"], _moment(given["--now"])
    if now is None:
        return False
    note = is_fresh(root, given["--out"] or os.path.join(root, DEFAULT_OUT), now)
    if note is None:
        return False
    sys.stdout.write(unchanged_line(note) + "\n")
    return True


def _moment(text: str) -> float | None:
    """Return the seconds since 1970 of a time in full, of the present without one, else None."""
    if not text:
        return None if "SOURCE_DATE_EPOCH" in os.environ else time.time()
    from datetime import datetime

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.timestamp() if moment.tzinfo else None


def unchanged_line(note: Note) -> str:
    """Return the last line of a build that had nothing to do."""
    counts = counts_text(int(note["incidents"]), int(note["files"]))
    return f"{counts}: nothing changed{next_change_text(float(note['next']))}"


def counts_text(incidents: int, files: int) -> str:
    """Return '1 incident, 1,282 files', as the begin of a line."""
    return f"{incidents:,} incident{'s' * (incidents != 1)}, {files:,} files"


def next_change_text(moment: float) -> str:
    """Return when the output changes next by itself, as the end of a line."""
    if moment == float("inf"):
        return ""
    rounded_up = time.gmtime(-(-moment // 60) * 60)
    return f"; next change {time.strftime('%Y-%m-%d %H:%M', rounded_up)} UTC"
