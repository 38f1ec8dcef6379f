"""What is measured: one function a row of the report."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import places
from measuring import Compared, Work, compare, run
from places import STATUSGEN, UNCHANGED, cold, place, python
from publishing import commit_to_public
from sameness import assure_sameness
from yardsticks import LEAN

MEGABYTE = 1_000_000
TIMES = "\N{MULTIPLICATION SIGN}"
LEAN_THEMES = {
    "hugo": "fewer elements on each page",
    "eleventy": "the least that makes pages and one feed",
    "pelican": "the least that makes pages and one feed",
}
"""What our lean theme for a tool writes, in whose lines nothing is required."""

STARTS = 7
"""How many times as often what takes no time is run."""


@dataclass(frozen=True, slots=True)
class Result:
    """A line of the report; `passed` is None where nothing is required."""

    work: str
    gate: str
    aim: str
    measured: str
    seconds: str
    memory: str
    how: str
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Limits:
    """What is to be reached; memory in megabytes, `files` written."""

    gate: float
    aim: float
    memory: int = 0
    memory_aim: int = 0
    files: int = 0


def _result(work: str, against: str, limits: Limits, done: Compared, how: str) -> Result:
    peak, their_peak = (number / MEGABYTE for number in done.memories)
    ours, theirs = done.walls
    gate, aim = f"≤ {limits.gate:g} {TIMES} {against}", f"{limits.aim:g} {TIMES}"
    passed = done.ratio <= limits.gate
    if limits.memory:
        gate, aim = f"{gate}; ≤ {limits.memory} MB", f"{aim}, {limits.memory_aim} MB"
        passed &= peak <= limits.memory
    return Result(
        work=work,
        gate=gate,
        aim=aim,
        measured=f"{done.ratio:.2f} {TIMES} (processor {done.processor_ratio:.2f} {TIMES})",
        seconds=f"{ours:.3f} : {theirs:.3f}",
        memory=f"{peak:.0f} : {their_peak:.0f}",
        how=how,
        passed=passed,
    )


def _with_files(result: Result, limit: int, written: int) -> Result:
    return replace(
        result,
        gate=f"{result.gate}; ≤ {limit} files written",
        measured=f"{result.measured}; {written} files",
        passed=bool(result.passed) and written <= limit,
    )


def start(option: str, limits: Limits, repetitions: int) -> list[Result]:
    """Measure what is answered at once."""
    ours = Work((STATUSGEN, option), places.workshop())
    done = compare(ours, python("-c", "pass"), repetitions * STARTS)
    return [_result(f"`statusgen {option}`", "`python -c pass`", limits, done, "one start of each")]


def typed(count: int, what: str, limit: float, repetitions: int) -> list[Result]:
    """Measure what a person waits for at three in the morning, in a repository of many incidents.

    The gate is in seconds, as a person counts; `python -c pass` stands beside it.
    """
    folder = place("statusgen", count, name="-typed")
    oldest = min(folder.glob("incidents/**/*.md")).relative_to(folder)
    commands = {
        "open": ("open", "Sign-in fails", "-c", "core-sign-in", "-m", "We look.", "--no-input"),
        "check": ("check", str(oldest)),
    }

    def forget() -> None:
        for made in folder.glob("incidents/**/*sign-in-fails*.md"):
            made.unlink()

    ours = Work((STATUSGEN, *commands[what]), folder, before=forget)
    done = compare(ours, python("-c", "pass"), repetitions * STARTS)
    work = f"`statusgen {' '.join(commands[what][:1])} …`, {count:,} incidents"
    how = "one file of them" if what == "check" else "the first notice, without a question"
    result = _result(work, "`python -c pass`", Limits(0, 0), done, how)
    ours_wall, _ = done.walls
    return [
        replace(result, gate=f"≤ {limit:g} s", aim=f"{limit / 2:g} s", passed=ours_wall <= limit)
    ]


def cold_build(
    count: int,
    limits: dict[str, Limits],
    repetitions: int,
    *,
    rich: bool = False,
) -> list[Result]:
    """Measure builds without anything of an earlier one against other tools."""
    texts = "Markdown-rich" if rich else "plain"
    work = f"cold build, {count:,} incidents, {texts} texts"
    how = "no output and no cache before each run"
    results = []
    for tool, limit in limits.items():
        assure_sameness(tool)
        for theme in (tool, tool + LEAN):
            theirs = cold(theme, count, rich=rich)
            done = compare(cold("statusgen", count, rich=rich), theirs, repetitions)
            told = f"{how}; {_page_sizes(place('statusgen', count, rich=rich), theirs.folder)}"
            results.append(
                _result(work, tool.capitalize(), limit, done, told)
                if theme == tool
                else _beside(work, tool, done, told)
            )
    return results


def _beside(work: str, tool: str, done: Compared, how: str) -> Result:
    """Return the line of what has no gate: the theme that writes less than we do."""
    name = f"{tool.capitalize()}, lean"
    result = _result(work, "", Limits(0, 0), done, f"{name}: {LEAN_THEMES[tool]}; {how}")
    return replace(result, gate=f"none, beside {name}", aim="", passed=None)


def _page_sizes(*folders: Path) -> str:
    """Return how large incidents' pages are, on average."""
    sizes = []
    for folder in folders:
        pages = [*folder.glob("site/incidents/*/index.html")]
        pages += folder.glob("public/incidents/*/index.html")
        sizes.append(f"{sum(page.stat().st_size for page in pages) / len(pages) / 1000:.1f}")
    return f"an incident's page has {' : '.join(sizes)} kB on average"


def one_changed(count: int, limits: Limits, repetitions: int) -> list[Result]:
    """Measure an update appended to an open incident, all else as it was."""
    assure_sameness("hugo")
    ours = place("statusgen", count, name="-changing")
    places.settle(ours)
    append = places.appender(ours)
    measured = []
    for tool in ("hugo", "hugo" + LEAN):
        theirs = place(tool, count, name="-changing")
        command = places.build_command(tool)
        run(Work(command, theirs))
        measured.append(
            compare(
                Work((STATUSGEN, "build"), ours, before=append),
                Work(command, theirs, before=places.appender(theirs)),
                repetitions,
            )
        )
    once_more = Work((STATUSGEN, "build"), ours, before=append)
    written = places.count_written(ours / "site", lambda: run(once_more))
    work = f"one incident changed of {count:,}, cache warm"
    how = "an update appended to an open incident; Hugo builds into its output of before"
    same, lean = measured
    result = _result(work, "Hugo", limits, same, how)
    return [_with_files(result, limits.files, written), _beside(work, "hugo", lean, how)]


def nothing_changed(count: int, limits: Limits, repetitions: int) -> list[Result]:
    """Measure a build that has nothing to do, at a moment when the page does not change."""
    folder = place("statusgen", count)
    places.settle(folder)
    idle = Work((STATUSGEN, "build"), folder, is_valid=lambda output: UNCHANGED in output)
    done = compare(idle, python("-c", "pass"), repetitions * STARTS)
    written = places.count_written(folder / "site", lambda: run(idle))
    work = f"nothing changed of {count:,}"
    result = _result(work, "`python -c pass`", limits, done, "the build tells so")
    return [_with_files(result, limits.files, written)]


KEPT = (".statusgen", "site")


def fresh_clone(count: int, limits: Limits, repetitions: int) -> list[Result]:
    """Measure a build in a new clone that was given what the workflows of `init` keep."""
    origin = place("statusgen", count)
    places.settle(origin)
    clones = places.workshop() / "with-cache", places.workshop() / "without-cache"

    def clone(folder: Path, *, with_cache: bool) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        places.git("clone", "--quiet", str(origin), str(folder), folder=places.workshop())
        if with_cache:
            for name in KEPT:
                shutil.copytree(origin / name, folder / name)

    works = []
    for folder, with_cache in zip(clones, (True, False), strict=True):
        folder.mkdir()
        before = partial(clone, folder, with_cache=with_cache)
        works.append(Work((STATUSGEN, "build"), folder, before=before))
    done = compare(*works, repetitions)
    work = f"fresh clone with the cache restored, {count:,}"
    how = "`.statusgen` and `site` kept, as by the workflows of `init`"
    return [_result(work, "own cold build", limits, done, how)]


def growth(large: int, small: int, limit: float, repetitions: int) -> list[Result]:
    """Measure how the time grows with the number of incidents."""
    done = compare(cold("statusgen", large), cold("statusgen", small), repetitions)
    work = f"growth, {large:,} : {small:,} incidents"
    limits = Limits(limit, large / small)
    return [_result(work, "the smaller", limits, done, "cold builds, plain texts")]


BOUNDED = ("index.html", "history.atom", "history.rss", "updates.atom", "updates.rss", "feed.json")
BOUND = 1.5


def bounded(large: int, small: int, _: int) -> list[Result]:
    """Measure how outputs that everybody fetches grow."""
    sizes = []
    for count in (large, small):
        run(cold("statusgen", count))
        site = place("statusgen", count) / "site"
        found = {name: (site / name).stat().st_size for name in BOUNDED}
        for name in BOUNDED:
            pages = site.glob(f"components/*/{name}")
            found[f"components/*/{name}"] = max(path.stat().st_size for path in pages)
        sizes.append(found)
    growths = {name: sizes[0][name] / sizes[1][name] for name in sizes[0]}
    worst = max(growths, key=growths.__getitem__)
    lines = [
        f"`{name}` {size / 1000:.0f} : {sizes[1][name] / 1000:.0f} kB"
        for name, size in sizes[0].items()
    ]
    return [
        Result(
            work=f"feeds, front page, component pages, {large:,} : {small:,} incidents",
            gate=f"bounded: ≤ {BOUND:g} {TIMES} the size",
            aim=f"1 {TIMES}",
            measured=f"{growths[worst]:.2f} {TIMES} (`{worst}`)",
            seconds="",
            memory="",
            how="largest of each kind: " + ", ".join(lines),
            passed=growths[worst] <= BOUND,
        ),
    ]


Row = Callable[[int], list[Result]]


def published(count: int, gate: float, repetitions: int) -> list[Result]:
    """From a commit to the public, at least a hundred times, with a target that fails at times."""
    done = commit_to_public(count, max(100, repetitions), 0.1)
    targets = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in done.targets.items())
    return [
        Result(
            work=f"commit to public, {count:,} incidents, one changed",
            gate=f"95 % of {done.runs} within {gate:g} s",
            aim=f"{gate / 2:g} s",
            measured=f"95 % within {done.p95:.2f} s, all within {done.longest:.2f} s",
            seconds=f"{done.median:.3f}",
            memory="",
            how="`publish` to a directory, a Git remote and a bucket of whose requests 10 % fail; "
            f"of this in the median: {targets}",
            passed=done.p95 <= gate,
        )
    ]


ROWS: dict[str, Row] = {
    "version": partial(start, "--version", Limits(2, 1.2)),
    "help": partial(start, "--help", Limits(4, 2)),
    "open-1000": partial(typed, 1000, "open", 0.35),
    "check-1000": partial(typed, 1000, "check", 0.5),
    "cold-1000": partial(cold_build, 1000, {"hugo": Limits(0.8, 0.4)}),
    "cold-10000": partial(cold_build, 10_000, {"hugo": Limits(0.5, 0.25, 200, 80)}),
    "rich-1000": partial(
        cold_build,
        1000,
        {"hugo": Limits(2, 1.2), "eleventy": Limits(0.5, 0.5), "pelican": Limits(0.25, 0.25)},
        rich=True,
    ),
    "changed-10000": partial(one_changed, 10_000, Limits(0.25, 0.1, files=40)),
    "unchanged-10000": partial(nothing_changed, 10_000, Limits(15, 5, files=0)),
    "clone-10000": partial(fresh_clone, 10_000, Limits(0.5, 0.25)),
    "growth-10000": partial(growth, 10_000, 1000, 11),
    "bounded": partial(bounded, 10_000, 1000),
    "publish-1000": partial(published, 1000, 5),
    "growth-100000": partial(growth, 100_000, 10_000, 12),
}
SLOW = ("publish-1000", "growth-100000")
"""Measured only when asked for."""
