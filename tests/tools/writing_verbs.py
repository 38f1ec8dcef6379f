"""A page with an open incident, and the commands that write as a script calls them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from statusgen.cli.main import run

Pages = Callable[..., Path]
Captured = pytest.CaptureFixture[str]

PATH = "incidents/2026-11-21-card-payments-fail.md"
OPEN = """\
---
title: Card payments fail   # for some
components:
  checkout: major_outage
  api: degraded_performance
---

## Investigating · 2026-11-21 10:05 UTC
next update: 10:20 UTC

Some customers see an error when they pay by card.
"""
OTHER = """\
---
title: API is slow
components: [api]
---

## Identified · 2026-11-20 09:00 UTC

It is slow.
"""
NOTICE = """\
---
title: API v1 ends
type: notice
components: [api]
ends: 2026-12-21 10:20 UTC
pin: true
---

## Notice · 2026-11-21 10:20 UTC

Version 2 has everything that it had.
"""


def verb(root: Path, name: str, *arguments: str, at: str = "2026-11-21T10:20") -> int:
    """Run a command at a moment, without questions; return its exit code."""
    return run([name, "--root", str(root), *arguments, "--now", f"{at}:40Z", "--no-input"])
