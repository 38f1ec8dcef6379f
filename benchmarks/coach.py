"""Measures the coach: hits on texts of real operators, and faults put into clean ones.

    python benchmarks/coach.py FOLDER                writes docs/coach/measured.json
    python benchmarks/coach.py FOLDER --show IC-16   prints a sample with its texts, to judge it

A hit is named by its page, its incident, and where in it: verdicts in docs/coach/judged.toml need
not repeat anybody's text. `python docs/write_coach.py` then makes the table of docs/coach.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests/samples")]

import coach_seeds  # noqa: E402  from the path above
from coach_texts import Texts, pages_in  # noqa: E402  as above

from statusgen.coach import RULES, Case, Finding, case_of, judged  # noqa: E402  as above
from statusgen.model import CoachRule  # noqa: E402  as above

MEASURED = ROOT / "docs" / "coach" / "measured.json"
NOW = datetime(2026, 11, 26, tzinfo=UTC)
SAMPLE = 50  # hits of a rule that are judged by hand
SEEDS = 200


class Hit(NamedTuple):
    """One finding of the coach, and the text that it is in."""

    key: str
    rule: str
    message: str
    text: str


def hits_on(page: Texts) -> Iterator[Hit]:
    """Yield every hit on a page, with its text."""
    for incident in page.incidents:
        case = case_of(page.config, incident, NOW)
        for finding in judged(case):
            yield _hit(page.name, case, finding)


def _hit(page: str, case: Case, finding: Finding) -> Hit:
    spot = finding.spot
    place, text = spot.key or "summary", case.incident.title
    if spot.at is not None:
        moments = [update.at for update in case.incident.updates]
        number = moments.index(spot.at) + spot.nth
        place = str(number)
        update = case.incident.updates[number]
        text = f"{text} ## {update.status}: {update.text}"
    key = f"{page}/{case.incident.id}/{place}/{spot.offset or 0}"
    return Hit(key, finding.rule.value, finding.message, text)


def sampled(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits to be judged: all, or as many as are asked for, always the same."""
    if len(hits) <= SAMPLE:
        return sorted(hits)
    return sorted(Random(42).sample(sorted(hits), SAMPLE))  # noqa: S311  a sample, no secret


def seeds_found() -> dict[str, int]:
    """Return of how many seeded faults each rule found its own; '' has false alarms on clean."""
    found = {"": 0}
    for seed in range(SEEDS):
        one = coach_seeds.clean(Random(seed))  # noqa: S311  the same texts again
        found[""] += len(list(judged(case_of(*one, coach_seeds.NOW))))
    for rule in coach_seeds.RULES:
        found[rule.value] = sum(_is_found(rule, seed) for seed in range(SEEDS))
    return found


def _is_found(rule: CoachRule, seed: int) -> bool:
    one = coach_seeds.seeded(rule, Random(seed))  # noqa: S311  as above
    return any(finding.rule == rule for finding in judged(case_of(*one, coach_seeds.NOW)))


def measure(folder: Path) -> dict[str, object]:
    """Return all figures, and the keys of the hits that are to be judged."""
    pages = list(pages_in(folder))
    hits = {page.name: list(hits_on(page)) for page in pages}
    counts = {name: Counter(hit.rule for hit in found) for name, found in hits.items()}
    every = [hit for found in hits.values() for hit in found]
    return {
        "pages": {
            page.name: {
                "incidents": len(page.incidents),
                "updates": sum(len(one.updates) for one in page.incidents),
            }
            for page in pages
        },
        "hits": {
            rule: {name: counted[rule] for name, counted in counts.items()}
            for rule in sorted(RULES)
        },
        "samples": {
            rule: [hit.key for hit in sampled([one for one in every if one.rule == rule])]
            for rule in sorted(RULES)
        },
        "seeds": seeds_found(),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", default="", help="the rule whose sample is to be judged")
    args = parser.parse_args()
    if args.show:
        shown = [hit for page in pages_in(args.folder) for hit in hits_on(page)]
        for hit in sampled([one for one in shown if one.rule == args.show]):
            print(f"{hit.key} {hit.message}\n    {hit.text!r}")
    else:
        MEASURED.parent.mkdir(exist_ok=True)
        MEASURED.write_text(json.dumps(measure(args.folder), indent=1) + "\n", encoding="utf-8")
        print(f"wrote {MEASURED}")
