"""Write docs/coach.md anew from the rules, their measured figures and the examples below it.

Run it after a change of a rule, of a measurement or of a verdict: python docs/write_coach.py
"""

from __future__ import annotations

import json
import sys
import tomllib
from math import sqrt
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests/samples"))

from coach_examples import EXAMPLES, said_of  # noqa: E402  from the path above

from statusgen.coach import RULES, Rule  # noqa: E402  as above
from statusgen.problems import Severity  # noqa: E402  as above

PAGE_PATH = ROOT / "docs" / "coach.md"
MEASURED = ROOT / "docs" / "coach" / "measured.json"
JUDGED = ROOT / "docs" / "coach" / "judged.toml"

_BEGINNING = """\
# The coach

<!-- Written by docs/write_coach.py from docs/coach/ and tests/samples/coach_examples.py. -->

`statusgen check` judges how incidents are told as well as whether their files can be read: from
the texts and times alone, the same for everybody, in English, German and Russian. What is said in
another language is still searched for secrets, leaks, contradicting dates and times without a
zone.

```sh
statusgen check                                # everything
statusgen check incidents/2026-11-21-api.md    # one file; little else is read
statusgen check --urgent                       # before a notice that cannot wait
statusgen check --format sarif                 # also json and github
```

An **error** fails the check. A **warning** is almost certainly worth a change. **Advice** is for
whoever has a minute. With `--urgent` all is advice but secrets, and the exit code is 0: no rule
of style may delay a first notice.

Each rule can weigh more or less on your page, or nothing; `since` is a day before which all is
history:

`coach: {since: 2026-11-21, IC-24: off, IC-26: advice}`

What an import brought was written elsewhere: on that there is advice at most, except on secrets.
A time without a zone in a heading or a field (IC-06) is told by the reader, as
[naive-time](problems.md#naive-time). What is owed at this moment (IC-02, IC-03, IC-15, IC-21,
IC-35) follows `cadence` in [config.yml](config.md), as `statusgen overdue` does. Of one rule no
more than thirty findings a file are told.

## How far to trust it

Rules were run on three real histories: GitHub (1,282 incidents, 2010 to 2023), Jenkins (297) and
Packit (106), and up to 50 hits of each were judged by hand, by one reader who also wrote the
rules. The interval is Wilson's. Where there were fewer hits than that and none was wrong, 200
faults put into clean texts in three languages count too; the clean texts themselves gave no hit
at all. A rule warns only if the lower bound is at least 0.80, and fails only from 0.95 on; a test
holds that. Rules that compare fields or count words are right by definition. Files of cState have
no course in time, so rules about that were counted on GitHub's only. GitHub is one English
vendor, and no public German or Russian history was large enough: those languages rest on texts
written for the purpose.

<!-- table -->
"""

SEEDS = 200
NEEDED = {Severity.ERROR: 0.95, Severity.WARNING: 0.80, Severity.ADVICE: 0.0}
COUNTED = frozenset(
    (
        *("IC-01", "IC-02", "IC-03", "IC-04", "IC-05", "IC-15", "IC-18", "IC-21", "IC-26", "IC-27"),
        *("IC-33", "IC-34", "IC-35", "IC-36", "IC-39", "IC-40", "IC-42"),
    )
)
"""Rules that compare fields or count: what they say is so by definition."""
WITHOUT_COURSE = COUNTED - {"IC-05", "IC-18", "IC-26", "IC-27", "IC-39", "IC-42"}
"""Rules about a course in time, which cState's files do not have."""


class Evidence(NamedTuple):
    """What is known of a rule: hits, verdicts on a sample of them, and seeded faults found."""

    hits: int
    right: int
    judged: int
    found: int | None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The 95 % interval of the precision on judged hits."""
        return wilson(self.right, self.judged) if self.judged else None

    @property
    def lower(self) -> float:
        """What the severity follows from.

        Where no judged hit was wrong and there are too few of them to say more, seeded faults
        count too: they were found among clean texts, in none of which anything was.
        """
        if self.right < self.judged or self.found is None or self.judged >= 50:  # noqa: PLR2004  the sample
            return self.bounds[0] if self.bounds else 0.0
        return wilson(self.right + self.found, self.judged + self.found)[0]


def wilson(right: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    z = 1.959964
    share = right / of
    middle = share + z * z / (2 * of)
    reach = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - reach) / (1 + z * z / of), (middle + reach) / (1 + z * z / of)


def evidence() -> dict[str, Evidence]:
    """Return what is known of each rule, by its id."""
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    judged = tomllib.loads(JUDGED.read_text(encoding="utf-8"))
    found = {}
    for rule in RULES:
        hits = measured["hits"][rule]
        pages = ["github"] if rule in WITHOUT_COURSE else list(hits)
        verdicts = judged.get(rule, {"right": [], "wrong": []})
        right, wrong = len(verdicts["right"]), len(verdicts["wrong"])
        seeds = measured["seeds"].get(rule)
        found[rule.value] = Evidence(sum(hits[one] for one in pages), right, right + wrong, seeds)
    return found


def page() -> str:
    """Return the text of docs/coach.md."""
    known = evidence()
    rows = [_row(rule, known[rule.id]) for rule in _sorted()]
    head = (
        "| rule | weighs | hits | right of judged | precision, 95 % | seeded faults found |\n"
        "|---|---|---|---|---|---|\n"
    )
    table = head + "".join(rows)
    sections = [_section(rule) for rule in _sorted()]
    text = _BEGINNING.replace("<!-- table -->\n", table)
    return "\n".join([text, "## The rules\n", *sections])


def _sorted() -> list[Rule]:
    return sorted(RULES.values(), key=lambda rule: rule.id)


def _row(rule: Rule, known: Evidence) -> str:
    judged = f"{known.right} of {known.judged}" if known.judged else ""
    bounds = known.bounds
    precision = f"{bounds[0]:.2f} to {bounds[1]:.2f}" if bounds else ""
    if rule.id in COUNTED:
        precision = "by definition"
    elif known.lower > (bounds[0] if bounds else 0):
        precision = f"{precision}; " if precision else ""
        precision += f"from {known.lower:.2f} with seeded"
    found = f"{known.found} of {SEEDS}" if known.found is not None else ""
    name = f"[{rule.id}](#{rule.id.lower()}-{rule.name}) {rule.name}"
    return f"| {name} | {rule.severity} | {known.hits} | {judged} | {precision} | {found} |\n"


def _section(rule: Rule) -> str:
    example = EXAMPLES[rule.id]
    better = f"{rule.better[0].upper()}{rule.better[1:]}."
    return (
        f"### {rule.id} {rule.name}\n\n{rule.reason} {better}\n\n"
        f"```text\n{example.strip()}\n```\n\n```text\n{said_of(rule.id)}\n```\n"
    )


if __name__ == "__main__":
    PAGE_PATH.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE_PATH}")
