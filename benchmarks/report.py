"""Keeps the results and writes them down for people."""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import asdict, fields
from importlib.util import find_spec
from pathlib import Path

from rows import ROWS, Result

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
REPORT = HERE / "README.md"
MARKS = {True: "yes", False: "**no**", None: ""}
HEAD = """\
# How fast it is

`make bench` measures this; `.venv/bin/python benchmarks/run.py --help` tells how to measure a part
of it. Hugo, Eleventy and Pelican are installed into `~/.cache/statusgen-bench` when first needed.

The histories are invented (`corpus.py`): N incidents over five years, 20 components, 4.5 updates
an incident. *Plain* texts are one paragraph of about 100 characters an update, as most of them are
in real life; *Markdown-rich* ones are about 800 characters with lists, code, links and emphasis.

The themes for them (`hugo/`, `eleventy/`, `pelican/`) are of our own and write the same pages: the
front page, a page and an API file an incident, a page a component and a month, the list of months,
the sitemap, and the five feeds of the whole and of each component. *The same* means the same
elements, attributes, words and values: `sameness.py` compares them, names the few that may differ,
and nothing is measured against a tool if more do. Each is as fast as we could make it by the means
that the tool has. The content (`contents.py`) is made from our own site, so that the others find
the facts worked out: ids, durations, what an update changed, the words for a status. They read,
render Markdown and moments, and write. What statusgen does beyond that counts against it: it works
out those facts, uptime with its bars and figures, the API's other files, badges, cards, calendars,
embeds, pages of uptime, maintenance, subscribing and accessibility, and files for hosting.

A second theme is kept beside each. Hugo's (`hugo-lean/`) writes fewer elements on each page, one
time zone, no JSON-LD, no description for search engines and social media, no feeds of single
updates, shorter API files; those of the others (`eleventy-lean/`, `pelican-lean/`) write the least
that makes pages and one feed. The rows beside them have no gate. How large an incident's page is,
ours and theirs, stands in the rows of cold builds.

Where the extra `og` is installed, statusgen also draws cards, at most a dozen a build, of about
60 ms each; the last line tells whether it was. It also tells which Python: one that was compiled
without profile-guided optimisation, as version managers do by default, takes a fifth longer than
Debian's.

Whole processes, in alternation with their yardstick, outputs in memory where the system has such a
folder. A ratio is the median of the ratios of the pairs, and the one that counts: absolute times on
a shared machine vary by half. Times and memory are ours : theirs, seconds are medians, memory is
the highest peak of the largest process, in MB. The ratio of processor time adds up all processes.
"""


def keep(found: dict[str, list[Result]], repetitions: int) -> None:
    """Add results to the ones kept, and write the report of all."""
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    machine = f"{_machine()}; repetitions: {repetitions}"
    for name, results in found.items():
        kept[name] = {"machine": machine, "results": [asdict(one) for one in results]}
    ordered = {name: kept[name] for name in ROWS if name in kept}
    text = json.dumps(ordered, indent=1, ensure_ascii=False)
    RESULTS.write_text(text + "\n", encoding="utf-8")
    REPORT.write_text(_report(ordered), encoding="utf-8")


def _report(kept: dict[str, dict[str, object]]) -> str:
    names = [field.name for field in fields(Result)]
    titles = ["Work", "Gate", "Aim", "Measured", "Seconds", "MB", "How", "Passed"]
    lines = [HEAD, "| " + " | ".join(titles) + " |", "|---" * len(titles) + "|"]
    machines: dict[str, None] = {}
    for entry in kept.values():
        machines[str(entry["machine"])] = None
        results = entry["results"]
        for one in results if isinstance(results, list) else ():
            cells = [MARKS[one[name]] if name == "passed" else one[name] for name in names]
            lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "Measured on: " + " · ".join(machines) + "."]
    return "\n".join(lines) + "\n"


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    whose = " of the system" if Path(sys.base_prefix) == Path("/usr") else ""
    python = f"Python {platform.python_version()}{whose}"
    with_cards = "with" if find_spec("resvg_py") else "without"
    return f"{cores} cores, {_system()}, {python}, {with_cards} the extra `og`"


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()
