"""What a reader's browser compares, so that it can tell that a page is no longer the newest.

The front page and `api/statusgen/v1/summary.json` carry the same, so the script sees at once which
of them is older. Nothing here says when it was built.
"""

from __future__ import annotations

import hashlib

from statusgen.site.context import Site
from statusgen.site.views.headline import headline
from statusgen.timeline.record import Record


def state_id(site: Site) -> str:
    """Return twelve characters that change when the page's state or its newest update does.

    They follow neither from the language nor from the words of a text.
    """
    history = site.history
    every = (*history.records, *history.notices)
    told = (
        headline(site).state,
        [(id_, state.status.value) for id_, state in history.components.items()],
        [_told(one) for one in every if one.is_open],
        max([(one.at, one.id) for record in every for one in record.updates[-1:]], default=None),
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()[:12]


def _told(record: Record) -> tuple[str, ...]:
    newest = record.updates[-1].id if record.updates else ""
    return (record.id, record.status.value, record.impact.value, newest)
