"""Measures the coach on texts of real operators: hits per rule, and samples to be judged.

    python benchmarks/coach.py FOLDER            counts hits into docs/coach/hits.json
    python benchmarks/coach.py FOLDER --show IC-16   prints hits with their texts, to judge them

A hit is named by its page, its incident and the update that it is in, so that verdicts in
docs/coach/judged.toml need not repeat anybody's text.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from coach_texts import pages_in  # noqa: E402  from the path above

from statusgen.coach import RULES, Finding, case_of, judged  # noqa: E402  as above
from statusgen.problems import Severity  # noqa: E402  as above

HITS = ROOT / "docs" / "coach" / "hits.json"
NOW = datetime(2026, 11, 26, tzinfo=UTC)
SAMPLE = 50


class Hit(NamedTuple):
    """One finding of the coach; `weight` is what it weighs without a page's own wishes."""

    key: str
    rule: str
    weight: Severity
    message: str
    text: str


def hits_in(folder: Path) -> Iterator[Hit]:
    """Yield every hit on every page, with its text."""
    for page in pages_in(folder):
        for incident in page.incidents:
            case = case_of(page.config, incident, NOW)
            for finding in judged(case):
                yield _hit(page.name, case, finding)


def _hit(page: str, case, finding: Finding) -> Hit:
    spot = finding.spot
    place = spot.key or "summary"
    text = case.incident.title
    for number, update in enumerate(case.incident.updates):
        if update.at == spot.at:
            place = str(number + spot.nth)
            text = f"{case.incident.title} ## {update.status}: {case.incident.updates[number + spot.nth].text}"
            break
    key = f"{page}/{case.incident.id}/{place}/{spot.offset or 0}"
    weight = finding.severity or RULES[finding.rule].severity
    return Hit(key, finding.rule.value, weight, finding.message, text)


def sampled(hits: list[Hit]) -> list[Hit]:
    """Return the hits to be judged: all, or as many as are asked for, always the same."""
    if len(hits) <= SAMPLE:
        return hits
    return sorted(Random(42).sample(sorted(hits), SAMPLE))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", default="")
    parser.add_argument("--width", type=int, default=500)
    args = parser.parse_args()
    every = list(hits_in(args.folder))
    if args.show:
        for hit in sampled([one for one in every if one.rule == args.show]):
            print(f"{hit.key} [{hit.weight}] {hit.message}\n    {hit.text[: args.width]!r}")
    else:
        from collections import Counter

        for (rule, weight), n in sorted(Counter((h.rule, h.weight) for h in every).items()):
            print(
                rule,
                weight,
                n,
                Counter(
                    h.key.split("/")[0] for h in every if h.rule == rule and h.weight == weight
                ),
            )
