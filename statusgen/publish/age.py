"""How old a page may get: from when on readers are right to doubt it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from statusgen.publish.release import UnreadableError

SUMMARY = "api/statusgen/v1/summary.json"


def next_change_of(summary: bytes) -> datetime | None:
    """Return when a page changes next by itself, as its summary.json says; None if never.

    Raises:
        UnreadableError: It is not one of statusgen's.

    """
    try:
        due = json.loads(summary)["next_change_at"]
        return datetime.fromisoformat(due) if due else None
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError(f"{SUMMARY} is not one of statusgen's") from error


def stale_moment(summary: bytes, grace: timedelta) -> datetime | None:
    """Return from when on a page is out of date unless a newer one is published; None if never.

    `grace` is how much later than promised it may come; without any it never is.
    """
    due = next_change_of(summary)
    return due + grace if due and grace else None
