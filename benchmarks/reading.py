"""How long reading takes: the YAML of a front matter, its times, a whole config.yml.

Run by hand: python benchmarks/reading.py
"""

from __future__ import annotations

from collections.abc import Callable
from timeit import repeat
from zoneinfo import ZoneInfo

import yaml

from statusgen.config import parse_config
from statusgen.reading.characters import decode
from statusgen.reading.nodes import parse_yaml
from statusgen.reading.times import parse_time, write_time

FRONT_MATTER = """\
title: Card payments fail for some customers
impact: major
started: 2026-11-21 09:58 UTC
components:
  checkout: major_outage
  api: degraded_performance
"""
BODY = FRONT_MATTER.encode() + b"\nSome customers see an error when they pay by card.\n" * 20
CONFIG = "page: {name: Acme, url: https://status.acme.example}\ncomponents:\n" + "".join(
    f"  - {{id: c{n}, name: C {n}, description: What it does, uptime: {{objective: 99.9}}}}\n"
    for n in range(100)
)
ZONE = ZoneInfo("Europe/Berlin")
NOON = parse_time("2026-11-21 12:00 UTC", ZONE).at


def microseconds(work: Callable[[], object]) -> float:
    """Return the best of several runs, a call."""
    count = 200
    return min(repeat(work, number=count, repeat=15)) / count * 1e6


def main() -> None:
    """Print one line a piece of work."""
    assert NOON is not None  # noqa: S101  the line above is a time
    at = NOON
    work: dict[str, Callable[[], object]] = {
        "decode 1.2 kB": lambda: decode(BODY, "f"),
        "parse_yaml, 6 lines": lambda: parse_yaml(FRONT_MATTER, "f", 2),
        "  yaml.compose, the same": lambda: yaml.compose(FRONT_MATTER, Loader=yaml.CSafeLoader),
        "parse_time, canonical": lambda: parse_time("2026-11-21 10:05 UTC", ZONE),
        "parse_time, with seconds": lambda: parse_time("2026-11-21 10:05:06 UTC", ZONE),
        "parse_time, no zone": lambda: parse_time("2026-11-21 10:05", ZONE),
        "write_time": lambda: write_time(at),
        "parse_config, 100 components": lambda: parse_config(CONFIG),
    }
    for name, call in work.items():
        print(f"{name:30} {microseconds(call):10.1f} µs")


if __name__ == "__main__":
    main()
