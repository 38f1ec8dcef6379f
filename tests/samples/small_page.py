"""The files of a page with two components."""

from __future__ import annotations

CONFIG = """\
page: {name: Acme, url: "https://status.acme.example", timezone: Europe/Berlin}
components:
  - {id: api, name: API}
  - {id: checkout, name: Checkout}
"""
RESOLVED = "\n## Resolved · %s 11:05 UTC\n\nIt works again.\n"
_INCIDENT = """\
---
title: %s
components:
  %s: major_outage
---

## Investigating · %s 10:05 UTC

Some customers see an **error**.
"""


def incident(title: str, component: str, began: str, *, resolved: bool = True) -> str:
    """Return the file of an incident that began on a day, and was over an hour later."""
    return _INCIDENT % (title, component, began) + (RESOLVED % began if resolved else "")
